"""Changes: taken in whole, twice without harm, remembered, and seen by searches at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.keyword_index import IndexDamaged, IndexNotWritten, KeywordIndex, Removed
from core.keyword_index.tantivy_index import TantivyIndex
from core.retrievers.query_language import parse_query
from tests.core.keyword_index.shelf import WORKSPACE, counted, entry, found, passage, shelf


def test_a_new_index_is_empty(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "deep" / "words")
    assert (index.applied, index.count(), index.document_count()) == (0, 0, 0)
    assert index.chunk_ids().tolist() == []
    assert found(index, "anything") == []
    assert counted(index, "anything") == []
    assert index.facets(None, WORKSPACE) == {"type": {}, "source": {}, "tag": {}, "year": {}}
    assert index.complete("a", 5, WORKSPACE) == []
    assert index.terms(5, WORKSPACE) == []


def test_what_was_applied_is_there_after_reopening(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat", 2: "dog"})
    index.apply(17, remove=[2], remove_documents=[2])
    index.close()
    again = KeywordIndex(tmp_path / "words")
    assert again.applied == 17
    assert (again.count(), again.document_count()) == (1, 1)
    assert again.chunk_ids().tolist() == again.document_ids().tolist() == [1]
    assert found(again, "cat") == [1]
    assert counted(again, "dog") == []


def test_the_same_batch_twice_changes_nothing(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat", 2: "dog"})
    for _ in range(2):
        index.apply(2, add=[passage(3, "cow"), passage(3, "cow")], documents=[entry(3, "cow")], remove=[1])
        assert index.chunk_ids().tolist() == [2, 3]
        assert index.document_ids().tolist() == [1, 2, 3]
        assert found(index, "cow") == [3]


def test_an_entry_replaces_the_one_of_its_id(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat", 2: "dog"})
    index.apply(2, add=[passage(1, "cow")], documents=[entry(1, "cow")])
    assert found(index, "cat") == []
    assert found(index, "cow") == [1]
    assert counted(index, "cow") == [1]
    assert index.count() == 2


def test_removals_come_before_additions(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat"})
    index.apply(2, add=[passage(1, "cow")], remove=[1], documents=[entry(1, "cow")], remove_documents=[1])
    assert found(index, "cow") == [1]
    assert counted(index, "cow") == [1]


def test_removals_are_counted_as_they_really_were(tmp_path: Path) -> None:
    index = shelf(tmp_path, dict.fromkeys(range(1, 2001), "cat"))
    assert index.apply(2, remove=[1, 2, 9999], remove_documents=[5, 9999]) == Removed(2, 1)
    assert index.apply(3, remove=[1, 2, 3], remove_documents=[5]) == Removed(1, 0)
    assert index.apply(4, remove=range(1, 2001), remove_documents=range(1, 2001)) == Removed(1997, 1999)
    assert (index.count(), index.document_count()) == (0, 0)
    assert found(index, "cat") == []


def test_a_cleared_index_begins_anew(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat"})
    index.clear()
    assert (index.applied, index.count(), index.document_count()) == (0, 0, 0)
    index.apply(5, add=[passage(2, "cat")])
    assert found(index, "cat") == [2]
    index.close()
    assert KeywordIndex(tmp_path / "words").applied == 5


def test_it_can_be_written_again_after_it_settled(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat"})
    index.settle()
    index.settle()
    index.apply(2, add=[passage(2, "cat")])
    assert set(found(index, "cat")) == {1, 2}


def test_many_batches_end_in_few_segments(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    for number in range(1, 25):
        index.apply(number, add=[passage(number, f"cat {number}")])
    index.settle()
    assert len(list((tmp_path / "words" / "passages").glob("*.idx"))) < 12
    assert index.chunk_ids().tolist() == list(range(1, 25))


def test_texts_with_any_characters_are_taken(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    odd = "a\x00b \ud800 \udcff \U0010ffff \u202e cat"
    index.apply(
        1,
        add=[passage(1, odd, title=odd, heading=odd, scope="session:\udcff", language="zz")],
        documents=[entry(1, odd, title=odd, name=odd, kind=odd, source=odd, tags=(odd, "")), entry(2, "")],
    )
    assert found(index, "cat", scopes=("session:?",)) == [1]
    assert counted(index, "cat") == [1]
    assert index.facets(None, WORKSPACE)["type"] == {"a\x00b ? ? \U0010ffff \u202e cat": 1, "text": 1}


def test_a_very_long_text_is_taken_whole(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(1, documents=[entry(1, "first " + "word " * 300_000 + "late interaction"), entry(2, "x" * 2_500_000)])
    assert counted(index, '"late interaction"') == [1]
    assert counted(index, "first") == [1]


def test_searches_see_whole_batches_while_others_are_applied(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(1, add=[passage(1, "cat")])
    done = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def look() -> None:
        try:
            while not done.is_set():
                seen.append(len(index.search(parse_query("cats here"), 5_000, WORKSPACE).chunk_ids))
                index.complete("ca", 5, WORKSPACE)
        except BaseException as error:  # noqa: BLE001 # shown by the assertion below
            failures.append(error)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for batch in range(1, 13):
        index.apply(batch + 1, add=[passage(batch * 100 + number, "cat") for number in range(100)])
        if batch % 4 == 0:
            index.settle()
    done.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert len(seen) > 10
    assert {count % 100 for count in seen} == {1}
    assert index.count() == 1201


KILLED = """
import sys
from pathlib import Path
from core.keyword_index import KeywordIndex
from tests.core.keyword_index.shelf import entry, passage
index = KeywordIndex(Path(sys.argv[1]))
for batch in range(index.applied + 1, 10_000):
    ids = range(batch * 10, batch * 10 + 10)
    index.apply(
        batch,
        add=[passage(each, "cat") for each in ids],
        documents=[entry(each, "cat") for each in ids],
        remove=[batch * 10 - 1],
        remove_documents=[batch * 10 - 1],
    )
    print(batch, flush=True)
