"""The key of a path: one text per file, whatever bytes, spelling or case its name comes in."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

FOLDS_CASE = sys.platform in ("win32", "darwin")
"""Whether names that differ in case alone mean the same file on this system."""

_ESCAPED = re.compile("[\\\\\ud800-\udfff]")


def name_text(name: bytes) -> str:
    """Return a file name as text in Unicode normal form C; bytes that are no text become lone surrogates."""
    return unicodedata.normalize("NFC", _decode(name))


def normal_form(text: str, fold: bool = FOLDS_CASE) -> str:
    """Return a name's text as its key has it: case folded where the system does so, no surrogates, never ambiguous.

    Backslash starts an escape: `\\udcff` stands for the byte FF, and a backslash itself is doubled.
    """
    if fold:
        text = unicodedata.normalize("NFC", text.casefold())
    return _escape(text)


def path_key(path: bytes) -> str:
    """Return the key of an absolute path: its names in normal form, separated by `/`, the same on every system.

    Two spellings of one name (composed and decomposed; on Windows and macOS also other case) have the same key, names
    that differ otherwise never do. Where a folder holds several files whose keys would be the same, `keys_in_folder`
    tells them apart.
    """
    if sys.platform == "win32":
        path = path.replace(b"\\", b"/")
    return "/".join(normal_form(name_text(name)) for name in path.split(b"/")) or "/"


def keys_in_folder(names: Sequence[bytes], fold: bool = FOLDS_CASE) -> list[tuple[str, str]]:
    """Return the text and the part of the key of each name in one folder; no two parts are the same.

    Of several names with the same normal form, the one that is written so has it as its key, else the first in order of
    bytes; the others keep their own spelling behind an escape that no normal form starts with.
    """
    if not fold and all(name.isascii() and b"\\" not in name for name in names):
        return [(text, text) for text in (name.decode("ascii") for name in names)]
    texts = [name_text(name) for name in names]
    keys = [normal_form(text, fold) for text in texts]
    same: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        same[key].append(index)
    for key, twins in same.items():
        if len(twins) > 1:
            twins.sort(key=lambda index: (names[index] != key.encode(), names[index]))
            for index in twins[1:]:
                keys[index] = "\\~" + _escape(_decode(names[index]))
    return list(zip(texts, keys, strict=True))


def _decode(name: bytes) -> str:
    # As UTF-8 whatever the locale, so that a key is the same in every session.
    return name.decode("utf-8", "surrogatepass" if sys.platform == "win32" else "surrogateescape")


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\\\\" if match[0] == "\\" else f"\\u{ord(match[0]):04x}", text)
