"""The rules by which files of a folder are read, as boxes and fields."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from core.domain.source import DEFAULT_EXCLUDES, Rules
from desktop.theme.theme import GRID
from desktop.words import number

_PAUSE_MS = 300
_MEGABYTE = 2**20
_SIZES = (10, 50, 100, 200, 500, 1000, 5000)


class RulesForm(QWidget):
    """Changes `Rules`.

    Attributes:
        changed: Other rules hold now; told when a person has paused typing for a moment.
    """

    changed = Signal()

    def __init__(self, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = rules
        usual = set(DEFAULT_EXCLUDES)
        self.include = _patterns(rules.include, self.tr("all, or such as *.pdf, notes/**"))
        self.exclude = _patterns(
            [each for each in rules.exclude if each not in usual], self.tr("such as drafts, *.log")
        )
        self.usual = QCheckBox(self.tr("Leave out what programs make (node_modules, .git, *.tmp, …)"))
        self.usual.setChecked(usual <= set(rules.exclude))
        self.recursive = QCheckBox(self.tr("Read folders inside"))
        self.recursive.setChecked(rules.recursive)
        self.hidden = QCheckBox(self.tr("Read hidden files and folders"))
        self.hidden.setChecked(rules.hidden)
        self.largest = QComboBox()
        now = max(1, rules.max_bytes // _MEGABYTE)
        for megabytes in sorted({*_SIZES, now}):
            self.largest.addItem(self.tr("{count} MB").format(count=number(megabytes)), megabytes)
        self.largest.setCurrentIndex(self.largest.findData(now))
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(GRID)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        for label, field in (
            (self.tr("Only files like"), self.include),
            (self.tr("Never files like"), self.exclude),
            (self.tr("Largest file"), self.largest),
        ):
            field.setAccessibleName(label)
            layout.addRow(label, field)
        for box in (self.usual, self.recursive, self.hidden):
            layout.addRow(box)
            box.toggled.connect(self._wait)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.include.textEdited.connect(self._wait)
        self.exclude.textEdited.connect(self._wait)
        self.largest.currentIndexChanged.connect(self._wait)

    def rules(self) -> Rules:
        """Return what the fields say.

        Raises:
            InvalidInput: If a pattern can't be used.
        """
        always = DEFAULT_EXCLUDES if self.usual.isChecked() else ()
        return replace(
            self._rules,
            include=_split(self.include),
            exclude=(*always, *_split(self.exclude)),
            recursive=self.recursive.isChecked(),
            hidden=self.hidden.isChecked(),
            max_bytes=self.largest.currentData() * _MEGABYTE,
        )

    def _wait(self) -> None:
        self._pause.start()


def _patterns(patterns: tuple[str, ...] | list[str], hint: str) -> QLineEdit:
    field = QLineEdit(", ".join(patterns))
    field.setPlaceholderText(hint)
    return field


def _split(field: QLineEdit) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.text().split(",") if part.strip())
