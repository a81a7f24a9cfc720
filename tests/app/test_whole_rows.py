"""Rows in an area that scrolls: whole, or not at all."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from zscape.app.widgets.whole_rows import WholeRows


@pytest.fixture
def area(qtbot):
    holder, rows = QWidget(), []
    grid = QGridLayout(holder)
    for number in range(12):
        words = QLabel("a value\nof two lines" if number % 3 == 2 else "a value")
        rows.append((QLabel(f"row {number}"), words))
        grid.addWidget(rows[-1][0], number, 0)
        grid.addWidget(words, number, 1)
    area = WholeRows()
    area.show_rows(holder, rows)
    qtbot.addWidget(area)
    area.resize(200, 117)
    with qtbot.waitExposed(area):
        area.show()
    area.rows = rows
    return area


def seen(area):
    """The numbers of the rows that are shown; each must be wholly in sight."""
    window = area.viewport()
    shown = [number for number, row in enumerate(area.rows) if row[0].isVisible()]
    for number in shown:
        for label in area.rows[number]:
            assert label.isVisible()
            assert window.rect().contains(QRect(label.mapTo(window, QPoint()), label.size()))
    return shown


def test_no_row_is_cut_wherever_it_is_scrolled_to(area, qtbot):
    bar = area.verticalScrollBar()
    assert seen(area)[0] == 0
    for place in range(0, bar.maximum(), 7):
        bar.setValue(place)
        shown = seen(area)
        assert shown == list(range(shown[0], shown[-1] + 1))
    bar.setValue(bar.maximum())
    assert seen(area)[-1] == 11
    area.resize(200, 90)
    bar.setValue(0)
    before = len(seen(area))
    area.resize(200, 200)
    assert len(seen(area)) > before


def test_a_row_that_is_higher_than_the_area_is_shown(area):
    area.resize(200, 12)
    assert area.rows[0][0].isVisible()
