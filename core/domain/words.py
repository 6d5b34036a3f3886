"""How many words a text has, in scripts with and without spaces between them."""

from __future__ import annotations

import re

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # Japanese kana and marks
    "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"  # Korean
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
"""Characters of scripts that don't separate words by spaces, as the inside of a regular expression's class."""

_CHARACTER = re.compile(f"[{UNSPACED}]")


def count_words(text: str) -> int:
    """Return the number of words, as word processors count them: what spaces separate, and each character of a script
    without spaces.
    """
    if text.isascii():
        return len(text.split())
    rest, characters = _CHARACTER.subn(" ", text)
    return len(rest.split()) + characters
