"""The settings file: problems instead of crashes, and nothing lost on writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InvalidInput, StorageReadOnly
from core.settings import Settings, SettingsFile, options


def _file(tmp_path: Path, text: str) -> SettingsFile:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return SettingsFile(tmp_path / "settings.toml")


def test_a_missing_file_means_defaults(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    assert (file.settings, file.problems) == (Settings(), [])


def test_a_good_value_is_taken(tmp_path: Path) -> None:
    file = _file(tmp_path, "[indexing]\nworkers = 4\n[search]\nkeyword_weight = 1\n")
    assert (file.settings.indexing.workers, file.settings.search.keyword_weight) == (4, 1.0)
    assert file.problems == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[indexing]\nworkers = 99\n", "at most 16"),
        ("[indexing]\nworkers = 'many'\n", "a whole number"),
        ("[indexing]\nworkers = true\n", "a whole number"),
        ("[search]\nkeyword_weight = nan\n", "at least 0"),
        ("[indexing]\nchunker = 'magic'\n", "one of recursive"),
        ("[indexing]\nworker = 1\n", "Did you mean indexing.workers"),
        ("[colour]\nred = 1\n", "not a section"),
        ("indexing = 3\n", "not a section"),
        ("[indexing]\noverlap_tokens = 200\n", "over half"),
        ("[indexing\n", "can't be read"),
    ],
)
def test_a_bad_entry_is_a_problem_and_its_default_holds(tmp_path: Path, text: str, said: str) -> None:
    file = _file(tmp_path, text)
    assert file.settings == Settings()
    assert len(file.problems) == 1
    assert said in file.problems[0]


def test_setting_keeps_what_carrel_does_not_know(tmp_path: Path) -> None:
    file = _file(tmp_path, "[colour]\nred = 1\n")
    assert file.set("indexing", "workers", 3).indexing.workers == 3
    again = SettingsFile(tmp_path / "settings.toml")
    assert again.settings.indexing.workers == 3
    assert "[colour]" in (tmp_path / "settings.toml").read_text(encoding="utf-8")


def test_a_default_is_given_back_and_its_entry_goes(tmp_path: Path) -> None:
    file = _file(tmp_path, "[indexing]\nworkers = 3\nchunk_tokens = 100\n")
    assert file.reset("indexing", "workers").indexing.workers == Settings().indexing.workers
    assert file.reset("indexing", "workers").indexing.chunk_tokens == 100  # a second time, nothing is left to do
    assert "workers" not in (tmp_path / "settings.toml").read_text(encoding="utf-8")
    with pytest.raises(InvalidInput, match="no setting"):
        file.reset("indexing", "nothing")


def test_what_stands_in_the_place_of_a_section_is_replaced_by_one(tmp_path: Path) -> None:
    assert _file(tmp_path, "indexing = 3\n").set("indexing", "workers", 3).indexing.workers == 3


def test_a_setting_that_can_not_be_written_does_not_hold(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "gone" / "settings.toml")
    with pytest.raises(StorageReadOnly):
        file.set("indexing", "workers", 3)
    assert file.settings == Settings()


@pytest.mark.parametrize(("name", "value"), [("workers", 0), ("nothing", 1)])
def test_a_bad_setting_is_refused_and_not_written(tmp_path: Path, name: str, value: int) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    with pytest.raises(InvalidInput):
        file.set("indexing", name, value)
    assert not (tmp_path / "settings.toml").exists()


def test_a_file_that_can_not_be_read_is_never_written_over(tmp_path: Path) -> None:
    file = _file(tmp_path, "[indexing\nworkers = 3\n")
    with pytest.raises(InvalidInput, match="can't be read"):
        file.set("indexing", "workers", 4)
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == "[indexing\nworkers = 3\n"


def test_every_option_is_described_and_its_default_fits() -> None:
    described = list(options())
    assert len(described) > 10
    for option in described:
        assert option.title
        assert option.description.endswith(".")
        assert option.problem(option.default) == ""
