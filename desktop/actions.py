"""Everything that can be done by a key or from the menu, in one list: title, keys, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence


class Actions(QObject):
    """The actions of the window; pages connect to them, the menu shows them, F1 lists them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.focus_query = self._add("focus_query", translate("Actions", "Go to the search box"), "Ctrl+L", "/")
        self.narrow = self._add("narrow", translate("Actions", "Narrow the search…"), "Ctrl+Shift+F")
        self.save_search = self._add("save_search", translate("Actions", "Keep this search…"), "Ctrl+D")
        self.add_folder = self._add("add_folder", translate("Actions", "Add a folder…"), "Ctrl+I")
        self.add_files = self._add("add_files", translate("Actions", "Add files…"), "Ctrl+Shift+I")
        self.paste = self._add("paste", translate("Actions", "Add what is in the clipboard"), "Ctrl+V")
        self.rescan = self._add("rescan", translate("Actions", "Look at all sources again"), "F5")
        self.quit = self._add("quit", translate("Actions", "Quit"), "Ctrl+Q")
        self.show_search = self._add("show_search", translate("Actions", "Search"), "Alt+1")
        self.show_library = self._add("show_library", translate("Actions", "Library"), "Alt+2")
        self.show_map = self._add("show_map", translate("Actions", "Map"), "Alt+3")
        self.show_usage = self._add("show_usage", translate("Actions", "Usage"), "Alt+4")
        self.show_golden = self._add("show_golden", translate("Actions", "Golden queries"), "Alt+5", checkable=True)
        self.show_side = self._add("show_side", translate("Actions", "Side pane"), "Ctrl+B", checkable=True)
        self.show_preview = self._add(
            "show_preview", translate("Actions", "Preview pane"), "Ctrl+Shift+B", checkable=True
        )
        self.next_pane = self._add("next_pane", translate("Actions", "Next pane"), "F6")
        self.show_activity = self._add("show_activity", translate("Actions", "Activity"), "Ctrl+J", checkable=True)
        self.next_hit = self._add("next_hit", translate("Actions", "Next place in the document"), "F3")
        self.previous_hit = self._add(
            "previous_hit", translate("Actions", "Previous place in the document"), "Shift+F3"
        )
        self.next_result = self._add("next_result", translate("Actions", "Next result"), "Alt+Down")
        self.previous_result = self._add("previous_result", translate("Actions", "Previous result"), "Alt+Up")
        self.open_document = self._add("open_document", translate("Actions", "Open at this page"), "Ctrl+O")
        self.show_in_folder = self._add("show_in_folder", translate("Actions", "Show in folder"), "Ctrl+Shift+O")
        self.copy_citation = self._add("copy_citation", translate("Actions", "Copy with citation"), "Ctrl+Shift+C")
        self.settings = self._add("settings", translate("Actions", "Settings…"), "Ctrl+,")
        self.show_shortcuts = self._add("show_shortcuts", translate("Actions", "Shortcuts"), "F1")
        self.workspaces = [
            self._add(
                f"workspace_{place}", translate("Actions", "Workspace {place}").format(place=place), f"Ctrl+{place}"
            )
            for place in range(1, 10)
        ]

    def _add(self, name: str, title: str, *keys: str, checkable: bool = False) -> QAction:
        action = QAction(title, self, checkable=checkable)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        return action

    def all(self) -> Iterator[QAction]:
        """Yield every action, in the order of the menu."""
        yield from self.findChildren(QAction)
