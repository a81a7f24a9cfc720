"""Items side by side, in as many lines as the width asks for."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.flow_layout import FlowLayout


@pytest.fixture
def holder(qtbot):
    """Five boxes of 30x20 in a flow with a gap of 2."""
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, 2)
    for _ in range(5):
        box = QWidget()
        box.setFixedSize(30, 20)
        flow.addWidget(box)
    holder.show()
    return holder


def rects(holder):
    return [holder.layout().itemAt(place).geometry().getRect() for place in range(holder.layout().count())]


def test_lines_are_filled_to_the_width_and_no_further(holder):
    flow = holder.layout()
    for width, lines in ((158, 1), (157, 2), (94, 2), (93, 3), (30, 5), (10, 5)):
        assert flow.heightForWidth(width) == lines * 22 - 2
    flow.setGeometry(QRect(5, 7, 94, 42))
    assert rects(holder) == [(5, 7, 30, 20), (37, 7, 30, 20), (69, 7, 30, 20), (5, 29, 30, 20), (37, 29, 30, 20)]


def test_what_is_hidden_takes_no_room(holder):
    flow = holder.layout()
    for place in (0, 2):
        flow.itemAt(place).widget().hide()
    flow.setGeometry(QRect(0, 0, 94, 20))
    assert [rects(holder)[place] for place in (1, 3, 4)] == [(0, 0, 30, 20), (32, 0, 30, 20), (64, 0, 30, 20)]
    assert flow.heightForWidth(94) == 20
