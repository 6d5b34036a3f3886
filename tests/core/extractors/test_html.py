"""Web pages are read as a visitor sees them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.extracted import Extracted
from core.extractors.html import HtmlExtractor, parse_html
from core.extractors.html_guard import shallow

PAGE = """<!DOCTYPE html>
<html lang="de-AT">
<head>
  <title>Die Donau &ndash; Flüsse</title>
  <meta name="author" content="Ada Fluss">
  <meta property="article:published_time" content="2024-05-01T10:00:00+02:00">
  <meta name="description" content="Ein Strom.">
  <style>p { color: red }</style>
  <script>var secret = "<p>never</p>";</script>
</head>
<body>
  <nav><a href="/">Start</a> <a href="/kontakt">Kontakt</a></nav>
  <h1>Die <em>Donau</em></h1>
  <p>Sie ist <b>2850</b>&nbsp;km
     lang.<br>Sie mündet ins Schwarze Meer.</p>
  <h2>Städte</h2>
  <ul><li>Wien</li><li>Budapest <ol><li>Buda</li></ol></li></ul>
  <table>
    <tr><th>Stadt</th><th>Einwohner</th></tr>
    <tr><td>Wien</td><td>2 000 000</td></tr>
    <tr><td>Linz</td><td>210 000</td></tr>
  </table>
  <pre>
def f():
    return 1
</pre>
  <img src="a.png" alt="Karte der Donau"><img src="b.png" alt="IMG_001.jpg"><img src="c.png" alt="">
  <p hidden>unsichtbar</p><p style="color:red; display: none">weg</p><div aria-hidden="true">doppelt</div>
  <template><p>Vorlage</p></template><noscript>Bitte JavaScript</noscript>
  <footer>Impressum</footer>
