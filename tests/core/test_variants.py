"""A variant is loaded by its name, and what is missing is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InvalidInput, MissingDependency
from core.variants import load_variant, package_folder

TABLE = {
    "fraction": "fractions:Fraction",
    "absent": "package_that_is_not_there:Thing [models]",
    "absent_from_base": "package_that_is_not_there:Thing",
    "broken": "core.module_that_is_not_there:Thing",
}


class TestLoadVariant:
    def test_returns_what_the_table_points_at(self) -> None:
        from fractions import Fraction

        assert load_variant("number", TABLE, "fraction") is Fraction

    def test_an_unknown_name_is_answered_with_the_known_ones(self) -> None:
        with pytest.raises(InvalidInput) as raised:
            load_variant("number", TABLE, "decimal")
        assert raised.value.message == "There is no number named “decimal”."
        assert "absent, absent_from_base, broken, fraction" in raised.value.hint

    @pytest.mark.parametrize(
        ("name", "install"), [("absent", 'pip install "carrel[models]"'), ("absent_from_base", 'pip install "carrel"')]
    )
    def test_a_missing_package_is_answered_with_what_to_install(self, name: str, install: str) -> None:
        with pytest.raises(MissingDependency) as raised:
            load_variant("number", TABLE, name)
        assert f"“{name}”" in raised.value.message
        assert install in raised.value.hint

    def test_a_fault_of_our_own_is_not_called_a_missing_package(self) -> None:
        with pytest.raises(ModuleNotFoundError):
            load_variant("number", TABLE, "broken")


class TestPackageFolder:
    def test_finds_an_installed_package(self) -> None:
        import numpy

        assert package_folder("numpy", "The test") == Path(numpy.__file__).parent

    def test_says_who_needs_a_package_that_is_not_there(self) -> None:
        with pytest.raises(MissingDependency, match="The test needs a package"):
            package_folder("package_that_is_not_there", "The test")
