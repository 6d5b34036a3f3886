"""What is typed for a setting becomes its value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.command_line.commands.settings import typed_value
from core.settings import options

SOME = next(options())


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (int, "3", 3),
        (int, "3.5", "3.5"),
        (float, "3", 3),
        (float, "0.25", 0.25),
        (float, "much", "much"),
        (str, "3", "3"),
        (bool, "True", True),
        (bool, "false", False),
        (bool, "yes", "yes"),
    ],
)
def test_a_value_is_read_by_its_kind_and_else_left_to_be_refused(kind: type, text: str, value: object) -> None:
    read = typed_value(replace(SOME, kind=kind), text)
    assert (read, type(read)) == (value, type(value))
