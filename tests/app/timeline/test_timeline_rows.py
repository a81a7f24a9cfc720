"""One track for each input, by mouse and keyboard: unfolded, keys moved and added alone, numbers with tracks; undo and saving."""

import numpy as np
import pytest
from dock_stage import line
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication
from recipes import recipe, with_seed
from stage import drag

from zscape.app.window.timeline.tracks.track_menu import track_menu
from zscape.app.window.timeline.tracks.tracks import SHOWN
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.timeline import NumberKey
from zscape.models.timeline.track_edits import Track, keys_of

LEFT = Qt.MouseButton.LeftButton
Z, CLASS, TRUNCATION = Track("z"), Track("class"), Track("z", "truncation")


@pytest.fixture
def rows(panel, qtbot):
    """A timeline without the window, with four keys of four classes, 1 s apart, its tracks unfolded."""
    return unfolded(panel, qtbot)


def unfolded(panel, qtbot):
    points = [recipe(seeds=((seed, 1.0),), classes=tuple(float(k == seed) for k in range(10))) for seed in (1, 2, 3, 4)]
    panel.session.edit_timeline("animate", animate_shelf(points, panel.session.space, leg=1.0, easing="linear"))
    tracks = panel.tracks
    qtbot.mouseClick(tracks.toggle, LEFT)
    qtbot.waitUntil(lambda: tracks.isVisible() and len(tracks.rows) == 2, timeout=5_000)
    return tracks


def times(panel, track):
    return [key.time for key in keys_of(line(panel), track)]


def at(row, time):
    return QPoint(round(row.scale.x(time)), 24)


def test_they_are_folded_until_they_are_asked_for(panel, rows, qtbot):
    assert panel.context.settings.flag(SHOWN)
    qtbot.mouseClick(rows.toggle, LEFT)
    assert not rows.isVisible()
    assert not panel.context.settings.flag(SHOWN)


def test_the_name_and_what_the_last_key_says_are_read(rows):
    row = rows.rows[Z]
    picture = row.grab().toImage()
    ground = row.palette().window().color()
    begin, end = (round(row.scale.x(time)) for time in (0.0, 3.0))
    assert row.time == 0
    name = rows.rows[CLASS].grab().toImage()  # "class" reaches beyond the start of the playhead
    seen = [name.pixelColor(begin, y) for y in range(1, 13)]
    assert max(abs(each.blue() - each.red()) for each in seen) < 20, "the playhead crosses it"
    assert picture.pixelColor(begin, 30).blue() > 150 > picture.pixelColor(begin, 30).red(), "it is there"
    left_of_it = [picture.pixelColor(x, y) for x in range(end - 40, end - 8) for y in range(18, 32)]
    assert sum(abs(each.lightness() - ground.lightness()) > 90 for each in left_of_it) > 20, "seed 4"


def test_classes_are_moved_alone(panel, rows, qtbot):
    before = panel.session.undo_stack.count()
    row = rows.rows[CLASS]
    drag(qtbot, row, at(row, 1.0), at(row, 0.5))
    assert times(panel, CLASS) == [0.0, 0.5, 2.0, 3.0]
    assert times(panel, Z) == [0.0, 1.0, 2.0, 3.0]
    assert panel.session.undo_stack.count() == before + 1
    assert row.words[1] == "2"
    panel.session.undo_stack.undo()
    assert times(panel, CLASS) == [0.0, 1.0, 2.0, 3.0]


def test_a_double_click_adds_a_key_and_the_current_point_gives_its_value(panel, rows, qtbot):
    row = rows.rows[CLASS]
    qtbot.mouseDClick(row, LEFT, pos=at(row, 1.5))
    assert times(panel, CLASS) == [0.0, 1.0, 1.5, 2.0, 3.0]
    assert times(panel, Z) == [0.0, 1.0, 2.0, 3.0]
    assert rows.take.isVisible()
    panel.session.edit_point("go", panel.session.point.with_value("class", panel.session.space.inputs[1].only(7)))
    qtbot.mouseClick(rows.take, LEFT)
    assert row.words[2] == "7"
    rows.time.setValue(1.25)
    assert times(panel, CLASS) == [0.0, 1.0, 1.25, 2.0, 3.0]


