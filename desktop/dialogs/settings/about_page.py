"""What Carrel is made of, whether the files of a workspace are whole, and what went over the network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution, requires

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.health import Connections, Report
from core.domain.plain_text import one_line
from core.domain.workspace import Workspace
from core.errors import CarrelError
from desktop.context import Context
from desktop.theme.theme import GRID, sized
from desktop.words import connections_account

_LONGEST_LICENCE = 60
Library = tuple[str, str, str]


class AboutPage(QWidget):
    """Versions, licences, integrity, network."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._title = QLabel("Carrel")
        self._title.setFont(sized(self.font(), 1.5, bold=True))
        self.network = _plain("")
        self.network.setProperty("muted", True)
        self.verify = QPushButton(self.tr("Check the workspace"))
        self.verify.clicked.connect(self._verify)
        self.findings = _plain(self.tr("Looks whether its files are whole and agree with each other."))
        self.findings.setProperty("muted", True)
        check = QHBoxLayout()
        check.setSpacing(2 * GRID)
        check.addWidget(self.verify)
        check.addWidget(self.findings, 1)
        self.libraries = QTreeWidget()
        self.libraries.setAccessibleName(self.tr("Libraries"))
        self.libraries.setHeaderLabels([self.tr("Library"), self.tr("Version"), self.tr("Licence")])
        self.libraries.setRootIsDecorated(False)
        self.libraries.setUniformRowHeights(True)
        self.libraries.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._title)
        layout.addWidget(self.network)
        layout.addLayout(check)
        layout.addWidget(self.libraries, 1)

    def open(self, workspace: Workspace) -> None:
        """Name the workspace that a check looks at."""
        self._workspace = workspace
        self.verify.setText(self.tr("Check “{name}”").format(name=one_line(workspace.name).replace("&", "&&")))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the versions, and count connections, when they are looked at."""
        super().showEvent(event)
        self._context.tasks.run(self, self._context.kb.upkeep.connections, self._tell_connections)
        if not self.libraries.topLevelItemCount():
            self._context.tasks.run(self, libraries, self._show_libraries)

    def _tell_connections(self, found: Connections) -> None:
        account = self.tr("Network: {account}").format(account=connections_account(found))
        self.network.setText(account)

    def _show_libraries(self, found: Sequence[Library]) -> None:
        own, *others = found
        self._title.setText(f"{own[0].capitalize()} {own[1]}")
        self.libraries.addTopLevelItems([QTreeWidgetItem(list(each)) for each in (own, *others)])

    def _verify(self) -> None:
        kb, workspace = self._context.kb, self._workspace
        if workspace is None:
            return
        self.verify.setEnabled(False)
        self.findings.setText(self.tr("Looking…"))
        self._context.tasks.run(self, lambda: kb.upkeep.verify(workspace), self._show_report, self._not_verified)

    def _show_report(self, report: Report) -> None:
        self.verify.setEnabled(True)
        lines = [one_line(each.message) for each in report.findings]
        lines += [
            self.tr("Not compared, too much was being written: {part}").format(part=each) for each in report.skipped
        ]
        self.findings.setText("\n".join(lines) if lines else self.tr("All is well."))

    def _not_verified(self, error: BaseException) -> None:
        self.verify.setEnabled(True)
        if isinstance(error, CarrelError):
            self.findings.setText(str(error))
        else:
            self.findings.clear()
            self._context.notices.error(error)


def libraries() -> list[Library]:
    """Return name, version and licence of Carrel and of what it is installed with; reads the disk."""
    names = ["carrel", *(each for each in requires("carrel") or [] if "extra ==" not in each)]
    found: dict[str, Library] = {}
    for name in names:
        package = re.split(r"[^\w.-]", name, maxsplit=1)[0]
        try:
            found[package] = (package, distribution(package).version, _licence(package))
        except PackageNotFoundError:  # needed by another version of Python, or on another system
            continue
    return list(found.values())


def _licence(package: str) -> str:
    about = distribution(package).metadata
    classifiers = [each for each in about.get_all("Classifier") or [] if each.startswith("License")]
    said = about.get_all("License-Expression") or about.get_all("License") or []
    words = said[0] if said else ", ".join(each.rpartition(" :: ")[2] for each in classifiers)
    return words.strip().partition("\n")[0][:_LONGEST_LICENCE]


def _plain(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
