"""The menu bar: which action stands where."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenuBar

from desktop.actions import Actions


def fill(bar: QMenuBar, actions: Actions) -> None:
    """Put the actions into the menus; None is a line between them."""
    translate = QCoreApplication.translate
    menus = (
        (
            translate("menus", "&File"),
            (
                actions.add_folder,
                actions.add_files,
                actions.paste,
                actions.rescan,
                None,
                actions.settings,
                actions.quit,
            ),
        ),
        (
            translate("menus", "&Go"),
            (
                *(actions.focus_query, actions.narrow, actions.save_search, None),
                *(actions.show_search, actions.show_library, actions.show_map, actions.show_usage, actions.show_golden),
                None,
                *(actions.next_pane, None),
                *(actions.next_result, actions.previous_result, actions.next_hit, actions.previous_hit),
            ),
        ),
        (
            translate("menus", "&View"),
            (actions.show_side, actions.show_preview, actions.show_activity, None, actions.show_shortcuts),
        ),
        (translate("menus", "&Document"), (actions.open_document, actions.show_in_folder, actions.copy_citation)),
    )
    for title, entries in menus:
        menu = bar.addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry)
