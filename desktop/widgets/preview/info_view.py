"""What is known of a document: its file, its text, how Carrel stands to it, and which others are like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.domain.document import WORKSPACE_SCOPE, Document, State
from core.domain.extracted import Extracted
from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.words import day, folder_of, icon_of, number, reason, size, tip

_SHOWN_ELSEWHERE = {"title", "pages", "language", "tags", "created"}
_LONGEST = 2_000
"""Characters of a value that are shown; metadata can be as long as a file wants."""


class InfoView(QScrollArea):
    """Facts in two columns, and related documents below.

    Attributes:
        document_chosen: A related document was chosen.
    """

    document_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What is known of the document"))

    def show_facts(self, document: Document, extracted: Extracted, related: Sequence[Document]) -> None:
        """Show what is known of a document."""
        page = QWidget()
        page.setProperty("paper", True)
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID // 2)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name, value in self._facts(document, extracted):
            if value:
                form.addRow(_label(name, muted=True), _value(value))
        layout.addLayout(form)
        if related:
            layout.addSpacing(2 * GRID)
            title = _label(self.tr("Related documents"))
            title.setFont(sized(self.font(), 1, bold=True))
            layout.addWidget(title)
            for each in related:
                layout.addWidget(self._link(each))
        layout.addStretch(1)
        self.setWidget(page)

    def _link(self, document: Document) -> QPushButton:
        title = one_line(document.title)
        button = QPushButton(self._theme.icons(icon_of(document.kind)), title.replace("&", "&&"))
        button.setProperty("flat", True)
        button.setStyleSheet("text-align: left;")
        button.setToolTip(tip(one_line(document.path or document.name)))
        button.setAccessibleName(title)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, button.sizePolicy().verticalPolicy())
        button.clicked.connect(lambda: self.document_chosen.emit(document))
        return button

    def _facts(self, document: Document, extracted: Extracted) -> Iterator[tuple[str, str]]:
        """Yield names and values, those of the file first."""
        yield self.tr("Title"), one_line(document.title)
        yield self.tr("Name"), one_line(document.name)
        yield self.tr("Folder"), folder_of(document.path)
        yield self.tr("Type"), document.kind
        yield self.tr("Size"), size(document.size) if document.size else ""
        yield self.tr("Pages"), "" if document.pages is None else number(document.pages)
        yield self.tr("Words"), "" if document.words is None else number(document.words)
        yield self.tr("Language"), document.language
        yield self.tr("Tags"), one_line(", ".join(document.tags))
        yield self.tr("State"), self._state(document.state)
        yield self.tr("Reason"), reason(document)
        yield self.tr("Worth knowing"), "\n".join(one_line(each.message) for each in extracted.warnings)
        yield self.tr("Dated"), day(document.event_time)
        yield self.tr("Changed"), day(document.modified_at)
        yield self.tr("Known since"), day(document.created_at)
        yield self.tr("Text stored"), day(document.updated_at) if extracted.text else ""
        yield self.tr("Expires"), day(document.expires_at)
        yield self.tr("Seen by"), "" if document.scope == WORKSPACE_SCOPE else one_line(document.scope)
        said = {"author": self.tr("Author"), "description": self.tr("Description")}
        for name, value in document.metadata.items():
            if name not in _SHOWN_ELSEWHERE and value not in (None, ""):
                yield said.get(name) or one_line(str(name)).capitalize()[:40], one_line(str(value)[:_LONGEST])

    def _state(self, state: State) -> str:
        return {
            State.PENDING: self.tr("waits to be read"),
            State.WORDS: self.tr("found by words; meaning follows"),
            State.MEANING: self.tr("found by words and by meaning"),
            State.PARTIAL: self.tr("found, but a part could not be read"),
            State.SKIPPED: self.tr("left out by a rule"),
            State.FAILED: self.tr("could not be read"),
            State.STALE: self.tr("found as it was; the newer version is not read"),
        }[state]


def _value(text: str) -> QLabel:
    """Return a label with a foreign value; what can't be broken into lines is cut, and says itself in the tip."""
    label = _label(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, label.sizePolicy().verticalPolicy())
    label.setToolTip(tip(text))
    return label


def _label(text: str, *, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("muted", muted)
    label.setWordWrap(not muted)
    return label
