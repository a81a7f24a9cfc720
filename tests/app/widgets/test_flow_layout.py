"""Widgets side by side, in as many lines as the width requires: a flow layout, and the strip of a view."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.layouts.flow_layout import FlowLayout
from zscape.app.widgets.strip import Strip


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


def test_hidden_widgets_take_no_room(holder):
    flow = holder.layout()
    for place in (0, 2):
        flow.itemAt(place).widget().hide()
    flow.setGeometry(QRect(0, 0, 94, 20))
    assert [rects(holder)[place] for place in (1, 3, 4)] == [(0, 0, 30, 20), (32, 0, 30, 20), (64, 0, 30, 20)]
    assert flow.heightForWidth(94) == 20


def test_fill_rest_takes_the_last_line_or_a_new_one(holder):
    flow = holder.layout()
    words = QWidget()
    flow.addWidget(words)
    flow.fill_rest(words, 50)
    words.show()
    flow.setGeometry(QRect(0, 0, 120, 42))  # three boxes, two boxes, and the rest of 120 pixels
    assert rects(holder)[-1] == (64, 22, 56, 20)
    flow.setGeometry(QRect(0, 0, 110, 64))
    assert rects(holder)[-1][:3] == (0, 44, 110)


@pytest.fixture
def strip(qtbot):
    """A box, a gap, a box, and two that stay together: each 60x20."""
    strip = Strip()
    qtbot.addWidget(strip)
    strip.boxes = [QWidget() for _ in range(4)]
    for box in strip.boxes:
        box.setFixedSize(60, 20)
    strip.add(strip.boxes[0])
    strip.add_gap()
    strip.add(strip.boxes[1])
    strip.add_together(*strip.boxes[2:])
    strip.show()
    return strip


def test_groups_wrap_as_a_whole_without_a_leading_gap(strip):
    def lefts(width):
        strip.resize(width, strip.height())
        return [box.mapTo(strip, QPoint()).x() for box in strip.boxes]

    assert lefts(312) == [16, 100, 168, 236]
    assert lefts(311) == [16, 100, 16, 84], "not the last alone"
    strip.boxes[0].setFixedSize(124, 20)  # a gap at the end of a line takes no room
    assert lefts(164) == [16, 16, 16, 84]
    assert strip.height() > 3 * 20


def test_a_strip_is_aligned_unless_that_needs_another_line(strip):
    first = lambda: strip.boxes[0].mapTo(strip, QPoint()).x()  # noqa: E731
    strip.resize(400, strip.height())
    strip.begin_at(80)
    assert first() == 80
    strip.begin_at(120)
    assert first() == 16
    assert strip.height() == 40
