"""How much a search has found, and what it looked for instead."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from core.domain.plain_text import one_line
from core.domain.search import Holding, Mode, Results
from desktop.widgets.cut_label import CutLabel
from desktop.words import number


class ResultAccount(CutLabel):
    """A line above the results."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("muted", True)
        self.hide()

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show a text; nothing takes no room."""
        super().setText(text)
        self.setVisible(bool(text))

    def tell(self, results: Results, holding: Holding, *, documents: bool) -> None:
        """Tell how many passages, or documents, hold the words; nobody can count what is near in meaning."""
        instead = (
            self.tr("“{word}” was not found, looked for {others}").format(
                word=one_line(word), others=one_line(", ".join(others))
            )
            for word, others in results.fuzzy.items()
            if others
        )
        self.setText(" · ".join([*self._counts(results, holding, documents), f"{results.took_ms:.0f} ms", *instead]))

    def _counts(self, results: Results, holding: Holding, documents: bool) -> Iterator[str]:
        every, some = holding.passages, holding.some_passages
        with_all = self.tr("%n passage(s) with these words", "", every)
        with_some = self.tr("%n passage(s) with some of these words", "", some)
        if documents:
            every, some = holding.documents, holding.some_documents
            with_all = self.tr("%n document(s) with these words", "", every)
            with_some = self.tr("%n document(s) with some of these words", "", some)
        if every:
            yield with_all
        if some > every:
            yield self.tr("{count} with some of them").format(count=number(some)) if every else with_some
        if not results.complete:
            yield self.tr("meaning follows")
        elif results.mode is Mode.HYBRID and (results.total > some or not all(hit.keyword_score for hit in results)):
            yield self.tr("more by meaning") if some else self.tr("by meaning alone")
