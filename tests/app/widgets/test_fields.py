"""Fields of every view, panel and dialog: their reactions to wheel, mouse and keyboard."""

import gc

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from recipes import z
from stage import move

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.views.type.state import TypeState
from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.focus_ring import watch
from zscape.app.widgets.numbers.columns_box import ColumnsBox
from zscape.app.widgets.numbers.number_box import decimal_box, whole_box
from zscape.app.widgets.numbers.number_row import CalmSpinBox, NumberRow
from zscape.app.widgets.numbers.seed_box import SeedBox


def drag(field, pixels, modifiers=Qt.KeyboardModifier.NoModifier, until_up=True, start=None):
    line = field.lineEdit()
    start = start or line.rect().center()
    QTest.mousePress(line, Qt.MouseButton.LeftButton, modifiers, start)
    for step in (pixels // 2, pixels):
        place = start + QPoint(step, 0)
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), QPointF(line.mapToGlobal(place)), Qt.MouseButton.NoButton,
                            Qt.MouseButton.LeftButton, modifiers)  # fmt: skip
        QApplication.sendEvent(line, event)
    if until_up:
        QTest.mouseRelease(line, Qt.MouseButton.LeftButton, modifiers, start + QPoint(pixels, 0))


@pytest.fixture
def box(qtbot):
    box = QDoubleSpinBox()
    box.setRange(-20, 20)
    box.setSingleStep(0.05)
    guard(box)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
    return box


def test_a_number_is_dragged_sideways(box):
    drag(box, 20)
    assert box.value() == pytest.approx(1.0)
    drag(box, -40)
    assert box.value() == pytest.approx(-1.0)
    drag(box, 20, Qt.KeyboardModifier.ControlModifier)
    assert box.value() == pytest.approx(9.0)
    drag(box, 20, Qt.KeyboardModifier.ShiftModifier)
    assert box.value() == pytest.approx(9.2)  # steps are at least a hundredth, the last decimal shown
    drag(box, 10_000)
    assert box.value() == 20


def test_a_short_range_needs_a_longer_move(qtbot):
    box = ColumnsBox()
    qtbot.addWidget(box)
    box.setValue(10)
    drag(box, 20)
    assert box.value() == 15


def test_a_click_edits_the_text_and_a_drag_then_selects_in_it(box):
    box.setValue(1.25)
    line = box.lineEdit()
    before_text = QPoint(3, line.height() // 2)  # depending on the style, the centre of the line may be beyond its text
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, before_text)
    assert line.cursor().shape() == Qt.CursorShape.IBeamCursor
    drag(box, 60, start=before_text)
    assert box.value() == 1.25
    assert line.hasSelectedText()
    box.clearFocus()
    assert line.cursor().shape() == Qt.CursorShape.SizeHorCursor


@pytest.mark.parametrize("make", [SeedBox, ColumnsBox, CalmSpinBox, QDoubleSpinBox])
def test_a_double_click_selects_the_whole_number(qtbot, make):
    box = make()
    guard(box)
    qtbot.addWidget(box)
    box.setValue(12)
    QTest.mouseDClick(box.lineEdit(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(4, 8))
    assert box.lineEdit().selectedText() == box.text()


@pytest.mark.parametrize(
    ("make", "typed", "shown"),
    [
        (lambda: decimal_box((0.5, 60), 4, "", decimals=1, suffix=" s"), "120", "60.0 s"),
        (lambda: decimal_box((-3, 3), 1, ""), "-4,5", "-3.00"),
        (lambda: whole_box((4, 500), 100, "", suffix=" steps"), "1000", "500 steps"),
        (lambda: whole_box((4, 500), 100, ""), "1", "4"),
        (ColumnsBox, "99", "24"),
    ],
)
def test_a_number_past_the_ends_becomes_the_nearest_that_can_be(qtbot, make, typed, shown):
    box = make()
    qtbot.addWidget(box)
    box.show()
    box.selectAll()
    qtbot.keyClicks(box.lineEdit(), typed)
    assert typed.replace(",", "").lstrip("-")[:3] in box.text().replace(",", "").replace(".", "")  # every digit is accepted
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == shown


def test_escape_takes_back_what_was_typed_and_leaves_and_a_drag_is_one_step_of_undo(window, qtbot):
    columns = window.views["class-sweep"].columns
    columns.setFocus()
    columns.selectAll()
    qtbot.keyClicks(columns, "17")
    qtbot.keyClick(columns, Qt.Key.Key_Escape)
    assert not columns.hasFocus()
    assert (columns.value(), columns.text()) == (10, "10")
    assert window.views["class-sweep"].sheet.hasFocus()
    search = window.panels["latent"].first.search
    search.setFocus()
    qtbot.keyClicks(search, "slant")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert not search.hasFocus()
    row = window.panels["latent"].first.rows.row(3)
    stack = window.session.undo_stack
    drag(columns, 40)
    assert columns.value() == 20
    drag(row.spin, 30)
    assert stack.count() == 2
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    assert columns.value() == 10


def test_undo_in_a_session_text_field_is_the_global_undo(window, qtbot):
    text, stack = window.show_view("type").text, window.session.undo_stack
    press = lambda key: QTest.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)  # noqa: E731
    text.setFocus()
    qtbot.keyClicks(text, "12")
    for _ in range(2):  # the second press undoes nothing before the edit
        press(Qt.Key.Key_Z)
        assert (text.text(), stack.index()) == ("", 0)
    window.actions_by_name["redo"].trigger()
    assert (text.text(), stack.index()) == ("12", 1)
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert text.text() == window.session.scene.view(TypeState).text == ""


