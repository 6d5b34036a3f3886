"""A file becomes text with anchors. Each format is one file of this folder, named in a table and loaded when used."""

from __future__ import annotations

from pathlib import Path

from core.domain.extracted import Extracted
from core.domain.media import KINDS
from core.extractors.base import Extractor
from core.extractors.detect import detect
from core.variants import load_variant

_TEXT = "core.extractors.text:TextExtractor"
_DELIMITED = "core.extractors.delimited:DelimitedExtractor"
_SPREADSHEET = "core.extractors.spreadsheet:SpreadsheetExtractor"
_OPEN_DOCUMENT = "core.extractors.opendocument:OpenDocumentExtractor"

_EXTRACTORS = {
    "pdf": "core.extractors.pdf:PdfExtractor",
    "docx": "core.extractors.docx:DocxExtractor",
    "pptx": "core.extractors.pptx:PptxExtractor",
    "xlsx": _SPREADSHEET,
    "xls": _SPREADSHEET,
    "xlsb": _SPREADSHEET,
    "ods": _SPREADSHEET,
    "odt": _OPEN_DOCUMENT,
    "odp": _OPEN_DOCUMENT,
    "epub": "core.extractors.epub:EpubExtractor",
    "rtf": "core.extractors.rtf:RtfExtractor",
    "html": "core.extractors.html:HtmlExtractor",
    "md": "core.extractors.markdown:MarkdownExtractor",
    "txt": _TEXT,
    "xml": _TEXT,
    "yaml": _TEXT,
    "toml": _TEXT,
    "ini": _TEXT,
    "csv": _DELIMITED,
    "tsv": _DELIMITED,
    "json": "core.extractors.json_text:JsonExtractor",
    "ipynb": "core.extractors.notebook:NotebookExtractor",
    "eml": "core.extractors.mail:MailExtractor",
    "mbox": "core.extractors.mbox:MboxExtractor",
    "msg": "core.extractors.msg:MsgExtractor",
}
_CODE = "core.extractors.code:CodeExtractor"


def extractor(kind: str) -> Extractor:
    """Return the extractor of a kind of `core.domain.media`; a programming language shares its with all others.

    Raises:
        InvalidInput: If there is no such kind.
    """
    if kind not in _EXTRACTORS and kind in KINDS:
        made: Extractor = load_variant("file type", {kind: _CODE}, kind)(kind)
    else:
        made = load_variant("file type", _EXTRACTORS, kind)()
    return made


def extract(path: Path, kind: str | None = None) -> tuple[str, Extracted]:
    """Return what the file at `path` really is, and its text.

    Args:
        path: A file.
        kind: The kind that it should be; by default the one that its name promises.

    Raises:
        ExtractionFailed: And nothing else, whatever the file holds.
    """
    found = detect(path, kind)
    return found, extractor(found).extract(path)
