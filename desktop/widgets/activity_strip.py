"""The strip at the bottom: how much is searchable by words and by meaning, what failed, and how long it will take."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from core.domain.change import Progress
from desktop.theme import Theme
from desktop.theme.theme import GRID
from desktop.widgets.cut_label import CutLabel
from desktop.words import number, size, span


class ActivityStrip(QWidget):
    """One line, always there.

    Attributes:
        wants_failures: The person wants to see what could not be read.
        wants_pause: The person wants to stop reading (True), or to go on (False).
    """

    wants_failures = Signal()
    wants_pause = Signal(bool)

    def __init__(self, theme: Theme, show_dock: QAction, parent: QWidget | None = None) -> None:
        """`show_dock` is the action that shows the dock above the strip."""
        super().__init__(parent)
        self._theme = theme
        self._paused = False
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = _TwoTone(theme)
        self._text = CutLabel()
        self._text.setProperty("muted", True)
        self._failed = QPushButton()
        self._failed.setProperty("flat", True)
        self._failed.setProperty("danger", True)
        self._failed.clicked.connect(self.wants_failures.emit)
        self._failed.hide()
        self.pause = QToolButton()
        self.pause.clicked.connect(lambda: self.wants_pause.emit(not self._paused))
        self.pause.hide()
        theme.icons.put(show_dock, "up")
        dock = QToolButton()
        dock.setDefaultAction(show_dock)
        dock.setAccessibleName(self.tr("Activity"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self._bar)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._failed)
        layout.addWidget(self.pause)
        layout.addWidget(dock)
        layout.addStrut(3 * GRID)

    def show_progress(self, progress: Progress, failed: int, *, paused: bool) -> None:
        """Show how far indexing is; `paused` says that no source is read."""
        self._paused = paused or progress.paused
        self._bar.show_shares(progress)
        self._text.setText(self._sentence(progress))
        self._failed.setText(self.tr("%n failed", "", failed))
        self._failed.setVisible(failed > 0)
        self._offer_pause(progress)

    def _offer_pause(self, progress: Progress) -> None:
        label = self.tr("Resume reading") if self._paused else self.tr("Pause reading")
        self._theme.icons.put(self.pause, "play" if self._paused else "pause")
        self.pause.setToolTip(label)
        self.pause.setAccessibleName(label)
        self.pause.setVisible(self._paused or progress.queued + progress.running > 0)

    def _sentence(self, progress: Progress) -> str:
        if progress.space_missing:
            return self.tr("Paused: the disk is nearly full. Free {size}.").format(size=size(progress.space_missing))
        if self._paused:
            return self.tr("Paused; files wait") if progress.paused else self.tr("Paused; changes are not read")
        if progress.idle and not progress.queued:
            if not progress.chunks:
                return self.tr("Ready")
            return self.tr("%n document(s) searchable by words and meaning", "", progress.total)
        parts = []
        if left := progress.queued + progress.running:
            done = max(0, progress.total - left)
            parts.append(self.tr("{done} of {total} read").format(done=number(done), total=number(progress.total)))
        parts.append(self.tr("words {share} %").format(share=_percent(progress.words, progress.chunks)))
        parts.append(self.tr("meaning {share} %").format(share=_percent(progress.meaning, progress.chunks)))
        if progress.seconds_left is not None and progress.queued:
            parts.append(self.tr("about {span}").format(span=span(progress.seconds_left)))
        return " · ".join(parts)


class _TwoTone(QWidget):
    """Light for what is searchable by words, full for what is searchable by meaning, too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = self._meaning = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Progress of reading"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the bar."""
        return QSize(20 * GRID, GRID)

    def show_shares(self, progress: Progress) -> None:
        """Draw how much of the documents that are known is searchable."""
        waiting = progress.queued + progress.running
        read = 1.0 if not progress.total else max(0.0, 1 - waiting / max(progress.total, waiting))
        chunks = max(progress.chunks, 1)
        self._words, self._meaning = read * progress.words / chunks, read * progress.meaning / chunks
        self.setAccessibleDescription(f"{_percent(progress.words, chunks)} %, {_percent(progress.meaning, chunks)} %")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        light = QColor(colours.accent)
        light.setAlphaF(0.4)
        for share, colour in (
            (1.0, QColor(colours.border)),
            (self._words, light),
            (self._meaning, QColor(colours.accent)),
        ):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(whole.left(), whole.top(), whole.width() * share, whole.height()), 3, 3)


def _percent(part: int, whole: int) -> int:
    return 100 if not whole else int(100 * part / whole)