"""


def test_killed_in_the_middle_it_goes_on_from_what_it_remembers(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    applied = 0
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(3):
                applied = int(child.stdout.readline())
            os.kill(child.pid, signal.SIGKILL)
        index = KeywordIndex(folder)
        assert index.applied >= applied
        expected = [each for each in range(10, index.applied * 10 + 10) if each % 10 < 9 or each > index.applied * 10]
        # Of the two indices one may be a batch ahead; it is applied again.
        assert index.chunk_ids().tolist()[: len(expected) - 1] == expected[:-1]
        assert index.document_ids().tolist() == expected
        index.close()


@pytest.mark.parametrize("part", ["passages", "documents"])
@pytest.mark.parametrize("damage", ["truncated", "garbage", "gone", "meta", "meta gone", "a file"])
def test_a_damaged_index_is_told_on_opening(tmp_path: Path, part: str, damage: str) -> None:
    index = shelf(tmp_path, {1: "cat", 2: "dog"})
    index.close()
    folder = tmp_path / "words" / part
    files = [file for file in folder.iterdir() if file.suffix == ".term"]
    for file in files:
        if damage == "truncated":
            file.write_bytes(file.read_bytes()[:20])
        elif damage == "garbage":
            file.write_bytes(os.urandom(file.stat().st_size))
        elif damage == "gone":
            file.unlink()
    if damage == "meta":
        (folder / "meta.json").write_text("{", "utf-8")
    elif damage == "meta gone":
        (folder / "meta.json").unlink()
    elif damage == "a file":
        shutil.rmtree(folder)
        folder.touch()
    with pytest.raises(IndexDamaged) as caught:
        KeywordIndex(tmp_path / "words")
    assert "can be rebuilt" in caught.value.hint


@pytest.mark.parametrize("part", ["passages", "documents"])
def test_where_a_part_is_gone_everything_is_to_be_applied_again(tmp_path: Path, part: str) -> None:
    shelf(tmp_path, {1: "cat"}).close()
    shutil.rmtree(tmp_path / "words" / part)
    assert KeywordIndex(tmp_path / "words").applied == 0


def test_an_index_of_another_version_is_to_be_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf(tmp_path, {1: "cat"}).close()
    monkeypatch.setattr("core.keyword_index.tantivy_index.VERSION", 999)
    with pytest.raises(IndexDamaged, match="another version"):
        KeywordIndex(tmp_path / "words")


def test_a_panic_of_the_library_is_a_damaged_index(tmp_path: Path) -> None:
    index = shelf(tmp_path, dict.fromkeys(range(1, 3001), "cat"))
    index.close()
    for file in (tmp_path / "words" / "documents").glob("*.fast"):
        content = bytearray(file.read_bytes())
        content[len(content) // 4 : len(content) // 2] = b"\xff" * (len(content) // 2 - len(content) // 4)
        file.write_bytes(content)
    with pytest.raises(IndexDamaged):
        KeywordIndex(tmp_path / "words").search_documents(parse_query("cat"), 10, WORKSPACE)


def test_a_failed_write_changes_nothing_and_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = shelf(tmp_path, {1: "cat"})

    def fail(self: TantivyIndex, *_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(TantivyIndex, "_finish", fail)
        with pytest.raises(IndexNotWritten, match="No space left"):
            index.apply(2, add=[passage(2, "cat")], remove=[1])
    assert index.applied == 1
    assert found(index, "cat") == [1]
    index.apply(2, add=[passage(3, "cat")])
    assert set(found(index, "cat")) == {1, 3}


def test_two_writers_of_one_folder_are_refused(tmp_path: Path) -> None:
    index = shelf(tmp_path, {1: "cat"})
    other = KeywordIndex(tmp_path / "words")
    with pytest.raises(IndexNotWritten):
        other.apply(2, add=[passage(2, "cat")])
    index.settle()
    other.apply(2, add=[passage(2, "cat")])
    assert set(found(other, "cat")) == {1, 2}


_UNMERGED = """
import os, sys
from pathlib import Path
from core.keyword_index import KeywordIndex
from core.keyword_index.schema import passage_document
from tests.core.keyword_index.shelf import passage
passages = KeywordIndex(Path(sys.argv[1]))._passages
for number in range(8):
    keys = range(10 * number, 10 * number + 10 - number)  # the first one is the largest
    passages.commit(number + 1, [10 * number - 9], [(key, passage_document(passage(key, "cat"))) for key in keys])