def test_a_number_gets_a_track_of_its_own_and_nothing_is_cut_in_a_small_window(window, qtbot, painted):
    window.resize(1024, 700)
    rows = unfolded(window.timeline.panel, qtbot)
    window.timeline.panel.player.seek(0.0)

    def choose():
        menu = QApplication.activePopupWidget()
        action = next(each for each in menu.actions() if each.text() == "z: truncation")
        QTimer.singleShot(0, lambda: qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center()))

    QTimer.singleShot(0, choose)
    qtbot.mouseClick(rows.add, LEFT)
    qtbot.waitUntil(lambda: TRUNCATION in rows.rows, timeout=5_000)
    assert keys_of(line(window), TRUNCATION) == (NumberKey(0.0, 1.0, "smooth"),)
    row = rows.rows[TRUNCATION]
    QApplication.processEvents()
    qtbot.mouseDClick(row, LEFT, pos=at(row, 2.0))
    before = window.session.undo_stack.count()
    rows.value.setValue(0.5)
    rows.value.setValue(0.0)
    assert window.session.undo_stack.count() == before + 1  # one gesture
    assert [key.value for key in keys_of(line(window), TRUNCATION)] == [1.0, 0.0]
    space = window.session.space
    latent = space.first(Latent)
    assert not latent.row(line(window).at(2.5, space).value(latent), space).any()
    sheet = painted(lambda: window.timeline.panel.player.seek(2.5))
    assert not sheet.frame.points.arrays["z"].any()
    qtbot.keyClick(row, Qt.Key.Key_Up)
    assert keys_of(line(window), TRUNCATION)[1].value == pytest.approx(0.04)
    strip = rows.strip

    def whole():
        shown = [each for each in (rows.add, rows.time, rows.value, rows.take, rows.shape) if each.isVisible()]
        inside = all(strip.rect().contains(each.mapTo(strip, each.rect().bottomRight())) for each in shown)
        return inside and window.rect().contains(strip.mapTo(window, strip.rect().bottomRight()))

    qtbot.waitUntil(whole, timeout=5_000)


def test_a_key_stops_at_the_ends_of_what_a_number_can_be(panel, rows, qtbot):
    strength = Track("unit edits", "strength")
    rows.begin(strength)
    row = rows.rows[strength]
    for number, kept in ((-1.0, 0.0), (20.0, 10.0)):
        rows.value.setValue(number)
        qtbot.keyClick(row, Qt.Key.Key_Up if number > 0 else Qt.Key.Key_Down)
        assert keys_of(line(panel), strength)[0].value == kept


def test_keys_of_a_row_by_keyboard(panel, rows, qtbot):
    row = rows.rows[Z]
    row.setFocus()
    row.choose(0)
    qtbot.keyClick(row, Qt.Key.Key_Right)
    assert panel.player.time == 1.0
    qtbot.keyClick(row, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert times(panel, Z) == [0.0, 1.1, 2.0, 3.0]
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert times(panel, Z) == [0.0, 2.0, 3.0]
    panel.player.seek(0.5)
    qtbot.keyClick(row, Qt.Key.Key_Insert)
    assert times(panel, Z) == [0.0, 0.5, 2.0, 3.0]


def test_the_menus_of_a_row(panel, rows):
    panel = panel

    def pick(track, place, *words, time=0.0):
        menu = track_menu(rows.rows[track], panel.editing, track, place, time)
        found = menu
        for word in words:
            action = next(each for each in found.actions() if each.text() == word)
            found = action.menu() or found
        action.trigger()
        menu.deleteLater()

    pick(Z, 1, "Easing to the next key", "Slow start")
    pick(Z, 1, "Way to the next key", "Without a stop (spline)")
    assert (keys_of(line(panel), Z)[1].easing.x1, keys_of(line(panel), Z)[1].way) == (0.42, "spline")
    assert keys_of(line(panel), CLASS)[1].easing == "linear"
    pick(CLASS, 1, "Delete")
    assert times(panel, CLASS) == [0.0, 2.0, 3.0]
    pick(CLASS, -1, "Add a key here", time=0.5)
    assert times(panel, CLASS) == [0.0, 0.5, 2.0, 3.0]
    rows.begin(TRUNCATION)
    pick(TRUNCATION, -1, "Remove this track")
    assert not keys_of(line(panel), TRUNCATION)


def test_the_current_points_style_goes_to_one_track_only(panel, rows, qtbot):
    row = rows.rows[Z]
    qtbot.mouseClick(row, LEFT, pos=at(row, 2.0))
    panel.session.edit_point("go", with_seed(panel.session.point, 99))
    qtbot.mouseClick(rows.take, LEFT)
    assert keys_of(line(panel), Z)[2].value.seed == 99
    assert np.argmax(keys_of(line(panel), CLASS)[2].value.weights) == 3


def test_many_rows_scroll_and_stay_below_the_ruler(panel, rows, qtbot):
    for number in ("truncation", "coordinate 3"):
        rows.begin(Track("z", number))
    track = panel.track
    qtbot.waitUntil(lambda: rows.rows[Z].width() < track.width(), timeout=5_000)  # there is a scroll bar
    for time in (0.0, 1.5, 3.0):
        assert rows.rows[Z].scale.x(time) == pytest.approx(track.scale.x(time))
    rows.rows[CLASS].setFocus()
    rows.rows[CLASS].chosen.emit(0)
    qtbot.waitUntil(lambda: not rows.rows[CLASS].visibleRegion().isEmpty(), timeout=5_000)


def test_a_key_that_is_chosen_closes_the_text(panel, rows, qtbot):
    texts = panel.texts
    texts.add("caption")
    assert texts.editor.isVisible()
    qtbot.mouseClick(rows.rows[Z], LEFT, pos=at(rows.rows[Z], 2.0))
    assert not texts.editor.isVisible()
    assert line(panel).marks
