"""Calls from Python to Qt and back leave the references to None and True as they were.

WORKAROUND PySide6 6.12 on Python 3.11: each call that returns nothing loses a reference to None, each signal one to
True, until the interpreter ends in `none_dealloc`. A short run of tests passes all the same; this one does not.
"""

from __future__ import annotations

import json
import subprocess
import sys

CALLS = 1_000
NOISE = 200
"""References that come and go with imports, caches and what Qt keeps; the fault costs one with each call."""
PROBE = """
import json, sys
from PySide6.QtCore import QObject, QSize, QStringListModel, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QWidget

class Sender(QObject):
    sent = Signal(bool)

class Drawn(QStyledItemDelegate):
    painted = 0
    def paint(self, painter, option, index):
        Drawn.painted += 1

application = QApplication([])
sender = Sender()
sender.sent.connect(lambda _: None)
view = QListView()
view.setModel(QStringListModel([str(number) for number in range(100)]))
view.setItemDelegate(Drawn())
view.resize(200, 4000)
counted = {}

def probe(name, call):
    call(10)
    before = sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)
    call(CALLS)
    after = sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)
    counted[name] = [now - then for now, then in zip(after, before)]

def repeat(call):
    def times(count):
        for _ in range(count):
            call()
    return times

probe("calls without a result", repeat(lambda: sender.setObjectName("a")))
probe("signals", repeat(lambda: sender.sent.emit(True)))
probe("answers yes and no", repeat(lambda: (view.isEnabled(), view.isVisible())))
probe("virtual methods called by Qt", lambda count: [view.grab() for _ in range(max(1, count // 100))])
assert Drawn.painted >= CALLS, Drawn.painted
print(json.dumps(counted))
""".replace("CALLS", str(CALLS))


def test_a_thousand_calls_each_way_lose_no_reference() -> None:
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for name, lost in json.loads(run.stdout).items():
        assert all(abs(each) <= NOISE for each in lost), (name, lost)
