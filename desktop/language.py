"""The language of the window: that of the system, or the one that was chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parents[1] / "resources" / "translations"


def speak(application: QCoreApplication, choice: str = "system") -> None:
    """Translate every sentence that is made from now on, ours and Qt's own.

    Args:
        application: What translates.
        choice: A language such as `de`, or `system`. One that we have no translation for is English.
    """
    locale = QLocale() if choice == "system" else QLocale(choice)
    if choice != "system":
        QLocale.setDefault(locale)
    ours = QTranslator(application)
    qts = QTranslator(application)
    if not ours.load(locale, "carrel", "_", str(FOLDER)):
        ours.load("carrel_en", str(FOLDER))
    # In the language that was found, which need not be the first that the system asks for.
    if qts.load(f"qtbase_{ours.language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qts)
    application.installTranslator(ours)