def test_escape_during_a_drag_puts_the_number_back(box):
    box.setValue(3)
    drag(box, 50, until_up=False)
    assert box.value() != 3
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.value() == 3


def test_escape_in_a_dialog_ends_a_drag_and_then_closes_it(qtbot):
    dialog = QDialog()
    box, column = QSpinBox(), QVBoxLayout(dialog)
    column.addWidget(box)
    guard(box)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    box.setFocus()
    drag(box, 50, until_up=False)
    assert box.value() != 0
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.value() == 0
    assert dialog.isVisible()
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_letters_in_a_number_are_shortcuts_and_act_on_what_was_typed(window, qtbot):
    row = window.panels["latent"].first.rows.row(3)
    row.spin.setFocus()
    row.spin.selectAll()
    qtbot.keyClicks(row.spin, "2.5")
    qtbot.keyClick(row.spin, Qt.Key.Key_K)
    assert [dict(z(kept).coordinates) for kept in window.session.scene.shelf] == [{3: 2.5}]
    qtbot.keyClick(row.spin, Qt.Key.Key_R)
    assert z(window.session.point).seed != z(DEFAULT_POINT).seed


def test_letters_in_a_choice_find_an_entry(window, qtbot):
    view = window.show_view("train")
    qtbot.waitUntil(lambda: view.setup.populated)
    preset = view.setup.form.preset
    preset.setFocus()
    before = window.session.point
    wanted = next(index for index in range(preset.count()) if preset.itemText(index)[0] not in preset.currentText()[0])
    qtbot.keyClick(preset, preset.itemText(wanted)[0])
    assert preset.currentText()[0] == preset.itemText(wanted)[0]
    assert window.session.point == before
    assert window.session.scene.shelf == ()


def test_escape_during_a_drag_puts_a_slider_back(qtbot):
    row = NumberRow((-4, 4))
    qtbot.addWidget(row)
    row.resize(300, 28)
    with qtbot.waitActive(row):
        row.show()
    row.setValue(0)
    slider = row.slider
    middle = slider.rect().center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    move(slider, middle + QPoint(40, 0), Qt.MouseButton.LeftButton)
    assert slider.value() > 0
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Escape)
    assert slider.value() == 0
    assert not slider.isSliderDown()


def test_numbers_stand_off_the_edge_of_their_fields(window):
    for view in ("class-sweep", "pad", "restyle", "train"):
        window.show_view(view)
    framed = [box for box in window.findChildren(QAbstractSpinBox) if not box.property("quiet")]
    assert len(framed) >= 6
    for box in framed:
        assert box.findChild(QLineEdit).textMargins().left() == 5, box.accessibleName()


def test_fields_made_by_qt_survive_garbage_collection(qtbot, tmp_path):
    """As in Qt's own file dialog: of our code, only the event filter refers to its line edit."""
    holder = QWidget()
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
    watch(holder)
    typed = []

    def drive():
        window, dialog = QApplication.focusWindow(), QApplication.activeModalWidget()
        QTest.keyClick(window, Qt.Key.Key_A)
        gc.collect()
        QTest.keyClick(window, Qt.Key.Key_B)  # an exception in an event fails the test
        typed.append(QApplication.focusWidget().text())
        dialog.reject()

    def wait():
        QTimer.singleShot(10, drive if isinstance(QApplication.focusWidget(), QLineEdit) else wait)

    wait()
    QFileDialog.getOpenFileName(None, "Open", str(tmp_path), options=QFileDialog.Option.DontUseNativeDialog)
    assert typed == ["ab"]
