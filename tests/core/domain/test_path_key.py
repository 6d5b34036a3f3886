from __future__ import annotations

import unicodedata
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.domain.path_key import keys_in_folder, name_text, normal_form, path_key

NAMES = st.binary(min_size=1, max_size=12).map(lambda raw: raw.replace(b"/", b"_").replace(b"\0", b"_"))
TRICKY_NAMES = st.lists(
    st.sampled_from(
        [b"a", b"A", b"\\", b"~", b"\xff", b"\xcc\x81", b"e\xcc\x81", b"\xc3\xa9", b"u00ff", b"\xe2\x84\xaa", b"K"]
    ),
    min_size=1,
    max_size=4,
).map(b"".join)


def test_plain_path_is_its_own_key() -> None:
    assert path_key(b"/home/ada/notes on engines.pdf") == "/home/ada/notes on engines.pdf"
    assert path_key(b"/") == "/"


def test_composed_and_decomposed_spellings_have_one_key() -> None:
    assert path_key("/Café/é.txt".encode()) == path_key(unicodedata.normalize("NFD", "/Café/é.txt").encode())


def test_bytes_that_are_no_text_are_escaped() -> None:
    assert path_key(b"/\xff\xfe.txt") == "/\\udcff\\udcfe.txt"
    assert path_key(b"/\\udcff\\udcfe.txt") == "/\\\\udcff\\\\udcfe.txt"


def test_case_is_folded_only_where_the_system_does() -> None:
    assert normal_form("STRASSE Ä", fold=True) == normal_form("Straße ä", fold=True)
    assert normal_form("A", fold=False) != normal_form("a", fold=False)


@given(NAMES | TRICKY_NAMES)
def test_key_can_be_stored_as_text(name: bytes) -> None:
    assert path_key(b"/" + name).encode().decode() == path_key(b"/" + name)


@given(NAMES | TRICKY_NAMES, NAMES | TRICKY_NAMES)
def test_names_that_are_not_spellings_of_each_other_have_different_keys(one: bytes, other: bytes) -> None:
    assert (path_key(b"/" + one) == path_key(b"/" + other)) == (name_text(one) == name_text(other))


@given(st.lists(NAMES | TRICKY_NAMES, unique=True, max_size=12), st.booleans(), st.randoms())
def test_files_of_one_folder_have_different_keys_in_any_order(names: list[bytes], fold: bool, random: Random) -> None:
    keys = dict(zip(names, (key for _, key in keys_in_folder(names, fold)), strict=True))
    assert len(set(keys.values())) == len(names)
    shuffled = names.copy()
    random.shuffle(shuffled)
    assert dict(zip(shuffled, (key for _, key in keys_in_folder(shuffled, fold)), strict=True)) == keys


def test_normal_spelling_keeps_the_plain_key() -> None:
    composed, decomposed = "é.txt".encode(), unicodedata.normalize("NFD", "é.txt").encode()
    assert [key for _, key in keys_in_folder([decomposed, composed])] == ["\\~" + decomposed.decode(), "é.txt"]
    assert [key for _, key in keys_in_folder([decomposed])] == ["é.txt"]
