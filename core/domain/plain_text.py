"""Names and paths, which are foreign, as they may stand among our own words."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """Return a name or a path as it may stand among other text.

    Line breaks, control characters and those that turn the direction of writing (which can make `gpj.exe` look like
    `exe.jpg`) are shown as �.
    """
    if text.isprintable():
        return text  # nearly all are, and lists ask for each row that they draw
    return "".join("�" if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp", "Cs") else each for each in text)
