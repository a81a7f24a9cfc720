"""Text in a scroll area: lines are either whole or not shown."""

from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from zscape.app.widgets.layouts.whole_lines import WholeLines

LINES = (1, 1, 6, 2, 1, 3)
"""The number of lines of each label. All their letters have the same height, so that a cut line is recognised by its height."""


@pytest.fixture
def area(qtbot):
    holder, labels = QWidget(), []
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 8, 0)
    for row, lines in enumerate(LINES):
        for column, count in enumerate((lines, 1)):
            labels.append(QLabel("\n".join(["HHHH"] * count)))
            labels[-1].setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(labels[-1], row, column)
    grid.setRowStretch(len(LINES), 1)
    area = WholeLines()
    area.setFrameShape(WholeLines.Shape.NoFrame)
    area.show_labels(holder, labels)
    qtbot.addWidget(area)
    area.line = labels[0].fontMetrics().lineSpacing()
    area.resize(200, 3 * area.line + area.line // 2)
    with qtbot.waitExposed(area):
        area.show()
    area.labels = labels
    return area


def heights_of_lines(area):
    """The height in pixels of each line visible at the left edge, from the top."""
    picture = area.viewport().grab().toImage()
    paper = picture.pixel(picture.width() - 1, 0)
    inked = [any(picture.pixel(x, y) != paper for x in range(24)) for y in range(picture.height())]
    return [len(list(run)) for ink, run in groupby(inked) if ink]


@pytest.mark.parametrize("share", [1.2, 2.5, 3.6, 5.9])
def test_scrolling_always_shows_whole_lines(area, share):
    letters = heights_of_lines(area)[0]
    area.resize(200, round(share * area.line))
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    for place in range(bar.maximum() + 1):
        bar.setValue(place)
        lines = heights_of_lines(area)
        assert set(lines) <= {letters}, place
        if share > 2:
            assert len(lines) >= share // 2, place
    assert area.labels[-2].visibleRegion().boundingRect().height() >= area.line  # the last line can be reached


def test_all_is_shown_once_there_is_room(area):
    area.resize(200, 400)
    assert len(heights_of_lines(area)) == sum(LINES)
    assert all(label.isVisible() for label in area.labels)
