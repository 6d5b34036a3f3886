"""Names that people give: to workspaces and to saved searches."""

from __future__ import annotations

import unicodedata

from core.errors import InvalidInput

LONGEST_NAME = 200


def checked_name(name: str, owner: str) -> str:
    """Return a name without white space at its ends.

    Args:
        name: What was typed.
        owner: What it is given to, for the sentence: `workspace`.

    Raises:
        InvalidInput: If it is empty, too long, or holds characters that can't be shown.
    """
    name = name.strip()
    if not name:
        raise InvalidInput(f"A {owner} needs a name.")
    if len(name) > LONGEST_NAME:
        raise InvalidInput(f"The name is longer than {LONGEST_NAME} characters.", "Choose a shorter one.")
    if not name.isprintable():
        raise InvalidInput("The name holds characters that can't be shown.", "Use letters, digits and spaces.")
    return name


def name_key(name: str) -> str:
    """Return the form of a name by which two names are the same."""
    return unicodedata.normalize("NFC", name).casefold()
