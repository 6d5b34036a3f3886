"""The head of the preview: which document it is, what can be done with it, and what is wrong with its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.domain.document import Document
from core.domain.plain_text import one_line
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.widgets.cut_label import CutLabel
from desktop.widgets.icon_button import icon_button
from desktop.words import folder_of, icon_of

Offer = tuple[str, Callable[[], None]]
_ICON = 20


class DocumentHead(QWidget):
    """Title, place and buttons; below them one sentence with its offers, where there is something to say.

    Attributes:
        wants_open: The file is to be opened in its own program.
        wants_folder: The file is to be shown in its folder.
        wants_citation: The passage is to be copied with where it stands.
    """

    wants_open = Signal()
    wants_folder = Signal()
    wants_citation = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = "file"
        self._icon = QLabel()
        self._title = CutLabel()
        self._title.setFont(sized(self.font(), 1.1, bold=True))
        self._place = CutLabel(Qt.TextElideMode.ElideMiddle)
        self._place.setProperty("muted", True)
        self._buttons = [
            self._button("copy", self.tr("Copy with citation (Ctrl+Shift+C)"), self.wants_citation),
            self._button("folder", self.tr("Show in folder (Ctrl+Shift+O)"), self.wants_folder),
            self._button("open", self.tr("Open in its own program (Ctrl+O)"), self.wants_open),
        ]
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        top.addWidget(self._icon)
        top.addSpacing(GRID // 2)
        top.addLayout(names, 1)
        for each in self._buttons:
            top.addWidget(each)
        self._sentence = QLabel(wordWrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._offers = QHBoxLayout()
        self._notice = QWidget()
        self._notice.setProperty("notice", True)
        self._notice.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(self._notice)
        line.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        line.addWidget(self._sentence, 1)
        line.addLayout(self._offers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._notice)
        theme.changed.connect(self._draw)
        self.show_document(None)

    def _button(self, icon: str, tip: str, signal: object) -> QToolButton:
        button = icon_button(self._theme, icon, tip)
        button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined] # a bound signal
        return button

    def show_document(self, document: Document | None, *, citable: bool = False) -> None:
        """Name a document, or nothing; what is wrong with the one before is forgotten."""
        self.say("")
        self.setVisible(document is not None)
        if document is None:
            return
        self._kind = icon_of(document.kind)
        name, folder = one_line(document.name), folder_of(document.path)
        self._title.setText(one_line(document.title))
        self._place.setText(f"{folder} / {name}" if folder else name)
        copy, *others = self._buttons
        copy.setEnabled(citable)
        for each in others:
            each.setVisible(document.path is not None)
        self._draw()

    def say(self, sentence: str, offers: Sequence[Offer] = ()) -> None:
        """Show one sentence about the document, with buttons that do something about it; nothing for an empty one."""
        self._sentence.setText(sentence)
        while (item := self._offers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for label, do in offers:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, do=do: do())
            self._offers.addWidget(button)
        self._notice.setVisible(bool(sentence))

    @property
    def sentence(self) -> str:
        """What is said about the document."""
        return self._sentence.text()

    def _draw(self) -> None:
        icon = self._theme.icons(self._kind, self._theme.colours.muted)
        self._icon.setPixmap(icon.pixmap(_ICON, _ICON))
