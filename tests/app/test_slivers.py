"""Lists that scroll show whole rows, or enough of one to be seen as one; never a sliver."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from zscape.app.widgets.number_list import Entry, NumberList
from zscape.app.widgets.sliver import sliver
from zscape.app.widgets.thumbs import GAP, SIDE, Thumbs
from zscape.app.widgets.thumbs_area import ThumbsArea
from zscape.models.inputs.recipe import Recipe


@pytest.mark.parametrize(("height", "cut"), [(28, 0), (30, 2), (37, 9), (38, 0), (55, 0), (56, 0), (58, 2), (280, 0), (300, 0)])
def test_less_than_a_third_of_a_row_is_cut_unless_everything_fits(height, cut):
    assert sliver(height, 280, 28) == cut


def settle():
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("height", range(72, 200, 7))
def test_thumbnails_in_an_area_of_any_height(qtbot, height):
    thumbs = Thumbs("nothing")
    thumbs.show_recipes([Recipe.seed(seed) for seed in range(14)])
    area = ThumbsArea(thumbs)
    qtbot.addWidget(area)
    area.resize(220, height)
    area.show()
    settle()
    lower = area.viewport().height()
    parts = [min(lower, thumbs.rect_of(place).bottom()) - thumbs.rect_of(place).top() for place in range(14)]
    assert all(part <= 0 or part * 3 >= SIDE for part in parts), parts
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    upper = thumbs.mapFrom(area.viewport(), QPoint(0, 0)).y()
    assert thumbs.rect_of(13).bottom() <= upper + lower  # the last one can be seen
    area.resize(220, 14 * (SIDE + GAP))
    settle()
    assert area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("height", range(60, 120, 5))
def test_sliders_in_a_list_of_any_height(qtbot, height):
    rows = NumberList((-1.0, 1.0), (-1.0, 1.0))
    rows.set_entries([Entry(number, f"z {number}", f"number {number}", "tip") for number in range(20)])
    rows.show_values([0.0] * 20)
    qtbot.addWidget(rows)
    rows.resize(260, height)
    rows.show()
    QApplication.processEvents()
    seen = [row.visibleRegion().boundingRect().height() for number in range(20) if (row := rows.row(number)) is not None]
    assert all(part in (0, 28) for part in seen), seen
