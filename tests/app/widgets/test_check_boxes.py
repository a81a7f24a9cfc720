"""The look of check boxes, in pixels."""

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QStyle, QStyleOptionButton, QVBoxLayout, QWidget
from stage import contrast

from zscape.app.widgets import theme


@pytest.fixture(params=["light", "dark"])
def box(request, qtbot):
    app = QApplication.instance()
    before = app.palette(), app.styleSheet()
    theme.apply(request.param)
    holder = QWidget()
    column = QVBoxLayout(holder)
    box = QCheckBox("Loop")
    column.addWidget(box)
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    yield box
    app.setPalette(before[0])
    app.setStyleSheet(before[1])


def pixels(box):
    """The colours of the edge, of the inside near it, and of the surroundings; and the names of all colours further inside."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    place = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    picture = box.window().grab().toImage()
    at = box.mapTo(box.window(), place.topLeft())
    colours = [picture.pixelColor(at.x() + x, at.y() + place.height() // 2) for x in (0, 2, -3)]
    rows, columns = range(3, place.height() - 3), range(3, place.width() - 3)
    inside = {picture.pixelColor(at.x() + x, at.y() + y).name() for x in columns for y in rows}
    return colours, inside


def test_an_empty_box_is_seen(box):
    (edge, middle, ground), inside = pixels(box)
    assert contrast(edge, ground) >= 3, (edge.name(), ground.name())
    assert contrast(edge, middle) >= 3
    assert len(inside) == 1  # empty


def test_a_checked_box_is_filled_and_ticked(box):
    box.setChecked(True)
    (_, middle, ground), inside = pixels(box)
    assert contrast(middle, ground) >= 3
    assert len(inside) > 2  # the tick with its antialiased edge
