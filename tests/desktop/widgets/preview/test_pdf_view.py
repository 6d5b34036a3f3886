"""Pages of a PDF on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.domain.extracted import Anchor, Extracted
from desktop.theme import LIGHT, Theme
from desktop.widgets.preview.page_layout import PageLayout
from desktop.widgets.preview.pdf_view import PdfView
from tests.core.extractors.office_files import pdf

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> PdfView:
    view = PdfView(theme)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    return view


def show(view: PdfView, path: Path, texts: list[str], word: str) -> Extracted:
    """Show a PDF of these pages, at the first place where a word stands; the passage is its page."""
    pdf(path, [[(72, 700, 12, page)] for page in texts])
    anchors, text = [], ""
    for number, page in enumerate(texts):
        anchors.append(Anchor("page", len(text), str(number + 1)))
        text += page + "\n\n"
    extracted = Extracted(text, tuple(anchors))
    assert view.load(path.read_bytes()) is QPdfDocument.Error.None_
    places = [(at, at + len(word)) for at in range(len(text)) if text.startswith(word, at)]
    first = text.index(word)
    begin = max(each.start for each in anchors if each.start <= first)
    view.show_marks(extracted, (begin, text.index("\n\n", first)), places, 0)
    return extracted


def colours(view: PdfView) -> set[str]:
    image = view.viewport().grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_a_hit_on_a_late_page_is_marked_in_view(view: PdfView, tmp_path: Path, until: Until) -> None:
    texts = [f"Nothing but number {number} stands on this page." for number in range(30)]
    texts[20] = "Here the whale sings for hours, and nobody knows why."
    show(view, tmp_path / "x.pdf", texts, "whale")
    assert view.page == 21
    passage, words = view._marks_of(20)
    assert passage
    assert list(words) == [0]
    until(lambda: view._drawn)
    marked = "#ffdb86"  # the mark on the passage's ground, both as if by a pen
    assert {marked, QColor(LIGHT.accent).name(), QColor(LIGHT.current).name()} <= colours(view)


def test_a_hit_that_was_shown_before_there_was_room_is_in_view_when_there_is(
    view: PdfView, tmp_path: Path, until: Until
) -> None:
    view.resize(20, 400)
    show(view, tmp_path / "x.pdf", [*(f"Nothing on page {number}." for number in range(20)), "whale", "end"], "whale")
    view.resize(500, 400)
    assert view.page == 21
    until(lambda: view.painted)


def test_the_page_that_is_looked_at_is_told_anew_where_pages_take_another_size(view: PdfView, tmp_path: Path) -> None:
    view.resize(20, 400)
    told: list[int] = []
    view.moved.connect(lambda page, _: told.append(page))
    show(view, tmp_path / "x.pdf", ["whale", *(f"Nothing on page {number}." for number in range(20))], "whale")
    view.resize(500, 400)
    assert (view.page, told[-1]) == (1, 1)


def test_a_view_may_go_while_a_page_is_being_drawn(theme: Theme, tmp_path: Path) -> None:
    path = pdf(tmp_path / "x.pdf", [[(72, 700, 12, f"Page {number}.")] for number in range(5)])
    for _ in range(20):
        view = PdfView(theme)
        view.load(path.read_bytes())
        for page in range(5):
            assert view._renderer is not None
            view._renderer.requestPage(page, QSize(1500, 2000))
        shiboken6.delete(view)


def test_paper_stays_white_in_the_dark_theme(view: PdfView, theme: Theme, tmp_path: Path, until: Until) -> None:
    theme.choose("dark", 100)
    show(view, tmp_path / "x.pdf", ["The whale sings."], "whale")
    until(lambda: view._drawn)
    assert {"#ffffff", QColor(theme.colours.raised).name()} <= colours(view)


def test_going_on_reaches_the_other_pages(view: PdfView, tmp_path: Path, qtbot: QtBot) -> None:
    show(view, tmp_path / "x.pdf", ["whale one", "nothing", "whale two"], "whale")
    with qtbot.waitSignal(view.moved) as moved:
        view.go(1)
    assert moved.args == [3, 3]
    view.go(0)
    assert view.page == 1


def test_ctrl_and_wheel_zoom_and_the_page_stays(view: PdfView, tmp_path: Path) -> None:
    show(view, tmp_path / "x.pdf", ["a", "b", "the whale", "d"], "whale")
    width = view._place_of(0).width()
    for delta in (120, 120):
        at = QPointF(100, 100)
        event = QWheelEvent(
            at,
            at,
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)
    assert view._place_of(0).width() > 1.4 * width
    assert view.page == 3
    assert view.horizontalScrollBar().maximum() > 0
    view.zoom(0)
    assert view._place_of(0).width() == width
    assert view.horizontalScrollBar().maximum() == 0


def test_a_page_without_text_has_no_marks(view: PdfView, tmp_path: Path) -> None:
    show(view, tmp_path / "x.pdf", ["whale", "", "x"], "whale")
    assert view._marks_of(1) == ([], {})


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused_and_nothing_is_shown(view: PdfView, data: bytes) -> None:
    assert view.load(data) is not QPdfDocument.Error.None_
    assert view.page == 0
    view.go(-1)
    view.zoom(1)
    view.grab()


def test_another_file_takes_the_place_of_one_that_is_being_drawn(view: PdfView, tmp_path: Path, until: Until) -> None:
    for number in range(8):
        show(view, tmp_path / f"{number}.pdf", [f"whale {number}"] * 5, "whale")
        view.grab()
    until(lambda: view._drawn)
    view.clear()
    view.grab()
    assert view.page == 0


def test_a_place_on_a_page_stays_in_any_size() -> None:
    layout = PageLayout([])
    assert layout.share(10) == layout.position(0) == 0
    assert list(layout.in_view(0, 100)) == []
