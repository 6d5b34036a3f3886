"""Web pages; also the reader of the HTML inside mail and books."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder
from core.extractors.decode import read_text
from core.extractors.failures import translated
from core.extractors.html_blocks import add_blocks
from core.extractors.html_facts import page_facts
from core.extractors.html_guard import shallow

MARKUP_LIMIT = 20_000_000
"""Characters of markup that are parsed: the parser takes some thirty times as much memory."""

_MAIN_CHARACTERS = 250


class HtmlExtractor:
    """Reads HTML and XHTML."""

    media_types: tuple[str, ...] = ("text/html", "application/xhtml+xml")

    def extract(self, path: Path) -> Extracted:
        """Return what a reader of the page sees; raises `ExtractionFailed` (`unreadable`, `vanished`)."""
        with translated("web page"):
            read = read_text(path)
            builder = TextBuilder()
            if read.cut or len(read.text) > MARKUP_LIMIT:
                builder.remarks.append(Remark("truncated", "The page is very long; only its beginning was read."))
            page = _parsed(read.text)
            main = _main(page)
            if main is not None:
                add_blocks(builder, main)
            elif page.body is not None:
                add_blocks(builder, page.body, skip=frozenset(["footer"]))
            if not len(builder):
                builder.remarks.append(Remark("empty", "There is no text in this page."))
            return builder.build(page_facts(page))


def parse_html(markup: str) -> Extracted:
    """Return the text of HTML that is part of something else, with its headings and what it says about itself."""
    builder = TextBuilder()
    page = _parsed(markup)
    if page.body is not None:
        add_blocks(builder, page.body)
    return builder.build(page_facts(page))


def _parsed(markup: str) -> LexborHTMLParser:
    return LexborHTMLParser(shallow(markup[:MARKUP_LIMIT]))


def _main(page: LexborHTMLParser) -> LexborNode | None:
    """Return the element that the page says is its content, unless it holds next to nothing."""
    found = page.css("main, [role=main]") or page.css("article")
    if len(found) != 1:
        return None
    builder = TextBuilder(_MAIN_CHARACTERS)
    add_blocks(builder, found[0])
    return found[0] if builder.full else None
