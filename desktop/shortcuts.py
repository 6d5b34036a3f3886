"""The keys of the actions, as the person has set them; kept beside the sizes of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence

from desktop.actions import Actions
from desktop.remembered import Remembered


class Shortcuts:
    """Changes keys, but never so that two actions have the same."""

    def __init__(self, actions: Actions, remembered: Remembered) -> None:
        """Give every action the keys that were kept for it."""
        self._remembered = remembered
        self.actions: Sequence[QAction] = list(actions.all())
        self._defaults = {each.objectName(): each.shortcuts() for each in self.actions}
        for each in self.actions:
            kept = remembered.keys(each.objectName())
            if kept is not None:
                each.setShortcuts(self._with_first(each, QKeySequence(kept, QKeySequence.SequenceFormat.PortableText)))

    def set(self, action: QAction, keys: QKeySequence) -> QAction | None:
        """Give an action other keys, or none; return the action that has them already, and then change nothing."""
        taken = self._taken([keys], action)
        if taken is None:
            action.setShortcuts(self._with_first(action, keys))
            portable = keys.toString(QKeySequence.SequenceFormat.PortableText)
            self._remembered.keep_keys(action.objectName(), portable)
        return taken

    def reset(self, action: QAction) -> QAction | None:
        """Give an action its own keys again; return the action that has them now, and then change nothing."""
        keys = self._defaults[action.objectName()]
        taken = self._taken(keys, action)
        if taken is None:
            action.setShortcuts(keys)
            self._remembered.keep_keys(action.objectName(), None)
        return taken

    def reset_all(self) -> None:
        """Give all actions their own keys again."""
        for each in self.actions:
            each.setShortcuts(self._defaults[each.objectName()])
            self._remembered.keep_keys(each.objectName(), None)

    def changed(self, action: QAction) -> bool:
        """Return whether an action has other keys than its own."""
        return action.shortcuts() != self._defaults[action.objectName()]

    def _with_first(self, action: QAction, keys: QKeySequence) -> list[QKeySequence]:
        """Return the keys of an action with another first one; those after it stay."""
        return [each for each in (keys, *self._defaults[action.objectName()][1:]) if not each.isEmpty()]

    def _taken(self, keys: Sequence[QKeySequence], but: QAction) -> QAction | None:
        wanted = [each for each in keys if not each.isEmpty()]
        return next(
            (each for each in self.actions if each is not but and any(key in wanted for key in each.shortcuts())), None
        )
