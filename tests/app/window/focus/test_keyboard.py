"""The window by keyboard: Tab follows reading order, a list is one stop, F6 moves between panels, a ring shows the focus."""

import pytest
from keyboard_stage import focus, place_of, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from recipes import weights

from zscape.app.views import VIEWS
from zscape.app.widgets.focus_ring import watch
from zscape.app.widgets.numbers.number_list import Entry, NumberList
from zscape.app.widgets.numbers.number_row import HEIGHT
from zscape.app.window.focus_order import areas, stops


def test_tab_comes_to_everything_once_and_in_reading_order(window, qtbot):
    for name in VIEWS:
        window.show_view(name)
        QApplication.processEvents()
        if name == "train":  # wait: the form changes until the data is known, the status bar while speed is measured
            setup = window.views[name].setup
            qtbot.waitUntil(lambda setup=setup: setup.look.found is not None and setup.start.isEnabled(), timeout=60_000)
            setup.trial.stop()
        qtbot.waitUntil(lambda: not window.renderer.busy, timeout=60_000)
        QApplication.processEvents()  # a new frame may start a job
        qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)  # the status bar has buttons for each job
        check_tab(window, name)


def check_tab(window, name):
    first = next(stops(window.header))
    first.setFocus()
    seen = [first]
    while True:
        press(window, Qt.Key.Key_Tab)
        if focus() is first:
            break
        assert focus() not in seen, f"{name}: {focus()} twice"
        seen.append(focus())
    wanted = {each for area in areas(window) for each in stops(area)}
    assert set(seen) == wanted, name
    sections = [next(number for number, area in enumerate(areas(window)) if area.isAncestorOf(each)) for each in seen]
    assert sections == sorted(sections), name  # all stops of an area come before the next area
    for area in areas(window):
        inside = [each for each in seen if area.isAncestorOf(each)]
        lines = [place_of(window, each).y() for each in inside]
        lefts = [place_of(window, each).x() for each in inside]
        for index in range(1, len(inside)):
            assert lines[index] > lines[index - 1] - 8 or lefts[index] > lefts[index - 1], (name, inside[index - 1 : index + 1])
    # Back: all the way in one view, and in the others only through the view.
    way = [first, *reversed(seen[1:])]
    if name != next(iter(VIEWS)):
        way = [each for each in way if window.stack.isAncestorOf(each)]
        way[0].setFocus()
    for each in way[1:]:
        press(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert focus() is each, name


def test_a_list_of_sliders_is_one_stop_and_classes_are_one_through_which_arrows_go(window, qtbot):
    panel = window.panels["latent"].first
    found = [each for each in stops(panel) if panel.rows.isAncestorOf(each)]
    assert found == [panel.rows.row(3).slider]
    found[0].setFocus()
    press(window, Qt.Key.Key_Tab)
    assert not panel.rows.isAncestorOf(focus())
    press(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focus() is found[0]
    classes = window.panels["classes"]
    chips = classes.controls[0].chips
    assert [each for each in stops(classes) if each in chips] == [chips[0]]
    chips[0].setFocus()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(focus(), key)
        seen.append(chips.index(focus()))
    assert seen == [1, 2, 9, 9, 8, 0]
    qtbot.keyClick(focus(), Qt.Key.Key_End)
    qtbot.keyClick(focus(), Qt.Key.Key_Space)
    assert weights(window.session.point)[9] == 1
    assert [each for each in stops(classes) if each in chips] == [chips[9]]


@pytest.fixture
def rows(qtbot):
    rows = NumberList((-4.0, 4.0), (-20.0, 20.0))
    rows.set_entries([Entry(number, f"z {number}", f"number {number}", "tip") for number in range(128)])
    rows.show_values([0.0] * 128)
    rows.resize(300, 280)
    qtbot.addWidget(rows)
    with qtbot.waitActive(rows):
        rows.show()
    return rows


def focused(rows):
    return next(number for number in range(128) if (row := rows.row(number)) and row.isAncestorOf(focus()))


@pytest.mark.parametrize("height", [70, 97, 280, 301])
def test_no_row_of_a_list_is_cut(rows, height):
    rows.resize(300, height)
    bar = rows.verticalScrollBar()
    for place in (0, 37, bar.maximum() - 1, bar.maximum()):
        bar.setValue(place)
        held = [row for number in range(128) if (row := rows.row(number)) and row.isVisible()]
        whole = [row for row in held if rows.viewport().rect().contains(row.geometry())]
        cut = [row for row in held if row not in whole and rows.viewport().rect().intersects(row.geometry())]
        assert len(whole) == height // HEIGHT
        assert not cut
    assert rows.row(127) in whole


def test_a_typed_number_is_for_the_entry_it_was_typed_for(rows, qtbot):
    changed = []
    rows.valueChanged.connect(lambda number, value: changed.append((number, value)))
    for scrolled in (56, 2000):  # its row gets another entry, or is no longer needed
        rows.verticalScrollBar().setValue(0)
        field = rows.row(1).spin
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "1.5")
        rows.verticalScrollBar().setValue(scrolled)
        assert changed == [(1, 1.5)]
        assert not any(row.isAncestorOf(focus()) for number in range(128) if (row := rows.row(number)) and focus())
        changed.clear()
        rows.show_values([0.0] * 128)
    rows.verticalScrollBar().setValue(0)
    field = rows.row(1).spin
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2.5")
    rows.set_entries([Entry(number, f"w {number}", f"number {number}", "tip") for number in range(5)])
    rows.clearFocus()
    field.clearFocus()
    assert not changed
    assert rows.row(1).spin.text() == "0.00"


def test_arrows_go_through_a_list_and_change_its_numbers(rows, qtbot):
    changed, reset = [], []
    rows.valueChanged.connect(lambda number, value: changed.append((number, round(value, 2))))
    rows.reset_asked.connect(reset.append)
    next(stops(rows)).setFocus()
    places = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_End,
        Qt.Key.Key_Up,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Home,
        Qt.Key.Key_Up,
    ):
        qtbot.keyClick(focus(), key)
        places.append(focused(rows))
    assert places == [1, 2, 127, 126, 117, 0, 0]
    qtbot.keyClick(focus(), Qt.Key.Key_Right)
    assert changed == [(0, 0.05)]
    qtbot.keyClick(focus(), Qt.Key.Key_Delete)
    assert reset == [0]


