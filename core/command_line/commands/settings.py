"""`carrel settings`: show and change what can be set."""

from __future__ import annotations

import argparse
import difflib

from core.command_line.arguments import next_command
from core.command_line.command import Command
from core.command_line.output.screen import Screen
from core.errors import InvalidInput
from core.settings import Option, Settings, SettingsFile, options


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="SECTION.NAME", help="one setting")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="its new value")


def _settings(arguments: argparse.Namespace, screen: Screen) -> int:
    from pathlib import Path

    from core.store.data_folder import DataFolder, default_folder

    option = None if arguments.name is None else _named(arguments.name)
    folder = DataFolder(default_folder() if arguments.data_dir is None else Path(arguments.data_dir))
    try:
        file = SettingsFile(folder.settings_file)
        if option is not None and arguments.value is not None:
            settings = file.set(option.section, option.name, typed_value(option, arguments.value))
            screen.line(f"{arguments.name} = {_current(settings, option)}")
            return 0
    finally:
        folder.close()
    for problem in file.problems:
        screen.note((problem, "yellow"))
    if option is not None:
        _show_one(option, file.settings, arguments, screen)
    else:
        _show_all(file.settings, arguments, screen)
    return 0


def _show_all(settings: Settings, arguments: argparse.Namespace, screen: Screen) -> None:
    rows = []
    for option in options():
        value = _current(settings, option)
        changed = "" if value == _shown(option.default) else f"default {_shown(option.default)}"
        rows.append(((f"{option.section}.{option.name}", "bold"), value, changed, option.description))
    screen.table(("setting", "value", "", "meaning"), rows)
    screen.line(("Change one with: ", "dim"), next_command(arguments, "settings", "SECTION.NAME", "VALUE"))


def _show_one(option: Option, settings: Settings, arguments: argparse.Namespace, screen: Screen) -> None:
    screen.line((f"{arguments.name} = {_current(settings, option)}", "bold"))
    screen.line(f"{option.title}. {option.description}")
    if option.choices:
        screen.line(f"One of: {', '.join(option.choices)}.")
    elif option.least is not None and option.most is not None:
        screen.line(f"From {option.least:g} to {option.most:g}.")
    screen.line(f"Default: {_shown(option.default)}.")


def _named(name: str) -> Option:
    known = {f"{option.section}.{option.name}": option for option in options()}
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {close[0]}?" if close else "See all settings with: carrel settings"
        raise InvalidInput(f"There is no setting {name}.", hint)
    return known[name]


def typed_value(option: Option, text: str) -> int | float | str | bool:
    """Return the value that was typed; what does not fit the setting stays text, for the setting to refuse."""
    if option.kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)
    if option.kind is str:
        return text
    for number in (int, option.kind):
        try:
            return number(text)  # type: ignore[no-any-return] # the kind is int or float here
        except ValueError:
            continue
    return text


def _current(settings: Settings, option: Option) -> str:
    return _shown(getattr(getattr(settings, option.section), option.name))


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


SETTINGS = Command(
    "settings",
    "show and change settings",
    "Shows all settings, one, or changes one; a change holds from the next start.",
    _arguments,
    _settings,
)
