"""A scroll area shows only whole rows at its lower edge."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLabel, QTreeWidgetItem, QVBoxLayout, QWidget

from zscape.app.views.train.data_page import DataPage
from zscape.app.widgets.classes.class_rows import ROW, ClassRow
from zscape.app.widgets.layouts.sliver import sliver
from zscape.app.widgets.layouts.tall_scroll import SPARE, TallScroll
from zscape.app.widgets.layouts.whole_rows import WholeRows
from zscape.app.widgets.numbers.number_list import Entry, NumberList
from zscape.app.widgets.pictures.thumbs import GAP, SIDE, Thumbs
from zscape.app.widgets.pictures.thumbs_area import ThumbsArea
from zscape.models.inputs.recipe import Recipe


@pytest.mark.parametrize(("height", "cut"), [(20, 0), (28, 0), (30, 2), (55, 27), (56, 0), (58, 2), (280, 0), (300, 0)])
def test_a_part_of_a_row_is_left_out_unless_everything_fits(height, cut):
    assert sliver(height, 280, 28) == cut


def settle():
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("height", range(60, 200, 7))
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
    assert all(part <= 0 or part >= SIDE for part in parts), parts
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    upper = thumbs.mapFrom(area.viewport(), QPoint(0, 0)).y()
    assert thumbs.rect_of(13).bottom() <= upper + lower  # the last one can be reached
    seen = [thumbs.rect_of(place) for place in range(14) if thumbs.rect_of(place).bottom() > upper]
    assert all(rect.top() >= upper for rect in seen)
    area.resize(220, height - 3)
    settle()
    assert area.verticalScrollBar().value() == area.verticalScrollBar().maximum()  # the last one is still visible
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


@pytest.mark.parametrize("height", range(100, 160, 7))
def test_a_list_with_columns_of_any_height(qtbot, height):
    rows = WholeRows()
    rows.setColumnCount(2)
    for number in range(20):
        rows.addTopLevelItem(QTreeWidgetItem([f"row {number}", "x"]))
    rows.topLevelItem(3).setHidden(True)
    qtbot.addWidget(rows)
    rows.resize(260, height)
    rows.show()
    QApplication.processEvents()
    bar = rows.verticalScrollBar()
    for place in (0, 4, bar.maximum()):
        bar.setValue(place)
        places = [rows.visualItemRect(rows.topLevelItem(number)) for number in range(20)]
        seen = [rect for rect in places if rect.isValid() and 0 <= rect.top() < rows.viewport().height()]
        assert len(seen) > 1
        assert all(rect.bottom() < rows.viewport().height() for rect in seen)
    assert rows.visualItemRect(rows.topLevelItem(19)).bottom() < rows.viewport().height()
    rows.resize(260, 800)
    QApplication.processEvents()
    assert bar.maximum() == 0


@pytest.mark.parametrize("height", range(80, 140, 7))
def test_controls_of_a_panel_of_any_height(qtbot, height):
    panel = QWidget()
    form = QFormLayout(panel)
    boxes = [QComboBox() for _ in range(8)]
    for number, box in enumerate(boxes):
        form.addRow(f"{number}", box)
    area = TallScroll(panel)
    qtbot.addWidget(area)
    area.resize(200, height)
    area.show()
    settle()
    assert {box.visibleRegion().boundingRect().height() for box in boxes} == {0, boxes[0].height()}
    area.verticalScrollBar().setValue(10)
    assert area.viewport().height() == height  # scrolled by hand, it leaves no empty space
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert boxes[-1].visibleRegion().boundingRect() == boxes[-1].rect()  # the last one can be reached
    area.verticalScrollBar().setValue(0)
    assert {box.visibleRegion().boundingRect().height() for box in boxes} == {0, boxes[0].height()}
    area.reveal(boxes[-2])
    seen = [box for box in boxes if not box.visibleRegion().isEmpty()]
    assert boxes[-2] in seen[1:]  # no further than needed
    assert all(box.visibleRegion().boundingRect() == box.rect() for box in seen[:-1])
    area.verticalScrollBar().setValue(0)
    area.resize(200, 600)
    settle()
    assert area.verticalScrollBar().maximum() == 0
    assert all(box.visibleRegion().boundingRect() == box.rect() for box in boxes)


def test_a_list_of_sliders_shows_every_row_that_fits(qtbot):
    panel = QWidget()
    column = QVBoxLayout(panel)
    above = QLabel("above")
    above.setFixedHeight(100)
    sliders = NumberList((-4.0, 4.0), (-20.0, 20.0))
    sliders.set_entries([Entry(number, f"z {number}", f"Coordinate {number}", "") for number in range(9)])
    column.addWidget(above)
    column.addWidget(sliders, 1)
    area = TallScroll(panel)
    qtbot.addWidget(area)
    area.resize(280, 160)
    area.show()
    settle()
    area.resize(280, 150)  # the list has its scroll bar by now
    settle()
    first = sliders.row(0)
    assert first is not None
    assert first.visibleRegion().boundingRect() == first.rect()


@pytest.mark.parametrize(("height", "rows"), [(170, 2), (150, 1), (140, 1), (120, 2)])
def test_a_panel_gives_up_spare_height_if_it_is_then_seen_as_a_whole(qtbot, height, rows):
    class Sparing(QWidget):
        def minimumSizeHint(self):
            return super().minimumSizeHint() + QSize(0, 28)

    panel = Sparing()
    panel.setProperty(SPARE, 28)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    sliders, below = NumberList((-4.0, 4.0), (-20.0, 20.0), least=1), QLabel("below")
    sliders.set_entries([Entry(number, f"z {number}", f"Coordinate {number}", "") for number in range(9)])
    below.setFixedHeight(100)
    column.addWidget(sliders, 1)
    column.addWidget(below)
    area = TallScroll(panel)
    qtbot.addWidget(area)
    area.resize(280, height)
    area.show()
    settle()
    assert sliders.viewport().height() // 28 == rows
    assert (below.visibleRegion().boundingRect() == below.rect()) == (height >= 128)


@pytest.mark.parametrize("height", range(240, 320, 7))
def test_classes_of_a_data_set_of_any_height(qtbot, height):
    page = DataPage()
    page.rows.show_rows([ClassRow(f"class {number}", 7, ()) for number in range(12)])
    page.show_advice(["The pictures are resized, which takes a sentence that is longer than the page is wide.", "And so on."])
    qtbot.addWidget(page)
    page.resize(300, height)
    page.show()
    settle()
    assert page.advice.height() >= page.advice.heightForWidth(page.advice.width())
    seen = page.rows.visibleRegion().boundingRect().height()
    assert 0 < seen < 12 * ROW
    assert seen % ROW == 0
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.rows.visibleRegion().boundingRect().bottom() == page.rows.rect().bottom()  # the last one can be reached
    page.resize(300, 900)
    settle()
    assert bar.maximum() == 0
