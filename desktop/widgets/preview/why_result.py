"""Why a hit was found: its ranks and shares of score by words and by meaning, and the words that it shares."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from core.domain.plain_text import one_line
from core.domain.search import Hit
from desktop.theme import Theme
from desktop.theme.theme import GRID, sized
from desktop.words import number, percent

_HEIGHT = 6


class WhyResult(QWidget):
    """Two bars and a line of words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = _label(self.tr("Why this result"))
        title.setFont(sized(self.font(), 1, bold=True))
        self._words, self._meaning = _ShareBar(theme, "accent"), _ShareBar(theme, "warning")
        self._by_words, self._by_meaning, self._shared = _label(), _label(), _label()
        self._shared.setWordWrap(True)
        for each in (self._by_words, self._by_meaning, self._shared):
            each.setProperty("muted", True)
        layout = QGridLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setHorizontalSpacing(GRID)
        layout.setVerticalSpacing(GRID // 2)
        layout.addWidget(title, 0, 0, 1, 3)
        for row, name, bar, said in (
            (1, self.tr("Words"), self._words, self._by_words),
            (2, self.tr("Meaning"), self._meaning, self._by_meaning),
        ):
            layout.addWidget(_label(name), row, 0)
            layout.addWidget(bar, row, 1)
            layout.addWidget(said, row, 2)
        layout.addWidget(_label(self.tr("Shared")), 3, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._shared, 3, 1, 1, 2)
        layout.setColumnStretch(1, 1)

    def show_hit(self, hit: Hit) -> None:
        """Explain a hit."""
        self._words.show_share(hit.keyword_score or 0.0)
        self._meaning.show_share(hit.vector_score or 0.0)
        self._by_words.setText(self._rank(hit.keyword_rank, hit.keyword_score))
        self._by_meaning.setText(self._rank(hit.vector_rank, hit.vector_score))
        shared = dict.fromkeys(hit.snippet[start:end].casefold() for start, end in hit.matches)
        self._shared.setText(one_line(", ".join(shared)) or self.tr("no word; the passage means something like it"))

    def _rank(self, rank: int | None, score: float | None) -> str:
        if rank is None:
            return self.tr("not among the best")
        said = self.tr("rank {rank}").format(rank=number(rank))
        return said if score is None else f"{said} · {percent(score)}"


class _ShareBar(QWidget):
    """A share, 0 to 1, as a bar in a colour of the theme."""

    def __init__(self, theme: Theme, colour: str) -> None:
        super().__init__()
        self._theme, self._colour = theme, colour
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def show_share(self, share: float) -> None:
        self._share = max(0.0, min(1.0, share))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - _HEIGHT) / 2
        for share, colour in ((1.0, "border"), (self._share, self._colour)):
            painter.setBrush(QColor(getattr(self._theme.colours, colour)))
            painter.drawRoundedRect(QRectF(0, top, self.width() * share, _HEIGHT), _HEIGHT / 2, _HEIGHT / 2)
        painter.end()


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