os._exit(0)  # before the segments are merged
"""


def test_what_is_removed_while_left_over_segments_are_merged_stays_removed(tmp_path: Path) -> None:
    for attempt in range(10):
        folder = tmp_path / str(attempt)
        subprocess.run([sys.executable, "-c", _UNMERGED, str(folder)], check=True, cwd=Path(__file__).parents[3])
        segments = json.loads((folder / "passages" / "meta.json").read_text("utf-8"))["segments"]
        if len(segments) >= 8:
            break
    else:
        pytest.fail("all segments were merged")
    index = KeywordIndex(folder)
    index.apply(100, add=[passage(500, "cat")], remove=[62, 63])
    index.settle()
    index.apply(101, add=[passage(501, "cat")])
    assert {62, 63}.isdisjoint(index.chunk_ids().tolist())
    assert index.count() == len(set(index.chunk_ids().tolist()))


def test_a_batch_that_was_written_but_could_not_be_read_back_is_applied_again_without_doubles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = shelf(tmp_path, {1: "cat"})
    batch = {"add": [passage(2, "dog")], "documents": [entry(2, "dog")]}
    with monkeypatch.context() as failing:
        failing.setattr(TantivyIndex, "_reload", lambda _: (_ for _ in ()).throw(OSError("the disk failed")))
        with pytest.raises(IndexNotWritten):
            index.apply(2, **batch)  # type: ignore[arg-type] # lists of the right kinds
    index.apply(2, **batch)  # type: ignore[arg-type] # the same
    assert index.chunk_ids().tolist() == index.document_ids().tolist() == [1, 2]
