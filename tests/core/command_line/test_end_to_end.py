"""The real program, as a process, on a real folder of small mixed files."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.core.command_line.program_runs import ROOT, Carrel, Done, stop
from tests.core.extractors.office_files import pdf

ESC = "\x1b"
STATES = {"pending", "words", "meaning", "partial", "skipped", "failed", "stale"}
HIT_KEYS = [
    "rank",
    "document_id",
    "path",
    "title",
    "page",
    "heading",
    "start",
    "end",
    "snippet",
    "matches",
    "score",
    "keyword_rank",
    "vector_rank",
]


def make_library(folder: Path) -> Path:
    """Write the files; most can be read, two are skipped by a rule, one is damaged."""
    folder.mkdir()
    (folder / "lease.md").write_text("# Boathouse\n\n## Notice\n\nThe notice period of the lease is three months.\n")
    (folder / "bread.txt").write_text("The dough did not rise because the water was too hot and killed the yeast.\n")
    (folder / "ferry.html").write_text("<html><title>Ferry</title><body><p>No boat crosses at night.</p></body></html>")
    (folder / "prices.csv").write_text("item,price\nlantern,30\nrope,12\n")
    (folder / "tides.py").write_text(
        'def tide(hour: int) -> float:\n    """Height of the water at an hour."""\n    return 1.0\n'
    )
    # Each page holds more than a passage, so that the last passage begins on the second one.
    lines = [f"Fence {number} of the reserve was mended by the wardens." for number in range(40)]
    pages = [lines, [*lines, "Otters were counted along the river in spring."]]
    pdf(
        folder / "otters.pdf",
        [[(72.0, 800.0 - 14 * row, 10.0, line) for row, line in enumerate(page)] for page in pages],
    )
    (folder / f"evil{ESC}[2J.txt").write_text(f"A lighthouse that says {ESC}]0;owned\x07 to every terminal.\n")
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("The coffee house opens at nine.\n")
    (folder / "sub").mkdir()
    (folder / "sub" / "mussels.txt").write_text("Mussels are gathered when the month has an r in its name.\n")
    (folder / "data.xyz").write_bytes(b"\x00\x01\x02")
    (folder / ".hidden.md").write_text("hidden")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is where the file ends")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("files") / "library")


@pytest.fixture(scope="module")
def carrel(tmp_path_factory: pytest.TempPathFactory) -> Carrel:
    return Carrel(tmp_path_factory.mktemp("data") / "carrel")


@pytest.fixture(scope="module")
def added(carrel: Carrel, folder: Path) -> Done:
    """The folder, added; all tests of this module share it."""
    return carrel.process("add", str(folder))


@pytest.fixture
def own(carrel: Carrel, added: object, tmp_path: Path) -> Carrel:
    """A copy of the data folder, for a test that changes it."""
    return Carrel(Path(shutil.copytree(carrel.data, tmp_path / "own")))


@pytest.fixture
def empty(tmp_path: Path) -> Carrel:
    return Carrel(tmp_path / "empty")


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_add_says_what_it_reads_what_became_of_it_and_what_to_do_next(added: Done, carrel: Carrel) -> None:
    lines = added.stdout.splitlines()
    assert lines[0].startswith("10 readable files (4 txt, 2 pdf, ")
    assert lines[1].startswith("2 skipped (")
    assert lines[2].startswith("9 files searchable in “My documents”")
    assert any("failed: 1 damaged" in line for line in lines)
    assert lines[-1] == f'Search it with: carrel search "your words" --data-dir {carrel.data}'
    assert ESC not in added.stdout


def test_status_is_the_contract_and_its_states_add_up_to_the_files(added: object, carrel: Carrel, folder: Path) -> None:
    status = carrel.json("status")
    [workspace] = status["workspaces"]
    assert list(workspace) == ["name", "files", "documents", "chunks", "states"]
    assert set(workspace["states"]) == STATES
    assert workspace["name"] == "My documents"
    assert workspace["files"] == len(files_of(folder)) == sum(workspace["states"].values())
    assert {state: number for state, number in workspace["states"].items() if number} == {
        "meaning": 9,
        "skipped": 2,
        "failed": 1,
    }
    assert workspace["documents"] == 9
    assert workspace["chunks"] >= 9


@pytest.mark.parametrize(
    ("words", "name", "ranks"),
    [
        (["notice", "period"], "lease.md", ("keyword_rank",)),
        (["notice period", "--mode", "keyword"], "lease.md", ("keyword_rank",)),
        (["why the yeast died", "--mode", "vector"], "bread.txt", ("vector_rank",)),
        (["the", "river", "animals", "--documents", "--filter", "type=pdf"], "otters.pdf", ("vector_rank",)),
    ],
)
def test_search_is_the_contract(
    added: object, carrel: Carrel, folder: Path, words: list[str], name: str, ranks: tuple[str, ...]
) -> None:
    found = carrel.json("search", *words, "--limit", "3")
    assert list(found) == ["query", "mode", "took_ms", "total", "hits"]
    assert found["took_ms"] > 0
    assert 1 <= len(found["hits"]) <= 3
    assert found["total"] >= len(found["hits"])
    best = found["hits"][0]
    assert best["path"] == str(folder / name)
    assert best["page"] == (2 if name.endswith(".pdf") else None)
    assert all(best[rank] for rank in ranks)
    for rank, hit in enumerate(found["hits"], start=1):
        assert list(hit) == HIT_KEYS
        assert hit["rank"] == rank
        assert hit["start"] < hit["end"]
        assert all(0 <= start < end <= len(hit["snippet"]) for start, end in hit["matches"])


def test_matches_of_a_search_are_the_words_of_the_query(added: object, carrel: Carrel) -> None:
    [hit] = carrel.json("search", '"notice period"', "--mode", "keyword")["hits"]
    assert [hit["snippet"][start:end].lower() for start, end in hit["matches"]] in (
        ["notice", "period"],
        ["notice period"],
    )
    assert hit["heading"].startswith("Boathouse")


def test_no_escape_sequence_of_a_document_reaches_the_terminal(added: object, carrel: Carrel) -> None:
    shown = carrel("search", "lighthouse", "--limit", "1").stdout
    assert ESC not in shown
    assert "\x07" not in shown
    assert "evil\\x1b[2J.txt" in shown
    assert "1 shown" in shown


def test_a_file_name_that_is_no_text_is_shown_escaped(added: object, carrel: Carrel) -> None:
    assert "caf\\xe9.txt" in carrel("search", "coffee house").stdout
    assert carrel.json("search", "coffee house")["hits"][0]["path"].endswith("caf\\xe9.txt")


def test_matches_counts_documents_exactly(added: object, carrel: Carrel) -> None:
    found = carrel.json("matches", "mussels", "month")
    assert len(carrel("matches", "mussels", "month", "--csv").stdout.splitlines()) == found["total"] + 1
    assert found["total"] == len(found["documents"]) == 1
    assert found["documents"][0]["path"].endswith("mussels.txt")


def test_nothing_found_says_what_may_be_the_reason(added: object, carrel: Carrel) -> None:
    shown = carrel("matches", "zeppelin").stdout
    assert "Nothing for “zeppelin” in “My documents”." in shown
    assert "1 file could not be read: carrel failures" in shown


def test_failures_name_file_stage_and_reason(added: object, carrel: Carrel, folder: Path) -> None:
    [failure] = carrel.json("failures")["failures"]
    assert failure["name"] == str(folder / "broken.pdf")
    assert (failure["stage"], failure["code"]) == ("extract", "damaged")
    assert failure["reason"]
    assert str(folder / "broken.pdf") in carrel("failures").stdout


def test_a_mended_file_is_read_on_retry(tmp_path: Path, empty: Carrel) -> None:
    file = tmp_path / "late.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    empty("add", str(file))
    pdf(file, [[(72.0, 700.0, 12.0, "Now it can be read.")]])
    assert empty("failures", "--retry").stdout.splitlines() == [
        "Read again: 1 file; 1 can be read now.",
        "Nothing in “My documents” has failed.",
    ]
    assert empty.json("failures", "--retry") == {"workspace": "My documents", "retried": 0, "failures": []}
    assert empty.json("matches", "read")["total"] == 1


def test_the_start_of_everything_is_explained(empty: Carrel) -> None:
    assert empty().stdout.splitlines()[1] == f"Add a folder with: carrel add FOLDER --data-dir {empty.data}"
    assert empty.json("status") == {"workspaces": []}
    assert "No documents in “My documents” yet." in empty("search", "anything").stdout


def test_a_preview_adds_nothing_and_no_wait_leaves_the_work_for_later(tmp_path: Path, empty: Carrel) -> None:
    folder = make_library(tmp_path / "library")
    assert "Nothing was added" in empty("add", str(folder), "--preview", "--hidden").stdout
    assert empty.json("status") == {"workspaces": []}
    assert "Queued. Reading goes on whenever Carrel runs: carrel serve" in empty("add", str(folder), "--no-wait").stdout
    empty("sources", "rescan")
    assert empty.json("status")["workspaces"][0]["states"]["meaning"] == 9


def test_a_source_whose_place_is_gone_is_told(tmp_path: Path, empty: Carrel) -> None:
    folder = make_library(tmp_path / "library")
    empty("add", str(folder), "--include", "*.md", "--ttl", "7d", "--workspace", "My documents")
    folder.rename(tmp_path / "elsewhere")
    shown = empty("sources", "rescan").stdout
    assert "offline" in shown
    assert "7 days" in shown
    assert "Source 1: " in shown
    assert empty.json("matches", "lease")["total"] == 1


def test_status_and_sources_for_a_person(added: object, carrel: Carrel, folder: Path) -> None:
    shown = carrel("status").stdout
    assert "My documents  12 files · 9 documents with text" in shown
    assert "searchable by words and by meaning" in shown
    assert "Search: " in carrel().stdout
    [source] = carrel.json("sources")["sources"]
    assert (source["path"], source["kind"], source["files"], source["watch"]) == (str(folder), "folder", 12, False)
    assert str(folder) in carrel("sources").stdout


def test_remove_gives_a_receipt_and_the_document_is_gone(own: Carrel) -> None:
    [hit] = own.json("search", "mussels", "--mode", "keyword")["hits"]
    assert own("remove", str(hit["document_id"])).stdout.startswith("Removed 1 document: ")
    assert own.json("matches", "mussels")["total"] == 0
    receipt = own.json("receipts")["receipts"][0]
    assert (receipt["reason"], receipt["documents"], receipt["vectors"]) == ("removed", 1, 1)
    assert "removed" in own("receipts").stdout
    assert str(hit["document_id"]) in own.error(10, "remove", str(hit["document_id"]))


def test_a_source_is_rescanned_paused_and_removed(tmp_path: Path, empty: Carrel) -> None:
    folder = make_library(tmp_path / "library")
    empty("add", str(folder), "--include", "*.txt", "--exclude", "caf*")
    assert empty.json("matches", "coffee")["total"] == 0
    (folder / "new.txt").write_text("A kingfisher was seen.")
    (source,) = empty.json("sources", "rescan")["sources"]
    assert empty.json("matches", "kingfisher")["total"] == 1
    assert empty.json("sources", "pause", str(source["id"]))["sources"][0]["state"] == "paused"
    assert empty.json("sources", "resume", str(source["id"]))["sources"][0]["state"] == "active"
    assert empty("sources", "cancel", str(source["id"])).stderr == "0 files will not be read.\n"
    assert empty.json("sources", "remove", str(source["id"]))["documents"] == source["files"]
    assert "has no sources yet" in empty("sources").stdout
    assert (folder / "new.txt").exists()
    assert "There is no source 7" in empty.error(10, "sources", "pause", "7")
    assert "Which source" in empty.error(2, "sources", "pause")


def test_workspaces_are_made_listed_renamed_and_deleted(own: Carrel) -> None:
    own("workspace", "create", "Thesis")
    own("workspace", "rename", "Thesis", "Book")
    assert "is blue now" in own("workspace", "colour", "Book", "blue").stdout
    rows = own.json("workspace", "list")["workspaces"]
    assert [(row["name"], row["colour"]) for row in rows] == [("My documents", ""), ("Book", "blue")]
    assert "Choose one of: red, " in own.error(1, "workspace", "colour", "Book", "drab")
    assert [row["files"] for row in own.json("status", "--workspace", "Book")["workspaces"]] == [0]
    assert "Thesis" in own.error(10, "--workspace", "Thesis", "search", "x")
    assert "needs --yes" in own.error(2, "workspace", "delete", "My documents")
    assert "Book" in own("workspace", "list").stdout
    assert own.json("workspace", "delete", "Book", "--yes")["documents"] == 0
    assert own("workspace", "delete", "My documents", "--yes").stdout.startswith("Removed 12 documents: ")
    assert "There is no workspace" in own.error(10, "workspace", "delete", "My documents", "--yes")
    assert "There are no workspaces yet" in own("workspace", "list").stdout
    assert "takes 2 names" in own.error(2, "workspace", "rename", "Book")


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (10, ["search", "x", "--workspace", "Nowhere"], "Workspaces that exist: My documents."),
        (10, ["add", "/no/such/place"], "There is nothing at /no/such/place."),
        (1, ["search", ""], "A search needs at least one word"),
        (1, ["search", "-this -that"], "A search needs at least one word"),
        (1, ["search", "x", "--filter", "after=soon"], "date"),
        (1, ["search", "x", "--limit", "100000"], "1000"),
        (1, ["settings", "indexing.worker"], "Did you mean indexing.workers?"),
        (1, ["settings", "indexing.workers", "many"], "must be a whole number"),
        (1, ["workspace", "create", "My documents"], "exists already"),
        (2, ["add"], "required: PATH"),
        (2, ["find", "x"], "There is no command “find”."),
    ],
)
def test_an_error_is_a_sentence_a_hint_and_an_exit_code(
    added: object, carrel: Carrel, code: int, words: list[str], said: str
) -> None:
    assert said in carrel.error(code, *words)


def test_a_query_of_many_words_is_no_fault(added: object, carrel: Carrel) -> None:
    found = carrel.json("search", '"notice ' + "period " * 15_000)
    assert len(found["query"]) > 100_000


def test_settings_are_shown_and_changed(empty: Carrel) -> None:
    assert empty("settings", "indexing.workers", "1").stdout == "indexing.workers = 1\n"
    assert "Files that are read at the same time." in empty("settings", "indexing.workers").stdout
    shown = empty("settings").stdout
    assert any(line.split()[:4] == ["indexing.workers", "1", "default", "2"] for line in shown.splitlines())


def test_broken_settings_are_a_finding_and_no_fault(own: Carrel) -> None:
    (own.data / "settings.toml").write_text("[indexing]\nworkers = 'many'\nchunk_tokenz = 3\n")
    assert own.json("status")["workspaces"][0]["files"] == 12
    report = own.json("doctor")
    assert report["healthy"] is True
    found = [check["found"] for check in report["checks"] if check["name"] == "Settings"]
    assert any("indexing.workers must be a whole number" in each for each in found)
    assert any("indexing.chunk_tokens" in each for each in found)


def test_the_doctor_finds_this_installation_well(added: object, carrel: Carrel) -> None:
    done = carrel("doctor")
    lines = done.stdout.splitlines()
    assert all(line.startswith(("ok ", "warning ", "problem ", "         ")) for line in lines[:-1])
    assert lines[-1] == "Carrel can work here."
    for name in ("Carrel", "SQLite", "Data folder", "Compiled parts", "Model of meaning", "Reader process"):
        assert any(line.startswith(f"ok       {name}: ") for line in lines), name


def test_a_data_folder_that_is_none_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = Carrel(tmp_path / "file")("doctor", code=1)
    assert "problem  Data folder: " in done.stdout
    assert done.stdout.endswith("Carrel can't work well until the problems are mended.\n")


def test_a_newer_schema_is_refused_and_not_touched(own: Carrel) -> None:
    [workspace] = (own.data / "workspaces").iterdir()
    for database, words in ((workspace / "workspace.db", ["search", "x"]), (own.data / "app.db", ["status"])):
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA user_version = 99")
        connection.close()
        before = database.read_bytes()
        assert "was written by a newer Carrel" in own.error(1, *words)
        assert database.read_bytes() == before


def test_serve_follows_a_folder_while_others_are_told_who_owns_the_data(tmp_path: Path, empty: Carrel) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "heron.txt").write_text("A heron stands in the reed.")
    empty("add", str(folder), "--watch")
    with empty.running("serve") as server:
        assert server.stdout is not None
        assert server.stderr is not None
        assert server.stdout.readline().startswith("Carrel is at work on 1 workspace and follows 1 source.")
        assert server.stdout.readline().endswith("My documents: 1 file searchable\n")
        assert f"process {server.pid}" in empty.error(11, "search", "heron", "--json")
        assert "warning  Data folder" in empty("doctor").stdout
        (folder / "bittern.txt").write_text("A bittern booms.")
        while not server.stdout.readline().endswith("My documents: 2 files searchable\n"):
            assert server.poll() is None
        assert stop(server, signal.SIGTERM) < 10
        assert (server.returncode, server.stderr.read()) == (0, "Stopping.\n")
    assert empty.json("matches", "bittern")["total"] == 1


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough to read that a command can be stopped in the middle of it."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        text = f"Log of day {number}. " + " ".join(f"Sheep {number * each} crossed the ford." for each in range(150))
        (folder / f"day{number}.txt").write_text(text)
    return folder


def test_what_was_stopped_goes_on_the_next_time(many: Path, empty: Carrel) -> None:
    with empty.running("add", str(many)) as adding:
        assert adding.stdout is not None
        assert adding.stderr is not None
        assert adding.stdout.readline().startswith("200 readable files")
        wait_for_text(empty.data)
        assert stop(adding, signal.SIGINT) < 3
        assert adding.returncode == 130
        assert adding.stderr.read() == "carrel: Stopped; what is not done yet goes on the next time Carrel runs.\n"
    with empty.running("add", str(many)) as adding:
        assert adding.stdout is not None
        adding.stdout.readline()
        wait_for_text(empty.data)
        stop(adding, signal.SIGKILL)
    empty("sources", "rescan")
    [workspace] = empty.json("status")["workspaces"]
    assert {state: number for state, number in workspace["states"].items() if number} == {"meaning": 200}
    assert empty.json("failures")["failures"] == []
    assert empty.json("matches", "sheep")["total"] == 200


def test_a_file_that_was_being_read_when_carrel_was_stopped_has_not_failed(tmp_path: Path, empty: Carrel) -> None:
    file = tmp_path / "log.txt"
    file.write_text("".join(f"Sheep {number} crossed the ford at noon. " for number in range(20_000)))
    with empty.running("add", str(file)) as adding:
        while not psutil.Process(adding.pid).children():
            assert adding.poll() is None
        stop(adding, signal.SIGINT)
    assert empty.json("failures")["failures"] == []
    empty("add", str(file))
    assert empty.json("matches", "sheep")["total"] == 1


def wait_for_text(data: Path) -> None:
    """Wait until something was stored, by looking at the size of the log that the database writes first."""
    while not any(each.stat().st_size > 200_000 for each in data.glob("workspaces/*/workspace.db-wal")):
        time.sleep(0.01)


def test_a_reader_that_goes_away_is_no_fault(added: object, carrel: Carrel) -> None:
    with carrel.running("search", "notice") as searching:
        assert searching.stdout is not None
        assert searching.stderr is not None
        searching.stdout.close()
        assert searching.wait(30) == 141
        assert searching.stderr.read() == ""


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "core", option],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "core.command_line.program" in loaded
    assert loaded & {"core.knowledge_base", "core.store", "numpy", "tantivy", "faiss", "rich", "psutil"} == set()


def test_the_data_folder_is_private(added: object, carrel: Carrel) -> None:
    assert carrel.data.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in carrel.data.rglob("*")} == {0}


def test_usage_tells_of_searches_and_room(empty: Carrel, tmp_path: Path) -> None:
    assert empty.json("usage") == {"workspaces": []}
    assert "No documents in “My documents” yet." in empty("usage").stdout
    (tmp_path / "note.md").write_text("A lantern hangs in the boathouse.")
    empty("add", str(tmp_path / "note.md"))
    empty("search", "lantern")
    [workspace] = empty.json("usage", "--days", "1")["workspaces"]
    [today] = workspace["days"]
    assert (today["searches"], today["documents"], today["passages"]) == (1, 1, 1)
    assert set(today["bytes"]) == {"texts", "words", "vectors", "cache", "backups"}
    assert today["bytes"]["texts"] > 0
    said = empty("usage").stdout
    assert "1 search" in said
    assert today["day"] in said
    assert "texts" in said
    assert "whole number" in empty.error(2, "usage", "--days", "0")
    assert "1 to 3660 days" in empty.error(1, "usage", "--days", "99999")
