"""The text of a web page, block by block: what a reader sees, without what surrounds it on every page of a site."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from core.extractors.builder import TextBuilder
from core.extractors.html_table import table_lines


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NEVER_READ = _names(
    "head script style template noscript nav iframe object embed canvas audio video map svg annotation "
    "button select option datalist input textarea progress meter dialog menu rt rp"
)
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_CLOSE_TOGETHER = ("li", "dd")
_ROLES_NOT_READ = _names("navigation search menu menubar dialog alertdialog toolbar tablist")
_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Only lists are judged by such names: on other elements they may stand for the whole page (`class="with-menu"`).
_MENU = re.compile(r"(?:^|[\s_-])(?:menu|nav|navi|navbar|navigation|breadcrumbs?)(?:$|[\s_-])", re.IGNORECASE)
_SPACES = re.compile("[ \t\n\r\f\u200b\ufeff]+")
_AROUND_BREAK = re.compile(" *\n *")
_BREAKS = re.compile("\n{3,}")
_FILE_NAME = re.compile(r"[^\s.]+\.(?:jpe?g|png|gif|svg|webp)", re.IGNORECASE)


def add_blocks(builder: TextBuilder, root: LexborNode, skip: frozenset[str] = frozenset()) -> None:
    """Add the blocks inside `root`, headings with their anchors; elements of the names in `skip` are left out."""
    reader = _Reader(builder, skip)
    node, depth = root.child, 0
    while node is not None and not builder.full:
        if reader.enter(node):
            if node.child is not None:
                node, depth = node.child, depth + 1
                continue
            reader.leave(node)
        while node is not None and node.next is None and depth:
            node, depth = node.parent, depth - 1
            if node is not None:
                reader.leave(node)
        node = node.next if node is not None else None
    reader.end_block()


def words_of(node: LexborNode) -> str:
    """Return the visible words of an element on one line."""
    child = node.child
    if child is not None and child.is_text_node and child.next is None:  # most cells of a table
        return " ".join((child.text_content or "").split())
    builder = TextBuilder()
    add_blocks(builder, node)
    return " ".join(builder.build().text.split())


class _Reader:
    """Gathers words until a block ends."""

    def __init__(self, builder: TextBuilder, skip: frozenset[str]) -> None:
        self._builder = builder
        self._skip = _NEVER_READ | skip
        self._words: list[str] = []
        self._heading = ""
        self._preformatted = 0
        self._begins = ""  # the element that the current block is the beginning of
        self._last = ""  # the same of the block before it
        self._after_link = False

    def enter(self, node: LexborNode) -> bool:
        """Take in a node; return whether what is inside it is to be read."""
        tag = node.tag or ""
        if node.is_text_node:
            self._words.append(self._text(node))
            self._after_link = False
            return False
        if not node.is_element_node or tag in self._skip or not _visible(node):
            return False
        if tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._words.append(_alternative(node))
        elif tag == "a" and self._after_link:
            self._words.append(" ")
        elif tag in _HEADINGS and not self._heading:
            self.end_block()
            self._heading = tag
        elif tag in _BLOCKS:
            self.end_block()
            self._begins = tag
            self._preformatted += tag == "pre"
            if tag == "table" and (lines := table_lines(node, words_of)) is not None:
                self._builder.add("\n".join(lines))
                self._last = tag
                return False
        return True

    def leave(self, node: LexborNode) -> None:
        """Take in the end of an element that was entered."""
        tag = node.tag or ""
        if tag == self._heading:
            self._builder.heading(" ".join(self._take().split()), _HEADINGS[tag])
            self._heading = ""
        elif tag in _BLOCKS:
            self.end_block()
            self._preformatted -= tag == "pre"
        self._after_link = tag == "a"

    def end_block(self) -> None:
        """Add the words gathered so far as a block; inside a heading they go on."""
        if self._heading:
            self._words.append(" ")
            return
        text = self._take()
        if text.strip():
            close = self._begins in _CLOSE_TOGETHER and self._last in ("li", "dt", "dd")
            mark = "- " if self._begins == "li" else ""
            self._builder.add(mark + text, "\n" if close else "\n\n")
            self._last = self._begins
            self._begins = ""

    def _take(self) -> str:
        text = "".join(self._words)
        self._words.clear()
        if self._preformatted:
            return text.strip("\n").rstrip()
        return _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", re.sub(" {2,}", " ", text))).strip()

    def _text(self, node: LexborNode) -> str:
        text = node.text_content or ""
        return text if self._preformatted else _SPACES.sub(" ", text)


def _visible(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return True
    return not (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in _ROLES_NOT_READ
        or _INVISIBLE.search(attributes.get("style") or "")
        or (node.tag in ("ul", "ol") and _MENU.search(f"{attributes.get('class')} {attributes.get('id')}"))
    )


def _alternative(image: LexborNode) -> str:
    """Return the words that stand for an image, unless they are only its file's name."""
    words = _SPACES.sub(" ", image.attributes.get("alt") or "").strip()
    return f" {words} " if words and not _FILE_NAME.fullmatch(words) else ""
