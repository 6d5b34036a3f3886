"""Gathers the sentences of the window, and makes the files by which they are translated.

    .venv/bin/python packaging/translations.py          gather, make, and list what is not translated
    .venv/bin/python packaging/translations.py --check  change nothing; fail if anything is missing or out of date

`resources/translations/carrel_LANGUAGE.ts` holds the sentences of a language, to be edited with Qt Linguist
(`.venv/bin/pyside6-linguist`) or by hand; `carrel_LANGUAGE.qm` is made from it. English needs no translation, but the
right form for one and for many: these forms are made from the `(s)` in the sentences. What the engine declares for a
person to read, the settings, is gathered with the sentences of the window.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from core.settings import options  # noqa: E402 - found only now

FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de")
OPTION = "Option"
"""The context in which the window looks for the words of a setting."""
NAMED_BY_THE_WINDOW = ("system", "en", "de")
"""Choices that the window names itself; a language by its own name."""
TOOLS = Path(sys.executable).parent


def gather(language: str, file: Path) -> None:
    """Bring the sentences of the program into a file, which keeps the translations that it has."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "desktop").rglob("*.py"))
    declared = file.with_name("declared.py")
    declared.write_text("".join(f"translate({OPTION!r}, {sentence!r})\n" for sentence in settings()), "utf-8")
    plural = ["-pluralonly"] if language == "en" else []
    command = [TOOLS / "pyside6-lupdate", *sources, declared, "-locations", "none", "-no-obsolete", "-silent", *plural]
    subprocess.run([*command, "-target-language", language, "-ts", file], cwd=ROOT, check=True)
    if language == "en":
        _fill_english(file)


def settings() -> list[str]:
    """Return what the settings say: titles, descriptions, and choices as the window shows them."""
    said: list[str] = []
    for each in options():
        said += [each.title, each.description]
        said += [word.capitalize() for word in each.choices if word not in NAMED_BY_THE_WINDOW]
    return list(dict.fromkeys(said))


def unfinished(file: Path) -> list[str]:
    """Return the sentences that a file does not translate, each after the part of the window that says it."""
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ElementTree.parse(file).iter("context")
        for message in context.iter("message")
        if (translation := message.find("translation")) is None or translation.get("type") == "unfinished"
    ]


def make(file: Path, into: Path) -> None:
    """Make what the program loads."""
    subprocess.run([TOOLS / "pyside6-lrelease", "-silent", file, "-qm", into], check=True)


def _fill_english(file: Path) -> None:
    tree = ElementTree.parse(file)
    for message in tree.iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        if translation is not None:
            translation.attrib.pop("type", None)
            forms = (source.replace("(s)", ""), source.replace("(s)", "s"))
            for form, text in zip(translation.iter("numerusform"), forms, strict=True):
                form.text = text
    text = ElementTree.tostring(tree.getroot(), encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Gather and make the translations of the window.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if anything is missing")
    options = parser.parse_args()
    missing = 0
    for language in LANGUAGES:
        kept = FOLDER / f"carrel_{language}.ts"
        with tempfile.TemporaryDirectory() as temporary:
            file = Path(temporary) / kept.name
            if kept.exists():
                file.write_bytes(kept.read_bytes())
            gather(language, file)
            left = unfinished(file)
            missing += len(left)
            sys.stdout.write(f"{language}: {len(left)} sentences are not translated\n")
            sys.stdout.writelines(f"    {sentence}\n" for sentence in left)
            if not options.check:
                kept.write_bytes(file.read_bytes())
                make(kept, kept.with_suffix(".qm"))
            elif not kept.exists() or kept.read_bytes() != file.read_bytes():
                sys.stdout.write(f"{kept.name} is out of date; run packaging/translations.py\n")
                missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
