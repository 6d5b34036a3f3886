"""One small file of each kind, on which every extractor is held to the contract."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
DOCUMENTS = DATA / "documents"

SAMPLES: list[tuple[str, Path]] = [
    ("pdf", DOCUMENTS / "bridges.pdf"),
    ("docx", DOCUMENTS / "minutes.docx"),
    ("pptx", DOCUMENTS / "ferries.pptx"),
    ("xlsx", DOCUMENTS / "people.xlsx"),
    ("xls", DOCUMENTS / "people.xls"),
    ("xlsb", DOCUMENTS / "people.xlsb"),
    ("ods", DOCUMENTS / "people.ods"),
    ("odt", DOCUMENTS / "lighthouses.odt"),
    ("odp", DOCUMENTS / "lamps.odp"),
    ("rtf", DOCUMENTS / "letter.rtf"),
    ("epub", DOCUMENTS / "harbour.epub"),
    ("html", DOCUMENTS / "lamp.html"),
    ("md", DOCUMENTS / "tides.md"),
    ("txt", DOCUMENTS / "foghorn.txt"),
    ("csv", DOCUMENTS / "keepers.csv"),
    ("tsv", DOCUMENTS / "ships.tsv"),
    ("json", DOCUMENTS / "station.json"),
    ("ipynb", DOCUMENTS / "readings.ipynb"),
    ("xml", DOCUMENTS / "buoys.xml"),
    ("yaml", DOCUMENTS / "station.yaml"),
    ("toml", DOCUMENTS / "station.toml"),
    ("ini", DOCUMENTS / "station.ini"),
    ("eml", DOCUMENTS / "relief.eml"),
    ("mbox", DOCUMENTS / "log.mbox"),
    ("msg", DOCUMENTS / "letter.msg"),
    ("python", DOCUMENTS / "watch.py"),
    ("javascript", DOCUMENTS / "bell.js"),
]
