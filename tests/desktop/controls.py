"""What in a window takes the keyboard, what a screen reader says of it, and how one comes to it by Tab alone."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QWidget

_MOST_STEPS = 200
_PARTS_OF_A_DATE = 2
"""Day, month and year: Tab goes through them before it leaves."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what Tab should come to: each visible control that is on, apart from the windows of their own in it."""
    for each in (root, *root.findChildren(QWidget)):
        takes_keys = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.focusProxy() is None
        if takes_keys and each.isEnabled() and each.isVisible() and each.window() is root.window():
            yield each


def name(control: QWidget) -> str:
    """Return what a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def unnamed(root: QWidget) -> list[str]:
    """Return the controls for which a screen reader has no name."""
    return [described(each) for each in controls(root) if not name(each)]


def not_reached(root: QWidget, *, back: bool = False) -> list[str]:
    """Return what Tab (or Shift+Tab) does not come to, and where it stays if it does not come round.

    Of buttons of which one is always down, Tab comes to that one; the arrow keys go on from there.
    """
    begin = QApplication.focusWidget()
    if begin is None or begin not in controls(root):
        return [f"the keyboard begins at {described(begin)}"]
    seen = [begin]
    parts = 0
    for _ in range(_MOST_STEPS):
        now = QApplication.focusWidget()
        assert now is not None
        modifier = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(now, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, modifier)
        after = QApplication.focusWidget()
        if after is now and isinstance(now, QDateTimeEdit) and parts < _PARTS_OF_A_DATE:
            parts += 1
            continue
        if after is now:
            return [f"stays at {described(now)}"]
        if after is begin:
            break
        if after in seen:
            return [f"goes round without {described(begin)}, from {described(now)} to {described(after)}"]
        assert after is not None
        seen.append(after)
    return [described(each) for each in controls(root) if each not in seen]


def described(control: QWidget | None) -> str:
    """Return a control as the message of a test names it."""
    if control is None:
        return "nothing"
    places = [type(each).__name__ for each in (control, control.parentWidget()) if each is not None]
    return f"{' in '.join(places)} “{name(control) or control.objectName()}”"