def test_a_digit_goes_to_the_number_and_enter_or_escape_back(rows, qtbot):
    changed = []
    rows.valueChanged.connect(lambda number, value: changed.append((number, value)))
    slider = rows.row(0).slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_2)
    spin = rows.row(0).spin
    assert focus() is spin
    qtbot.keyClicks(spin, ".5")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert changed == [(0, 2.5)]
    assert focus() is slider
    qtbot.keyClick(slider, Qt.Key.Key_Return)
    qtbot.keyClicks(spin, "7")
    qtbot.keyClick(spin, Qt.Key.Key_Escape)
    assert focus() is slider
    assert changed == [(0, 2.5)]
    assert spin.value() == 2.5


def test_f6_goes_round_the_contents_of_areas_and_comes_back_to_where_one_was(window, qtbot):
    window.header.models.setFocus()
    press(window, Qt.Key.Key_F6)
    assert focus() is window.panels["latent"].first.seed
    names = {window.docks[name]: name for name in window.docks}
    sheet = window.views["class-sweep"].sheet
    sheet.setFocus()
    seen = []
    for _ in areas(window):
        press(window, Qt.Key.Key_F6)
        area = next(area for area in areas(window) if area.isAncestorOf(focus()))
        seen.append(names.get(area, type(area).__name__))
        assert focus().isVisible()
    # At the first start, the status bar offers the tour; otherwise it has no stops while no job runs. The panel of directions
    # appears once some were found.
    always = [each for each in seen if each not in ("StatusBar", "directions")]
    assert always[:8] == ["shelf", "history", "about", "model", "Top", "latent", "classes", "Centre"]
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    window.panels["latent"].first.search.setFocus()
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focus() is window.panels["latent"].first.search


def test_a_focused_widget_can_be_deleted(qtbot):
    holder = QWidget()
    column = QVBoxLayout(holder)
    buttons = [QPushButton(str(number)) for number in range(6)]
    for button in buttons:
        column.addWidget(button)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
    watcher = watch(holder)
    buttons[0].setFocus()
    for _ in buttons[:5]:
        press(holder, Qt.Key.Key_Tab)
        gone = focus()
        assert watcher.ring.widget() is gone
        with qtbot.waitSignal(gone.destroyed):
            gone.deleteLater()
        assert watcher.ring.widget() is not gone


def test_letters_are_shortcuts_again_once_a_model_was_chosen(window, qtbot):
    shelf = len(window.session.scene.shelf)
    models = window.header.models
    QTest.mouseClick(models, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(models.view().isVisible)
    QTest.keyClick(models.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not models.view().isVisible())
    press(window, Qt.Key.Key_K)
    assert len(window.session.scene.shelf) == shelf + 1