</body></html>"""


def blocks(markup: str) -> list[str]:
    return parse_html(markup).text.split("\n\n")


def read(folder: Path, content: bytes) -> Extracted:
    path = folder / "page.html"
    path.write_bytes(content)
    return HtmlExtractor().extract(path)


def test_a_page_is_read_block_by_block(tmp_path: Path) -> None:
    assert read(tmp_path, PAGE.encode()).text.split("\n\n") == [
        "Die Donau",
        "Sie ist 2850\xa0km lang.\nSie mündet ins Schwarze Meer.",
        "Städte",
        "- Wien\n- Budapest\n- Buda",
        "Stadt | Einwohner\nStadt: Wien | Einwohner: 2 000 000\nStadt: Linz | Einwohner: 210 000",
        "def f():\n    return 1",
        "Karte der Donau",
    ]


def test_headings_are_anchors(tmp_path: Path) -> None:
    page = read(tmp_path, PAGE.encode())
    assert [(a.label, a.level, page.text[a.start :].split("\n")[0]) for a in page.anchors] == [
        ("Die Donau", 1, "Die Donau"),
        ("Städte", 2, "Städte"),
    ]


def test_what_the_page_says_about_itself_is_metadata(tmp_path: Path) -> None:
    assert read(tmp_path, PAGE.encode()).metadata == {
        "title": "Die Donau – Flüsse",
        "author": "Ada Fluss",
        "created": "2024-05-01T10:00:00+02:00",
        "language": "de-AT",
        "description": "Ein Strom.",
    }


def test_the_date_may_stand_in_linked_data() -> None:
    script = '<script type="application/ld+json">{"@type": "Article", "datePublished": "2021-04-30T11:55:00Z"}</script>'
    assert parse_html(script + "<p>x").metadata["created"] == "2021-04-30T11:55:00+00:00"
    assert "created" not in parse_html('<meta name="date" content="yesterday"><p>x').metadata


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1251", "Река Дунай"),
        ("Shift_JIS", "川は東へ流れる"),
        ("gb2312", "多瑙河"),
        ("iso-8859-2", "Łódź i Kraków"),
    ],
)
def test_the_character_set_of_the_page_is_used(tmp_path: Path, charset: str, text: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'
    assert read(tmp_path, page.encode(charset)).text == text


def test_only_the_main_part_is_read_where_the_page_names_one(tmp_path: Path) -> None:
    page = f"<body><div>Menu</div><main><h1>Story</h1><p>{'word ' * 100}</p></main><div>Related</div></body>"
    text = read(tmp_path, page.encode()).text
    assert text.startswith("Story")
    assert "Menu" not in text
    assert "Related" not in text


def test_a_main_part_with_next_to_nothing_is_not_the_page(tmp_path: Path) -> None:
    assert "Menu" in read(tmp_path, b"<body><div>Menu</div><main><p>Loading</p></main></body>").text


def test_a_page_without_text_is_an_empty_document_with_a_remark(tmp_path: Path) -> None:
    for content in (b"", b"<html><body><script>x</script></body></html>"):
        page = read(tmp_path, content)
        assert page.text == ""
        assert [remark.code for remark in page.warnings] == ["empty"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("un<b>believ</b>able", ["unbelievable"]),
        ("<a>One</a><a>Two</a> <a>house</a>s", ["One Two houses"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<h1>A <div>B</div> C</h1><h2></h2><p>text", ["A B C", "text"]),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", ["漢字"]),
        ("<dl><dt>River</dt><dd>Water</dd><dd>That flows</dd></dl>", ["River\nWater\nThat flows"]),
        ("<p>a<br><br><br><br>b", ["a", "b"]),
        ("x &amp; y &lt;z&gt; &#x41;", ["x & y <z> A"]),
        ("<p>a<!-- b --><p>c", ["a", "c"]),
        (
            '<div class="menu"><ul class="main-menu"><li>Home</ul><ul class="steps"><li>Menu of the day</ul></div>',
            ["- Menu of the day"],
        ),
        ("<details><summary>More</summary>Words</details>", ["More", "Words"]),
        (
            "<p>before<table><tr><td>Layout <p>one</td><td><table><tr><td>two</table></table>",
            ["before", "Layout", "one", "two"],
        ),
    ],
)
def test_inline_and_block_elements(markup: str, expected: list[str]) -> None:
    assert blocks(markup) == expected


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("<tr><th>Born</th><td>1815</td></tr><tr><th>Died:</th><td>1852</td></tr>", "Born: 1815\nDied: 1852"),
        ("<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>", "1 | 2\n3 | 4"),
        (
            "<tr><th>Name</th><th>Year</th></tr><tr><td rowspan=2>Ada</td><td>1815</td></tr><tr><td>1852</td></tr>",
            "Name | Year\nName: Ada | Year: 1815\nName: Ada | Year: 1852",
        ),
        ("<tr><th>A</th><th>B</th><th>C</th></tr><tr><td colspan=2>x</td><td>y</td></tr>", "A | B | C\nA: x | C: y"),
        ("<caption>Rivers</caption><tr><td>Inn</td><td>Drau</td></tr>", "Rivers\nInn | Drau"),
    ],
)
def test_tables_are_rows(rows: str, lines: str) -> None:
    assert parse_html(f"<table>{rows}</table>").text == lines


@pytest.mark.parametrize(
    "markup",
    [
        "<div>x" * 100_000,
        "<span>x" * 50_000,
        "<table><tr><td>x" * 20_000,
        "<ul><li>x" * 20_000,
        "".join(f"<p><b a{number}>x" for number in range(5_000)),
        "<table>" + "<tr><td colspan=1000000 rowspan=99999>x<td>y" * 2_000,
        "<a " * 200_000,
        "<script>" * 100_000,
        "<!--" * 200_000,
        "x" * 5_000_000,
    ],
    ids=lambda markup: markup[:12],
)
def test_no_markup_makes_it_hang(markup: str) -> None:
    started = time.process_time()
    parse_html(markup)
    assert time.process_time() - started < 10


def test_text_below_the_deepest_element_is_kept() -> None:
    assert parse_html("<div>" * 5_000 + "treasure" + "</div>" * 5_000 + "<p>after").text == "treasure\n\nafter"


PIECES = """<p> </p> <div> </div> <table> <tr> <td> <th> </table> <h1> </h1> <ul> <li> <pre> </pre> <b> </i> <a> <br>
<img/alt='x'> <svg> <template> <select> <option> <math> <!-- --> <script> </script> <title> <body> </html> <frameset>
<head> <main> <article> &amp; &#0; &#xD800; <![CDATA[ ]]> < > <? </"""
SOUP = st.lists(st.one_of(st.sampled_from(PIECES.split()), st.text(max_size=10)), max_size=60).map("".join)


@given(SOUP)
def test_any_soup_is_read(markup: str) -> None:
    page = parse_html(markup)
    page.text.encode()
    assert all(0 <= anchor.start < len(page.text) for anchor in page.anchors)


@given(st.lists(st.text("abcäöü ", min_size=1).filter(str.strip), min_size=1))
def test_every_paragraph_is_a_block(paragraphs: list[str]) -> None:
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert blocks(markup) == [" ".join(paragraph.split()) for paragraph in paragraphs]


def test_attributes_by_the_thousand_are_left_out_and_a_long_one_stays() -> None:
    many = " ".join(f"a{number}" for number in range(1000))
    assert shallow(f"<p {many}>text</p>") == "<p>text</p>"
    picture = f'<img alt="tower" src="data:image/png;base64,{"/a b" * 1000}">'
    assert shallow(picture) == picture
