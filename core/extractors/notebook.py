"""Jupyter notebooks: prose, code and the text of their output, in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder, clean
from core.extractors.decode import read_text
from core.extractors.failures import damaged, require_content, translated
from core.extractors.html import parse_html
from core.extractors.markdown import headings

OUTPUT_LIMIT = 20_000
"""Characters kept of the output of one cell; a training log can fill megabytes."""


_TERMINAL_CODES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class NotebookExtractor:
    """Reads the cells of a notebook; headings of its prose are heading anchors, pictures are left out."""

    media_types: tuple[str, ...] = ("application/x-ipynb+json",)

    def extract(self, path: Path) -> Extracted:
        """Return the cells; raises `ExtractionFailed` (`damaged`, `empty`, `unreadable`, `vanished`)."""
        with translated("notebook"):
            require_content(path, "notebook")
            notebook = json.loads(read_text(path).text)
            cells = _cells(notebook)
            builder = TextBuilder()
            title = ""
            for cell in cells:
                source = clean(_joined(cell.get("source", cell.get("input", "")))).rstrip()
                begin = len(builder) + 2 if len(builder) else 0
                builder.add(source)
                if cell.get("cell_type") == "markdown":
                    for heading in headings(source):
                        builder.mark(begin + heading.start, "heading", heading.label, heading.level)
                        title = title or (heading.label if heading.level == 1 else "")
                for output in _outputs(cell):
                    builder.add(output[:OUTPUT_LIMIT].rstrip())
                if builder.full:
                    break
            facts = notebook.get("metadata", {})
            kernel = facts.get("kernelspec", {}) if isinstance(facts, dict) else {}
            return builder.build({"title": title, "kernel": kernel.get("display_name")})


def _cells(notebook: Any) -> list[dict[str, Any]]:
    """Return the cells of a notebook of format 4, or of 3, which had worksheets."""
    if isinstance(notebook, dict):
        cells = notebook.get("cells")
        if cells is None:
            cells = [cell for sheet in notebook.get("worksheets", ()) for cell in sheet.get("cells", ())]
        if isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells):
            return cells
    raise damaged("notebook")


def _outputs(cell: dict[str, Any]) -> Iterator[str]:
    """Yield the text of each output, in the first of its forms that is text."""
    for output in cell.get("outputs", ()):
        data = output.get("data", output)
        form = next((form for form in ("text/plain", "text/markdown", "text/latex", "text") if data.get(form)), None)
        if form:
            yield _TERMINAL_CODES.sub("", _joined(data[form]))
        elif markup := data.get("text/html"):
            yield parse_html(_joined(markup)).text
        elif output.get("ename"):
            yield f"{output['ename']}: {output.get('evalue', '')}"


def _joined(source: Any) -> str:
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
