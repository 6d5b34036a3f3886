"""Hostile mail, Outlook messages and RTF: parts in parts, headers without end, containers whose chains are circles."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from tests.core.extractors.outlook_files import BODY, FAT, SUBJECT, msg
from tests.hostile.zip_files import Write

_HEAD = b"From: a@example.org\nTo: b@example.org\nSubject: s\nMIME-Version: 1.0\n"


def _mail(rest: Callable[[], bytes], head: Callable[[], bytes] = lambda: _HEAD) -> Write:
    return lambda path: path.write_bytes(head() + rest())


def _nested(depth: int, closed: bool) -> bytes:
    begin = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    end = b"".join(b"\n--b%d--\n" % n for n in reversed(range(depth))) if closed else b""
    return begin + b"Content-Type: text/plain\n\nread\n" + end


def _damaged(place: int, words: bytes) -> Write:
    """Return an Outlook message with these bytes at a place of its container."""

    def write(path: Path) -> None:
        msg(path, {SUBJECT: "Subject", BODY: "Body " * 2000})
        content = bytearray(path.read_bytes())
        content[place : place + len(words)] = words
        path.write_bytes(content)

    return write


def _circle(path: Path) -> None:
    """Every chain of sectors leads back to its beginning."""
    msg(path, {SUBJECT: "Subject", BODY: "Body " * 2000})
    content = bytearray(path.read_bytes())
    table = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    chain = struct.unpack_from("<128I", content, table)
    struct.pack_into("<128I", content, table, *(each if each >= FAT else 1 for each in chain))
    path.write_bytes(content)


def _directory(path: Path) -> None:
    """Every entry of the directory is its own sibling and child."""
    msg(path, {SUBJECT: "Subject", BODY: "Body"})
    content = bytearray(path.read_bytes())
    start = 512 * (1 + struct.unpack_from("<I", content, 48)[0])
    for entry in range(start, min(start + 1024, len(content) - 128), 128):
        number = (entry - start) // 128
        struct.pack_into("<III", content, entry + 68, number, number, number)
    path.write_bytes(content)


def _rtf(text: Callable[[], bytes]) -> Write:
    return lambda path: path.write_bytes(b"{\\rtf1\\ansi " + text())


FILES: dict[str, Write] = {
    "thousand-parts-in-parts.eml": _mail(lambda: _nested(1000, closed=True)),
    "ten-thousand-open-parts.eml": _mail(lambda: _nested(10_000, closed=False)),
    "messages-in-messages.eml": _mail(lambda: b"Content-Type: message/rfc822\n\n" * 3000 + b"Subject: deep\n\nread"),
    "alternatives-in-alternatives.eml": _mail(lambda: _nested(500, closed=True).replace(b"mixed", b"alternative")),
    "hundred-thousand-parts.eml": _mail(
        lambda: b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\nContent-Type: text/plain\n\nx\n" * 100_000
    ),
    "boundary-of-nothing.eml": _mail(lambda: b'Content-Type: multipart/mixed; boundary=""\n\n' + b"--\n" * 100_000),
    "giant-header.eml": _mail(lambda: b"X-Long: " + b"a" * 10_000_000 + b"\n\nread"),
    "folded-header.eml": _mail(lambda: b"X-Long: a\n" + b" b\n" * 1_000_000 + b"\nread"),
    "million-headers.eml": _mail(lambda: b"X-Y: z\n" * 300_000 + b"\nread"),
    "encoded-words.eml": _mail(
        lambda: b"\nread", lambda: b"From: " + b"=?utf-8?q?=C3=A9?= " * 100_000 + b"\n" + _HEAD[19:]
    ),
    "encoded-words-of-nothing.eml": _mail(
        lambda: b"\nread", lambda: b"From: a\nTo: b\nMIME-Version: 1.0\nSubject: " + b"=?" * 500_000 + b"\n"
    ),
    "parameters.eml": _mail(lambda: b"Content-Type: text/plain" + b"; a*0*=x" * 5000 + b"\n\nread"),
    "charset-that-is-none.eml": _mail(lambda: b"Content-Type: text/plain; charset=zlib_codec\n\n\xe9\xff"),
    "broken-base64.eml": _mail(
        lambda: b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b"=A" * 1_000_000
    ),
    "broken-quotes.eml": _mail(
        lambda: b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=" * 3_000_000
    ),
    "uuencoded.eml": _mail(
        lambda: b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 6 x\n" + b"M" * 1_000_000
    ),
    "dates.eml": _mail(lambda: b"Date: " + b"9" * 100_000 + b" Jan 99999999999999 99:99:99 +9999999999\n\nread"),
    "thousand-pages.eml": _mail(
        lambda: (
            b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\nContent-Type: text/html\n\n<p><b><i>x\n" * 5000
        )
    ),
    "one-line.mbox": lambda path: path.write_bytes(
        b"From a@b Thu Jan  1 00:00:00 2024\nSubject: s\n\n" + b"x" * 50_000_000
    ),
    "fifty-thousand-messages.mbox": lambda path: path.write_bytes(
        b"From a@b Thu Jan  1 00:00:00 2024\nSubject: s\n\nx\n\n" * 50_000
    ),
    "circle.msg": _circle,
    "directory-in-a-circle.msg": _directory,
    "table-beyond-the-end.msg": _damaged(44, struct.pack("<I", 0x7FFFFFFF)),
    "tables-of-tables-in-a-circle.msg": _damaged(68, struct.pack("<II", 0, 0xFFFFFFF)),
    "sectors-of-two-to-the-many.msg": _damaged(30, struct.pack("<HH", 63, 62)),
    "first-sector-of-itself.msg": _damaged(76, struct.pack("<109I", *([0] * 109))),
    "only-a-header.msg": lambda path: path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "__properties_version1.0\0".encode("utf-16-le")
    ),
    "old-office-of-zeros.xls": lambda path: path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000) + "Workbook\0".encode("utf-16-le") + bytes(5000)
    ),
    "million-groups.rtf": _rtf(lambda: b"{" * 1_000_000),
    "million-closed-groups.rtf": _rtf(lambda: b"{\\b x}" * 500_000 + b"}"),
    "deep-pictures.rtf": _rtf(lambda: b"{\\pict " + b"{" * 200_000 + b"}" * 200_000 + b"}}"),
    "many-open-pictures.rtf": _rtf(lambda: b"{\\pict " * 200_000),
    "binary-of-four-billion.rtf": _rtf(lambda: b"\\bin4294967295 x}"),
    "binary-of-less-than-nothing.rtf": _rtf(lambda: b"\\bin-5 x \\bin" + b"9" * 100_000 + b" y}"),
    "unicode-that-is-none.rtf": _rtf(lambda: b"\\uc99999 \\u99999999? \\u-99999? " * 50_000 + b"}"),
    "words-without-end.rtf": _rtf(lambda: b"\\" + b"a" * 4_000_000 + b"}"),
    "fields-in-fields.rtf": _rtf(lambda: b"{\\field{\\*\\fldinst HYPERLINK " * 50_000 + b"}"),
    "notes-in-notes.rtf": _rtf(lambda: b"{\\footnote " * 100_000 + b"}"),
    "fonts.rtf": _rtf(lambda: b"{\\fonttbl" + b"{\\f1\\fcharset255 x;}" * 100_000 + b"}x}"),
    "hexadecimal.rtf": _rtf(lambda: b"\\'e9\\'zz" * 400_000 + b"}"),
}
