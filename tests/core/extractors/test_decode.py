"""Bytes of any encoding become the text that was written."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.extractors.decode import BYTE_LIMIT, declared_encoding, decode, is_text, read_text

GERMAN = "Der Fluß führt nach heftigen Regenfällen wieder Hochwasser; die Straße über die Brücke bleibt gesperrt.\n"
FRENCH = "La forêt a été détruite; les élèves du collège voisin ont planté des chênes et des érables.\n"
SPANISH = "El niño comió piña en la mañana. ¿Cuántos años tenía? Según la crónica, más de diez.\n"
POLISH = "Zażółć gęślą jaźń. Książka leży na półce, a źródło wody jest już bardzo blisko.\n"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, a proto šel k řece, kde rostly vysoké břízy.\n"
TURKISH = "Işık hızla yayılır; çocuklar bahçede ağacın altında oturmuş, şarkı söylüyor.\n"
RUSSIAN = "Москва - столица России. В музее хранится старинная карта реки, её нашли в деревне.\n"
UKRAINIAN = "Київ є столицею України. Річка тече крізь місто, і над нею стоять їхні будинки.\n"
GREEK = "Η βιβλιοθήκη άνοιξε το πρωί και οι φοιτητές διάβαζαν ώσπου έδυσε ο ήλιος.\n"
HEBREW = "הספרייה נפתחה בבוקר והסטודנטים קראו עד שקיעת השמש מעל העיר הישנה.\n"
ARABIC = "فتحت المكتبة أبوابها في الصباح وقرأ الطلاب حتى غروب الشمس فوق المدينة القديمة.\n"
THAI = "ห้องสมุดเปิดในตอนเช้าและนักเรียนอ่านหนังสือจนพระอาทิตย์ตกเหนือเมืองเก่า\n"
JAPANESE = "図書館は朝に開き、学生たちは日が沈むまで本を読んでいました。東京の天気は晴れです。\n"
SIMPLIFIED = "图书馆早上开门，学生们一直看书到太阳下山。我们在北京的大学里学习历史和数学。\n"
TRADITIONAL = "圖書館早上開門，學生們一直看書到太陽下山。我們在臺北的大學裡學習歷史和數學。\n"
KOREAN = "도서관은 아침에 문을 열고 학생들은 해가 질 때까지 책을 읽었다. 서울의 날씨는 맑다.\n"

OLDER = [
    (GERMAN, "cp1252"),
    (GERMAN, "iso8859-15"),
    (GERMAN, "cp850"),
    (GERMAN, "mac_roman"),
    (FRENCH, "cp1252"),
    (FRENCH, "iso8859-1"),
    (SPANISH, "cp1252"),
    (POLISH, "cp1250"),
    (POLISH, "iso8859-2"),
    (CZECH, "cp1250"),
    (TURKISH, "cp1254"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (UKRAINIAN, "cp1251"),
    (UKRAINIAN, "koi8-u"),
    (GREEK, "cp1253"),
    (GREEK, "iso8859-7"),
    (HEBREW, "cp1255"),
    (ARABIC, "cp1256"),
    (THAI, "cp874"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (SIMPLIFIED, "gb18030"),
    (SIMPLIFIED, "gb2312"),
    (TRADITIONAL, "big5"),
    (KOREAN, "euc_kr"),
    (KOREAN, "cp949"),
]
TEXTS = sorted({text for text, _ in OLDER})
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize(("text", "encoding"), OLDER, ids=[encoding for _, encoding in OLDER])
def test_one_sentence_is_enough_to_know_an_older_character_set(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("text", "encoding"), OLDER, ids=[encoding for _, encoding in OLDER])
def test_a_page_among_english_lines_is_known(text: str, encoding: str) -> None:
    page = ("2026-11-20 12:00:00 INFO the server has started\n" * 20 + text) * 10
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", TEXTS, ids=[str(number) for number in range(len(TEXTS))])
def test_unicode_is_known_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.sampled_from(TEXTS).flatmap(lambda text: st.lists(st.sampled_from(text.split()), min_size=4)))
def test_utf16_is_known_whatever_the_words(words: list[str]) -> None:
    text = " ".join(words)
    for encoding in UNICODE:
        assert decode(text.encode(encoding)) == text


@given(
    st.sampled_from([pair for pair in OLDER if len(pair[0].split()) > 4]).flatmap(
        lambda pair: st.tuples(st.permutations(pair[0].split()), st.just(pair[1]))
    )
)
def test_an_older_character_set_is_known_whatever_the_order_of_words(words_and_encoding: tuple[list[str], str]) -> None:
    words, encoding = words_and_encoding
    text = " ".join(words)
    assert decode(text.encode(encoding)) == text


@given(st.text(string.ascii_letters + " äöüßéèçñ", min_size=1))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode()) == text


@given(
    st.binary(),
    st.one_of(st.none(), st.text(), st.sampled_from(["utf-8", "cp1252", "unicode_escape", "rot13", "idna"])),
)
@example(b"\x1b$B", None)
@example(b"\xff\xfe", "utf-16")
@example(b"+AOk-", "utf-7")
def test_decoding_never_raises(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared), str)


def test_a_rare_character_set_is_known_from_a_page_of_text() -> None:
    assert decode((GREEK * 4).encode("cp737")) == GREEK * 4
    assert decode((ARABIC * 4).encode("cp720")) == ARABIC * 4


def test_marks_around_english_words_are_western() -> None:
    text = "He said “yes” – and meant it… It’s 5 € or £4, © 2024.\n"
    assert decode(text.encode("cp1252")) == text


def test_the_declared_encoding_is_used_where_utf8_does_not_fit() -> None:
    assert decode("naïve".encode("mac_roman"), "macintosh") == "naïve"
    assert decode("日本".encode("shift_jis"), "Shift_JIS") == "日本"
    assert decode("中文".encode("gbk"), "gb2312") == "中文"
    assert decode(b"\x93quoted\x94", "ISO-8859-1") == "“quoted”"


def test_valid_utf8_comes_before_a_wrong_declaration() -> None:
    assert decode("Grüße".encode(), "iso-8859-1") == "Grüße"


def test_an_impossible_declaration_is_ignored() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "x-unknown") == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), "utf-8") == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), "unicode_escape") == RUSSIAN


def test_single_wrong_bytes_do_not_spoil_utf8() -> None:
    data = GERMAN.encode() * 3 + b"caf\xe9\n" + GERMAN.encode() * 3
    assert decode(data) == GERMAN * 3 + "café\n" + GERMAN * 3


def test_single_zero_bytes_do_not_spoil_utf8() -> None:
    assert decode(GERMAN.encode() + b"\0" + GERMAN.encode()).replace("\0", "") == GERMAN * 2


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<?xml version="1.0" encoding="windows-1251"?><a/>', "windows-1251"),
        (b"<html><head><META charset=Shift_JIS>", "Shift_JIS"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\n", "latin-1"),
        (b'@charset "euc-kr";', "euc-kr"),
        (b"no declaration here, coding: is a word", None),
        (b"", None),
    ],
)
def test_a_declaration_in_the_file_is_found(head: bytes, encoding: str | None) -> None:
    assert declared_encoding(head) == encoding


@pytest.mark.parametrize("encoding", [*UNICODE, "iso2022_jp"])
def test_text_is_no_binary_file(encoding: str) -> None:
    assert is_text(JAPANESE.encode(encoding))


@pytest.mark.parametrize(("text", "encoding"), OLDER, ids=[encoding for _, encoding in OLDER])
def test_text_in_an_older_character_set_is_no_binary_file(text: str, encoding: str) -> None:
    assert is_text(text.encode(encoding))


def test_binary_files_are_no_text() -> None:
    assert not is_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0")
    assert not is_text(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\xd0\x1c\0\0")
    assert not is_text(bytes(range(256)) * 16)


def test_a_file_longer_than_the_limit_is_cut_between_characters(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("aß" * 10, "utf-8")
    read = read_text(path, limit=11)
    assert read.cut
    assert read.text == "aßaßaßa"
    assert not read_text(path, limit=30).cut


def test_the_limit_is_enough_for_the_characters_that_are_kept() -> None:
    assert len("𝕏" * 1000) * BYTE_LIMIT / 5_000_000 >= len(("𝕏" * 1000).encode("utf-32-le"))
