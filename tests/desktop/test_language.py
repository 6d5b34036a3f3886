"""Sentences with numbers are right for one and for many, and no translation is out of date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.language import speak

ROOT = Path(__file__).parents[2]


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.mark.parametrize("choice", ["system", "en", "xx"])
@pytest.mark.parametrize(("count", "said"), [(1, "1 passage with these words"), (38, "38 passages with these words")])
def test_one_and_many(spoken: QApplication, choice: str, count: int, said: str) -> None:
    speak(spoken, choice)
    assert QCoreApplication.translate("ResultAccount", "%n passage(s) with these words", "", count) == said


def test_every_sentence_of_the_window_is_in_the_translations() -> None:
    command = [sys.executable, ROOT / "packaging" / "translations.py", "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
