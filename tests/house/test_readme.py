"""What the two README files say can be done: commands, modules and scripts exist, every dependency has its reason."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from core.command_line.program import parser

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(?:bash|console)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
# A line of a block is a command when it begins with a prompt, and every line is one in a block without prompts.
LINES = [
    line.removeprefix("$ ")
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("$ ") or (line.strip() and "\n$ " not in "\n" + block)
]
COMMANDS = [shlex.split(line, comments=True) for line in LINES]
PLACEHOLDERS = re.compile(r"[\[\]…]")


def commands_of(program: str) -> list[list[str]]:
    return [words[words.index(program) + 1 :] for words in COMMANDS if program in words]


@pytest.mark.parametrize("words", commands_of("carrel"), ids=" ".join)
def test_command_of_the_readme_is_understood(words: list[str]) -> None:
    plain = [PLACEHOLDERS.sub("", word) for word in words]
    parser().parse_args([word for word in plain if word])


@pytest.mark.parametrize("words", commands_of("-m"), ids=" ".join)
def test_module_of_the_readme_exists(words: list[str]) -> None:
    assert find_spec(words[0]) is not None


@pytest.mark.parametrize("words", commands_of("bash"), ids=" ".join)
def test_script_of_the_readme_exists(words: list[str]) -> None:
    assert (ROOT / words[0]).is_file()


def test_readme_shows_both_scripts_the_command_line_and_how_it_is_measured() -> None:
    scripts = {words[0] for words in commands_of("bash")}
    assert scripts == {"packaging/run.sh", "packaging/test.sh"}
    assert len(commands_of("carrel")) >= 5
    assert "tests.benchmarks.quality" in {words[0] for words in commands_of("-m")}


def test_links_of_the_readme_lead_to_files() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)", README) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_dependency_of_the_engine_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in project["dependencies"]}
    about = (ROOT / "core" / "README.md").read_text("utf-8").partition("## Dependencies")[2]
    rows = re.findall(r"^\| *([^|]+?) *\| *([^|]+?) *\|$", about, re.MULTILINE)[2:]
    reasons = {name: reason for names, reason in rows for name in names.split(", ")}
    assert {name for name in needed if not reasons.get(name)} == set()
    assert set(reasons) - needed == set(), "described, but not needed"
