"""Fields and buttons in one row have the same height, and their text is at the same height."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zscape.app.widgets.classes.class_chips import ClassChips
from zscape.app.window.docking.dock import LEAST

ROW = 26
MARGIN = 16
"""The margin on both sides of a panel's contents, in pixels."""


def framed(words):
    button = QToolButton()
    button.setText(words)
    button.setProperty("role", "framed")
    return button


def choice(words):
    box = QComboBox()
    box.addItem(words)
    return box


@pytest.mark.parametrize(
    "make",
    [QSpinBox, QDoubleSpinBox, QLineEdit, QKeySequenceEdit, lambda: choice("x"), lambda: QPushButton("x"), lambda: framed("x")],
    ids=["whole", "decimal", "line", "keys", "choice", "button", "framed"],
)
def test_all_kinds_of_field_have_the_same_height(qtbot, make):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    field = make()
    column.addWidget(field)
    column.addStretch(1)
    page.resize(300, 100)
    page.show()
    QApplication.processEvents()
    assert field.height() == ROW


def test_fields_have_the_same_height_in_little_room_too(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    fields = [QSpinBox(), QDoubleSpinBox(), QLineEdit(), framed("x")]
    for field in fields:
        column.addWidget(field)
    page.resize(column.minimumSize())
    page.show()
    QApplication.processEvents()
    assert [field.height() for field in fields] == [ROW] * 4


def words_from(field):
    """The first pixel column of a field's text."""
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = range(4, image.height() - 4)
    return next(x for x in range(3, image.width()) if any(image.pixelColor(x, y).lightness() < 120 for y in rows))


def test_words_of_numbers_lines_and_choices_begin_in_one_column(window, qtbot):
    form = window.show_view("train").setup.form
    window.stack.setFocus()
    QApplication.processEvents()
    form.steps.setValue(1000)
    form.seed.setValue(1)
    form.name.setText("1")
    assert words_from(form.seed) == words_from(form.name)
    assert abs(words_from(form.steps) - words_from(form.name)) <= 1


def test_ten_digits_stand_in_one_line_of_the_narrowest_panel(qtbot):
    chips = ClassChips([str(digit) for digit in range(10)])
    qtbot.addWidget(chips)
    chips.resize(LEAST["left"] - 2 * MARGIN, 100)
    chips.show()
    QApplication.processEvents()
    assert len({chip.y() for chip in chips.chips}) == 1
