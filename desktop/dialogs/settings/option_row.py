"""One setting: what it is, the field that changes it, and the way back to its default."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QWidget,
)

from core.errors import CarrelError
from core.settings import Option, Settings, Value
from desktop.context import Context
from desktop.theme.theme import GRID, sized

_FIELD_WIDTH = 22 * GRID


class OptionRow(QWidget):
    """Changes its setting at once; what the engine says against a value stands below.

    Attributes:
        changed: It was changed: all settings, as they are now.
    """

    changed = Signal(object)

    def __init__(self, context: Context, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.option = option
        self.title = QLabel(QCoreApplication.translate("Option", option.title))
        self.title.setFont(sized(self.font(), 1.0, bold=True))
        about = QCoreApplication.translate("Option", option.description)
        if option.restart:
            about += " " + self.tr("A change holds from the next start.")
        self._about = QLabel(about, wordWrap=True)
        self._about.setProperty("muted", True)
        self._refusal = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._refusal.setProperty("bad", True)
        self._refusal.hide()
        self.field = self._make_field()
        self.field.setAccessibleName(self.title.text())
        self.field.setAccessibleDescription(about)
        self.field.setMinimumWidth(_FIELD_WIDTH)
        self.reset = QToolButton()
        context.theme.icons.put(self.reset, "retry")
        self.reset.setToolTip(self.tr("Back to the default"))
        self.reset.setAccessibleName(self.tr("{title}: back to the default").format(title=self.title.text()))
        self.reset.clicked.connect(self._reset)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, GRID, 0, GRID)
        layout.setHorizontalSpacing(GRID)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(0, 1)
        layout.addWidget(self.title, 0, 0)
        layout.addWidget(self._about, 1, 0)
        layout.addWidget(self._refusal, 2, 0, 1, 3)
        layout.addWidget(self.field, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.reset, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _make_field(self) -> QWidget:
        option = self.option
        if option.choices:
            choices = QComboBox()
            for each in option.choices:
                choices.addItem(self._choice(each), each)
            choices.activated.connect(lambda row: self._set(choices.itemData(row)))
            field: QWidget = choices
        elif option.kind is bool:
            check = QCheckBox(self.tr("On"))
            check.toggled.connect(self._set)
            field = check
        elif option.kind is int:
            whole = QSpinBox()
            whole.setKeyboardTracking(False)
            whole.setRange(int(option.least or 0), int(option.most or 1_000_000_000))
            whole.setGroupSeparatorShown(True)
            whole.valueChanged.connect(self._set)
            field = whole
        else:
            number = QDoubleSpinBox()
            number.setKeyboardTracking(False)
            number.setDecimals(2 if option.most == 1 else 1)
            number.setRange(option.least or 0.0, option.most or 1e9)
            number.setSingleStep(0.05 if number.maximum() <= 1 else 1.0)
            number.valueChanged.connect(self._set)
            field = number
        if isinstance(field, QAbstractSpinBox):
            field.lineEdit().setTextMargins(GRID - 2, 0, 0, 0)  # as far from the edge as in other fields
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)
        return field

    def _choice(self, word: str) -> str:
        own_names = {"en": "English", "de": "Deutsch", "system": self.tr("As the system")}
        return own_names.get(word) or QCoreApplication.translate("Option", word.capitalize())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the wheel scroll the page, and not turn a value that it passes over."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def show_value(self, settings: Settings) -> None:
        """Show what is set now."""
        value: Value = getattr(getattr(settings, self.option.section), self.option.name)
        with QSignalBlocker(self.field):
            if isinstance(self.field, QComboBox):
                self.field.setCurrentIndex(self.field.findData(value))
            elif isinstance(self.field, QCheckBox):
                self.field.setChecked(bool(value))
            elif isinstance(self.field, QSpinBox):
                self.field.setValue(int(value))
            elif isinstance(self.field, QDoubleSpinBox):
                self.field.setValue(float(value))
        self.reset.setVisible(value != self.option.default)

    def matches(self, text: str) -> bool:
        """Return whether all words of a search stand in title, description or name."""
        whole = f"{self.title.text()} {self._about.text()} {self.option.section} {self.option.name}".casefold()
        return all(word in whole for word in text.casefold().split())

    def _set(self, value: Value) -> None:
        kb, option = self._context.kb, self.option
        typed: Value = float(value) if option.kind is float else value
        self._context.tasks.run(
            self, lambda: kb.preferences.set(option.section, option.name, typed), self._take, self._refuse
        )

    def _reset(self) -> None:
        kb, option = self._context.kb, self.option
        self._context.tasks.run(
            self, lambda: kb.preferences.reset(option.section, option.name), self._take, self._refuse
        )

    def _take(self, settings: Settings) -> None:
        self._refusal.hide()
        self.show_value(settings)
        self.changed.emit(settings)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, CarrelError):
            self._context.notices.error(error)
            return
        self._refusal.setText(str(error))
        self._refusal.show()
        self.show_value(self._context.kb.settings)
