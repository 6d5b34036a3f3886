"""Bytes become text: every file of characters is decoded here and nowhere else.

Parsers that decode by themselves turn Japanese, Cyrillic or UTF-16 text into nonsense without a word about it; such a
document would be indexed and never found.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from core.extractors.builder import CHARACTER_LIMIT
from core.extractors.charset import guess

BYTE_LIMIT = 4 * CHARACTER_LIMIT
"""Bytes read of a text file: no encoding in use takes more for the characters that are kept."""

_HEAD = 4_096

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_PLAUSIBLE = 0.5
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\b\x1b")
_CONTROL_SHARE = 0.05

_ISO_2022_ESCAPE = re.compile(rb"\x1b(?:\$[@B(A)]|\(J)")
_ISO_2022 = ("iso2022_jp", "iso2022_jp_ext", "iso2022_kr")

_DECLARATIONS = (
    re.compile(rb"""\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})"""),
    re.compile(rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE),
    re.compile(rb"""\A@charset\s+"([\w.:-]{1,40})\""""),
    re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*(?:#|//|--|;|%|/\*)[^\n]*?coding[:=][ \t]*([\w.-]{1,40})"),  # PEP 263, editors
)
# Python's codecs that are character sets; others unpack, escape or look up names in whatever way a file asks for.
_CHARACTER_SET = re.compile(r"(cp\d+|iso8859|koi8|mac_|big5|gb|euc|johab|shift|hz|iso2022|utf-|tis|ptcp|kz1048)")
# What a label means in practice (https://encoding.spec.whatwg.org/#names-and-labels): the larger set in use.
_IN_PRACTICE = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "koi8-r": "koi8_u",
}
_DECLARED_FAULTS = 0.01

_STRAY = re.compile("[\udc80-\udcff]")
_NOT_LEAD = bytes(code for code in range(256) if not 0xC2 <= code <= 0xF4)
_LEADS_PER_STRAY = 5


class FileText(NamedTuple):
    """A file's text, and whether `BYTE_LIMIT` cut it."""

    text: str
    cut: bool


def read_text(path: Path, limit: int = BYTE_LIMIT) -> FileText:
    """Return the text of a file of characters, with the encoding that it declares or, failing that, the likeliest.

    Raises:
        OSError: If the file can't be read.
    """
    with path.open("rb") as file:
        data = file.read(limit)
        cut = bool(file.read(1))
    if cut:
        data = _whole_characters(data)
    return FileText(decode(data, declared_encoding(data)), cut)


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data`; never raises, what no encoding explains becomes U+FFFD.

    In this order: byte order mark; UTF-8 if every byte fits; the declared encoding; UTF-16 and UTF-32, told by their
    zero bytes; UTF-8 with single faults; the likeliest older character set.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if _ISO_2022_ESCAPE.search(data):  # seven bits, and so valid UTF-8 as well
        for encoding in _ISO_2022:
            if (text := _strict(data, encoding)) is not None:
                return text
    if b"\0" not in data and not _many_controls(data[:_HEAD]) and (text := _strict(data, "utf-8")) is not None:
        return text
    if declared and (text := _as_declared(data, declared)) is not None:
        return text
    if wide := _wide_encoding(data):
        return data.decode(wide, "replace")
    if (text := _nearly_utf8(data)) is not None:
        return text
    return data.decode(guess(data), "replace")


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that XML, HTML, CSS or source code names in its first lines, as it is spelled there."""
    head = data[:_HEAD]
    for pattern in _DECLARATIONS:
        if match := pattern.search(head):
            return match[1].decode("ascii")
    return None


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file (some kilobytes) are characters in any encoding, and not a binary format."""
    if not head or head.startswith(codecs.BOM_UTF8) or _wide_encoding(head):
        return True
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _plausibility(decode(head[:_HEAD])) > 0
    return not _many_controls(head)


def _many_controls(data: bytes) -> bool:
    return len(data) - len(data.translate(None, _CONTROL_BYTES)) > _CONTROL_SHARE * len(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    if not _CHARACTER_SET.match(name) or name.startswith("utf-"):
        return None  # Unicode was tried already or is told better by its bytes; ASCII says nothing about bytes above it
    text = data.decode(_IN_PRACTICE.get(name, name), "replace")
    return text if text.count("\ufffd") <= _DECLARED_FAULTS * len(text) else None


def _wide_encoding(data: bytes) -> str | None:
    """Return which of UTF-16 and UTF-32, without a mark, the bytes are; None if neither.

    Older character sets have no control bytes, while every longer text in UTF-16 has: the zeros of Latin letters,
    spaces and line ends, the 01 and 02 of the Chinese comma and full stop.
    """
    sample = data[:_HEAD]
    if len(sample) < 2 or len(sample) == len(sample.translate(None, _CONTROL_BYTES)):
        return None
    readings = []
    for encoding in _WIDE:
        width = int(encoding[4:6]) // 8
        text = sample[: len(sample) // width * width].decode(encoding, "replace")
        readings.append((_plausibility(text), encoding))
    plausibility, encoding = max(readings)
    return encoding if plausibility > _WIDE_PLAUSIBLE else None


def _plausibility(text: str) -> float:
    """Return how usual the characters are on average: 1 for the letters of alphabets, below 0 for bytes of no text."""
    return sum(map(_usual, text)) / max(len(text), 1)


def _usual(character: str) -> float:
    code = ord(character)
    if code in (9, 10, 13) or 0x20 <= code < 0x7F or 0xA0 <= code < 0x250 or 0x370 <= code < 0x700:
        return 1.0
    if 0xE00 <= code < 0xE80 or 0x2010 <= code < 0x2040 or 0x3000 <= code < 0x3100 or 0xFF00 <= code < 0xFF61:
        return 1.0
    if 0x4E00 <= code < 0xA000 or 0xAC00 <= code < 0xD7A4:
        return 0.6
    return 0.2 if character.isprintable() and code != 0xFFFD else -2.0


def _nearly_utf8(data: bytes) -> str | None:
    """Return UTF-8 text of which single bytes are wrong (taken as cp1252), such as a log that two programs wrote."""
    text = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    if strays * _LEADS_PER_STRAY > len(data.translate(None, _NOT_LEAD)):
        return None
    return _STRAY.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _whole_characters(data: bytes) -> bytes:
    """Return `data` without the beginning of a UTF-8 character that was cut at its end."""
    tail = data[-4:]
    lead = max((index for index, byte in enumerate(tail) if byte >= 0xC2), default=len(tail))
    return data[: len(data) - len(tail) + lead] if all(byte >= 0x80 for byte in tail[lead:]) else data
