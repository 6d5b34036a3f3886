"""Takes pictures of the window in its main states, with the sample library, for the README and to be looked at.

    .venv/bin/python packaging/screenshots.py FOLDER [--only NAME]

No screen is needed. Each picture is taken by a process of its own, which opens a copy of the same data.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "resources" / "library"
_STILL_SECONDS = 1.0
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


@dataclass(frozen=True)
class Scene:
    """One picture.

    Attributes:
        size: Of the window, in pixels.
        query: What stands in the search box.
        theme: `light` or `dark`.
        scale: Pixels of the screen for each pixel of the window.
        language: Of the window, such as `de`.
        empty: Whether it is the first start, without documents.
        then: An action of the window to trigger at last; of a dialog that it opens, the dialog is the picture.
    """

    size: tuple[int, int] = (1280, 800)
    query: str = ""
    theme: str = "light"
    scale: int = 1
    language: str = "en"
    empty: bool = False
    then: str = ""


SCENES = {
    "first-run": Scene(empty=True),
    "search": Scene(query="oxygen near the bottom"),
    "search-dark": Scene(query="why did the bread not rise", theme="dark"),
    "search-small": Scene(size=(900, 600), query="notice period of the boathouse lease"),
    "search-200": Scene(query="oxygen near the bottom", scale=2),
    "nothing": Scene(query='"no such phrase anywhere"'),
    "library": Scene(then="show_library"),
    "library-dark": Scene(theme="dark", then="show_library"),
    "map": Scene(then="show_map"),
    "map-dark": Scene(theme="dark", then="show_map"),
    "map-small": Scene(size=(900, 600), then="show_map"),
    "usage": Scene(then="show_usage"),
    "usage-dark": Scene(theme="dark", then="show_usage"),
    "activity": Scene(query="eelgrass", then="show_activity"),
    "first-run-german": Scene(language="de", empty=True),
    "search-german": Scene(query="oxygen near the bottom", language="de"),
    "search-german-small": Scene(size=(900, 600), query="oxygen near the bottom", language="de"),
    "library-german": Scene(language="de", then="show_library"),
    "library-german-small": Scene(size=(900, 600), language="de", then="show_library"),
    "activity-german": Scene(query="eelgrass", language="de", then="show_activity"),
    "settings-german": Scene(language="de", then="settings"),
}


def take(scene: Scene, data: Path, file: Path) -> None:
    """Open the window, bring it into a state, and keep a picture; in this process."""
    from PySide6.QtWidgets import QApplication, QDialog

    from desktop.changes import Changes
    from desktop.engine import Engine
    from desktop.language import speak
    from desktop.main_window import MainWindow
    from desktop.notices import Notices
    from desktop.remembered import Remembered
    from desktop.tasks import Tasks
    from desktop.theme import Theme

    application = QApplication([])
    application.setCursorFlashTime(0)
    speak(application, scene.language)
    tasks, changes, notices = Tasks(), Changes(), Notices()
    engine = Engine(data, tasks, changes)
    window = MainWindow(engine, tasks, changes, notices, Theme(application, scene.theme), Remembered(data))
    window.resize(*scene.size)
    window.show()
    engine.open()
    _wait(application, lambda: window.desk is not None)
    _stand_still(application, window)
    if scene.query:
        _search(application, window, scene.query)
    if scene.then:
        getattr(window.actions_, scene.then).trigger()
        _stand_still(application, window)
    dialogs = [each for each in application.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    (dialogs or [window])[0].grab().save(str(file))
    for each in (*dialogs, window):
        each.close()
    engine.close()


def _search(application: object, window: MainWindow, query: str) -> None:
    window.frame.top.query.ask(query)
    _stand_still(application, window)
    window.frame.top.query.left.emit()  # on to the results
    _stand_still(application, window)


def _stand_still(application: object, window: MainWindow) -> None:
    """Wait until the picture has stayed the same for longer than an answer takes."""
    before = None
    while (now := window.grab().toImage()) != before:
        before, end = now, time.monotonic() + _STILL_SECONDS
        _wait(application, lambda end=end: time.monotonic() > end)  # type: ignore[misc] # bound at once


def _wait(application: object, holds: Callable[[], bool]) -> None:
    while not holds():
        application.processEvents()  # type: ignore[attr-defined] # a QApplication; Qt is loaded late
        time.sleep(0.005)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=SCENES, help="take this one in this process")
    parser.add_argument("--data-dir", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.data_dir is not None:
        take(SCENES[options.only], options.data_dir, options.folder / f"{options.only}.png")
        return 0
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        data, home = Path(temporary) / "data", Path(temporary) / "home"
        library = home / "Documents" / "Station"
        shutil.copytree(SAMPLE, library)
        at_home = os.environ | {"HOME": str(home), "USERPROFILE": str(home)}  # so that paths begin with ~
        command = [sys.executable, "-m", "core", "--data-dir", data, "add", library]
        subprocess.run(command, check=True, cwd=ROOT, env=at_home)
        for name, scene in SCENES.items():
            if options.only not in (None, name):
                continue
            copy = Path(temporary) / name
            if not scene.empty:
                shutil.copytree(data, copy)
                (copy / "settings.toml").write_text(f'[appearance]\ntheme = "{scene.theme}"\n', "utf-8")
            command = [sys.executable, __file__, str(options.folder.resolve()), "--only", name, "--data-dir", str(copy)]
            surroundings = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scene.scale)}
            subprocess.run(command, check=True, env=at_home | surroundings)
            sys.stdout.write(f"{options.folder / name}.png\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
