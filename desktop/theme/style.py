"""The style sheet: what Fusion and the palette leave open. Distances follow the grid of 8 pixels."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from desktop.theme.colours import Colours
from desktop.theme.icons import FOLDER

_SHEET = Template("""
QToolTip { color: $text; background: $raised; border: 1px solid $border; padding: 4px 8px; }
QMainWindow, QDialog { background: $window; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QMenuBar { background: $window; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $base; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {
    background: $base; border: 1px solid $border; border-radius: 6px; padding: 5px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus { border-color: $accent; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit { border: none; padding: 0 0 0 6px; min-height: 0;
    background: transparent; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; border: none; width: 24px; background: transparent; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$arrow_up"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $border; selection-background-color: $chosen;
    selection-color: $text; }

QPushButton { background: $base; border: 1px solid $border; border-radius: 6px; padding: 6px 16px; min-height: 20px; }
QPushButton:hover { background: $raised; }
QPushButton:focus { border-color: $accent; }
QPushButton:pressed { background: $chosen; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { border-color: $text; }
QPushButton[primary="true"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[danger="true"] { color: $bad; }
QPushButton[flat="true"], QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 4px 8px; }
QPushButton[flat="true"]:hover, QToolButton:hover { background: $raised; }
QPushButton[flat="true"]:focus, QToolButton:focus { border-color: $accent; }
QToolButton:checked, QPushButton[flat="true"]:checked { background: $chosen; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[card="true"] { background: $window; border-radius: 8px; padding: 0; }
QPushButton[card="true"]:hover { background: $raised; border-color: $accent; }
QPushButton[card="true"]:focus { border-color: $accent; }
QPushButton[chip="true"] { background: $chosen; border: none; border-radius: 12px; padding: 2px 10px;
    min-height: 20px; }
QPushButton[chip="true"]:hover { background: $raised; }
QPushButton[chip="true"]:focus { border: 1px solid $accent; padding: 1px 9px; }

QAbstractItemView { background: $base; border: none; outline: none; alternate-background-color: $window; }
QAbstractItemView::item:hover { background: $raised; }
QAbstractItemView::item:selected { background: $chosen; color: $text; }
QTreeView[side="true"], QListView[side="true"] { background: $window; }
QListWidget[side="true"]::item { padding: 8px; border-radius: 6px; }
QTreeView::item { padding: 4px 2px; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected, QTreeView::branch:hover { background: transparent; }
QTableView { gridline-color: transparent; }
QTableView::item { padding: 0 8px; }
QHeaderView { background: $base; }
QHeaderView::section { background: $base; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: 6px 8px; }

QTabBar::tab { padding: 8px 12px; color: $muted; border: none; border-bottom: 2px solid transparent;
    background: transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar:focus { border: 1px solid $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabWidget > QTabBar { background: $window; }

QTextBrowser, QPlainTextEdit, QTextEdit { background: $base; border: none; selection-background-color: $accent;
    selection-color: $on_accent; }
QScrollArea { border: none; background: transparent; }
QProgressBar { border: none; border-radius: 3px; background: $raised; max-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: $accent; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel[muted="true"] { color: $muted; }
QLabel[bad="true"] { color: $bad; }
QFrame[line="true"] { background: $border; max-height: 1px; min-height: 1px; border: none; }
QWidget[bar="true"] { background: $window; }
QWidget[paper="true"] { background: $base; }
QWidget[notice="true"] { background: $current; border-bottom: 1px solid $border; }
""")


def sheet(colours: Colours) -> str:
    """Return the style sheet in these colours."""
    arrows = {"arrow": (FOLDER / "arrow.svg").as_posix(), "arrow_up": (FOLDER / "arrow-up.svg").as_posix()}
    return _SHEET.substitute(asdict(colours) | arrows)
