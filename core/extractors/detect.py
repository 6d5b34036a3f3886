"""Finds out what a file really is: its name is believed as far as its first bytes agree.

Mislabelled files are common (a web page saved as `.xls`, a mail as `.msg`, a DOCX as `.doc`) and are read as what they
are. A file that can't be read gets the true reason, instead of whatever a parser makes of bytes that are not its own.
"""

from __future__ import annotations

import mmap
import re
import stat
from pathlib import Path

from core.domain.media import KINDS, kind_of_name
from core.errors import ExtractionFailed
from core.extractors.archive import Archive, open_archive
from core.extractors.decode import decode, is_text
from core.extractors.failures import damaged, empty, encrypted, translated

SAMPLE_BYTES = 64_000
_HEAD = 4_096
_PDF_SEARCH = 1_024
"""Bytes in which the PDF mark may stand; readers accept a file with a foreign header before it."""

# Kinds that begin with bytes of their own; all others are characters from the first to the last.
_WITH_MAGIC = frozenset(("pdf", "docx", "odt", "rtf", "pptx", "odp", "xlsx", "xls", "xlsb", "ods", "epub", "msg"))

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OFFICE_FOLDERS = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
_BY_MEDIA_TYPE = {kind.media_type: name for name, kind in KINDS.items()}

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(r"\s*<\?xml\s")
_JSON = re.compile(r"""\s*[\[{]\s*["\[{\]}\d-]""")
_MBOX = re.compile(r"From \S+.*\d\d:\d\d")
_MAIL = re.compile(
    r"(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To|Reply-To|Content-Type|"
    r"X-[\w-]+|DKIM-Signature|ARC-[\w-]+)[ \t]*:.*\n(?:.*\n)*?(?:From|Received|Message-ID|MIME-Version)[ \t]*:",
    re.I,
)
_SHEBANG = re.compile(r"#!.*?\b(python|bash|zsh|ksh|fish|sh|node|perl|ruby|php|lua|Rscript)\d*\b")
_INTERPRETERS = {**dict.fromkeys(("bash", "zsh", "ksh", "fish", "sh"), "shell"), "node": "javascript", "Rscript": "r"}


def detect(path: Path, promised: str | None = None) -> str:
    """Return the kind of the file at `path`.

    Args:
        path: A file.
        promised: The kind that it should be; by default, or if there is no such kind, the one that its name promises.

    Raises:
        ExtractionFailed: `unsupported`, `encrypted`, `damaged`, `empty` (unless an empty file of that kind is a text
            without words), `vanished`, `not_a_file`, `unreadable`.
    """
    promised = promised if promised in KINDS else kind_of_name(path.name)
    what = _noun(promised)
    with translated(what):
        if not stat.S_ISREG(path.stat().st_mode):
            raise ExtractionFailed("not_a_file", "This is no regular file.", "Only files and folders can be read.")
        with path.open("rb") as file:
            head = file.read(SAMPLE_BYTES)
        if not head:
            if promised in _WITH_MAGIC:
                raise empty(what)
            return promised or "txt"
        return _by_magic(path, head, promised) or _by_text(head, promised)


def _by_magic(path: Path, head: bytes, promised: str | None) -> str | None:
    if head.startswith(b"%PDF-") or (promised in {*_WITH_MAGIC, None} and b"%PDF-" in head[:_PDF_SEARCH]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with open_archive(path, _noun(promised)) as archive:
            return _zip_kind(archive, promised)
    if head.startswith(_OLE):
        return _ole_kind(path, promised)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return None


def _zip_kind(archive: Archive, promised: str | None) -> str:
    if "mimetype" in archive:
        media_type = archive.read("mimetype").strip().decode("ascii", "replace").removesuffix("-template")
        if media_type in _BY_MEDIA_TYPE:
            return _BY_MEDIA_TYPE[media_type]
    names = [name.replace("\\", "/").lstrip("/").lower() for name in archive.names()]
    for folder, kind in _OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return "xlsb" if "xl/workbook.bin" in names else kind
    if "meta-inf/container.xml" in names:
        return "epub"
    if "content.xml" in names and promised in ("odt", "ods", "odp"):
        return promised
    raise ExtractionFailed(
        "unsupported",
        "This is a ZIP archive, and none of the documents that come as one.",
        "Unpack it and add the folder.",
    )


def _ole_kind(path: Path, promised: str | None) -> str:
    """Tell the formats that share the container of old Office files by the names of their streams."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:

        def has(stream: str) -> bool:
            return content.find(f"{stream}\0".encode("utf-16-le")) >= 0

        if has("EncryptedPackage") or has("EncryptionInfo"):
            raise encrypted(_noun(promised))
        workbook = has("Workbook") or has("Book")
        if workbook and promised in ("xls", "xlsx", "xlsb"):
            return "xls"
        if has("__properties_version1.0"):  # before the others: an attached document brings its own streams
            return "msg"
        if has("WordDocument"):
            raise _old("Word", "doc", "docx")
        if has("PowerPoint Document"):
            raise _old("PowerPoint", "ppt", "pptx")
        if workbook:
            return "xls"
    raise ExtractionFailed("unsupported", "This file is in a format of old Office programs that Carrel does not read.")


def _old(program: str, old: str, new: str) -> ExtractionFailed:
    return ExtractionFailed(
        "unsupported",
        f"This is a file of {program} before 2007 (.{old}), which Carrel does not read.",
        f"Open it in {program} or LibreOffice and save it as .{new}.",
    )


def _by_text(head: bytes, promised: str | None) -> str:
    """Return the kind of a file without magic bytes: characters, or nothing that can be read."""
    if promised is None:
        text = decode(head)
        if not is_text(head) or "\0" in text:
            raise ExtractionFailed("unsupported", "This is no type of file that Carrel reads.")
        return _free_text_kind(text[:_HEAD])
    if not is_text(head):
        if promised in _WITH_MAGIC:
            raise damaged(_noun(promised))
        raise ExtractionFailed("unsupported", f"This is no text, although its name is that of a {_noun(promised)}.")
    text = decode(head[:_HEAD])
    if promised in ("xls", "xlsx", "xlsb", "ods"):
        return "html" if _HTML.match(text) else "tsv" if "\t" in text.partition("\n")[0] else "csv"
    if promised in _WITH_MAGIC:
        return _free_text_kind(text)
    if promised in ("txt", "json", "xml", "csv") and _HTML.match(text):
        return "html"
    if promised in ("html", "mbox") and not _MBOX.match(text) and _MAIL.match(text):
        return "eml"
    return promised


def _free_text_kind(text: str) -> str:
    """Return the kind of text by its beginning alone."""
    if _HTML.match(text):
        return "html"
    if _XML.match(text):
        return "xml"
    if _MBOX.match(text):
        return "mbox"
    if _MAIL.match(text):
        return "eml"
    if match := _SHEBANG.match(text):
        return _INTERPRETERS.get(match[1], match[1])
    return "json" if _JSON.match(text) else "txt"


def _noun(kind: str | None) -> str:
    return f"{kind.upper()} file" if kind else "file"
