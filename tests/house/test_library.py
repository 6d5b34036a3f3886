"""The sample library answers the questions that stand beside it, and its made documents say what their sources say."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from core import KnowledgeBase
from core.domain.search import Hit
from core.domain.workspace import Workspace

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "resources" / "library"

pytestmark = pytest.mark.shared_engine


class Question(NamedTuple):
    """A line of QUESTIONS.tsv: what is asked, the file that answers, and the page or heading in it (may be empty)."""

    query: str
    file: str
    place: str


with (ROOT / "resources" / "QUESTIONS.tsv").open(encoding="utf-8", newline="") as lines:
    QUESTIONS = [Question(*row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


class Library(NamedTuple):
    """The sample library, read."""

    base: KnowledgeBase
    workspace: Workspace


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("data") / "carrel") as base:
        workspace = base.workspaces.create("Sample")
        base.documents.add(workspace, [LIBRARY], watch=False)
        base.documents.wait(workspace, timeout=110)
        yield Library(base, workspace)


def test_every_document_is_read_whole(library: Library) -> None:
    ledger = library.base.documents.ledger(library.workspace)
    files = sum(path.is_file() for path in LIBRARY.rglob("*"))
    assert {state: count for state, count in ledger.counts.items() if count} == {"meaning": files}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.query)
def test_question_is_answered_by_one_of_the_first_passages(library: Library, question: Question) -> None:
    hits = library.base.search.query(library.workspace, question.query, limit=3)
    found = [(Path(str(hit.document.path)).relative_to(LIBRARY).as_posix(), hit) for hit in hits]
    assert any(file == question.file and _lies_at(hit, question.place) for file, hit in found), found


def _lies_at(hit: Hit, place: str) -> bool:
    """Whether a passage lies at a page or heading.

    A passage has the heading at which it begins; one that goes on under the next heading holds that in its text.
    """
    return str(hit.page) == place if place.isdigit() else place in f"{hit.heading} {hit.text}"


def test_questions_ask_for_every_document() -> None:
    files = {path.relative_to(LIBRARY).as_posix() for path in LIBRARY.rglob("*") if path.is_file()}
    assert {question.file for question in QUESTIONS} == files


def test_made_documents_are_up_to_date(library: Library, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "packaging" / "make_library.py"), str(tmp_path)], check=True)
    made = sorted(tmp_path.iterdir())
    assert len(made) >= 6
    fresh = library.base.workspaces.create("Fresh")
    library.base.documents.add(fresh, [tmp_path], watch=False)
    library.base.documents.wait(fresh, timeout=60)

    def texts(workspace: Workspace) -> dict[str, str]:
        files = library.base.documents.ledger(workspace).files
        return {each.name: library.base.documents.text(workspace, each.id).text for each in files}

    committed = texts(library.workspace)
    assert texts(fresh) == {path.name: committed[path.name] for path in made}
