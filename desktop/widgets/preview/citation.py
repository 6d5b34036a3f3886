"""A passage with where it stands, to be pasted into another text."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QMimeData

from core.domain.plain_text import one_line
from core.domain.search import Hit


def citation(hit: Hit) -> QMimeData:
    """Return a passage in quotes with title, page, heading and path, as plain text and as HTML."""
    passage = "\n".join(line.strip() for line in hit.text.strip().splitlines())
    title = one_line(hit.document.title)
    translate = QCoreApplication.translate
    page = translate("citation", "p. {page}").format(page=hit.page) if hit.page else ""
    quote = translate("citation", "“{passage}”")
    heading = one_line((hit.heading or "").split(" › ")[-1])
    where = [each for each in (page, heading if heading != title else "", one_line(hit.document.path or "")) if each]
    made = QMimeData()
    made.setText(f"{quote.format(passage=passage)}\n— " + ", ".join([title, *where]))
    quoted = quote.format(passage=escape(passage).replace("\n", "<br>"))
    rest = "".join(f", {escape(each)}" for each in where)
    made.setHtml(f"<blockquote>{quoted}</blockquote><p>— <cite>{escape(title)}</cite>{rest}</p>")
    return made
