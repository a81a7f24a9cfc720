"""The directions panel: sliders, locks, undo, sessions."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from recipes import z

from zscape.app.state.locked_directions import LockedDirections
from zscape.app.state.session_file import SessionFile, from_json, to_json
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.latent import Latent

WIDE = Direction("wide", "z", (2.0, 1.0, *(0.0,) * 10))
TALL = Direction("tall", "z", (0.0, 1.0, *(0.0,) * 10))


@pytest.fixture
def panel(window, qtbot):
    assert window.docks["directions"].isHidden(), "the model knows none"
    window.opener.use_directions([WIDE, TALL])
    panel = window.panels["directions"]
    qtbot.waitUntil(lambda: panel.rows.row(0) is not None)
    return panel


def latent_row(window):
    latent = window.session.space.first(Latent)
    return latent.row(window.session.point.value(latent), window.session.space)


def test_a_slider_moves_the_picture_and_undo_takes_it_back(window, panel, painted, qtbot):
    assert not window.docks["directions"].isHidden()
    before = painted(lambda: window.session.scene_changed.emit()).frame.images.copy()
    panel.rows.row(0).slider.setFocus()
    sheet = painted(lambda: [QTest.keyClick(panel.rows.row(0).slider, Qt.Key.Key_Right) for _ in range(20)])
    assert dict(z(window.session.point).moves) == {"wide": pytest.approx(1.0)}
    qtbot.waitUntil(lambda: not np.array_equal(sheet.frame.images, before))
    qtbot.waitUntil(panel.reset_button.isEnabled)
    window.actions_by_name["undo"].trigger()
    assert z(window.session.point).moves == (), "one burst of keys is one step"
    assert "wide" in panel.rows.row(0).slider.accessibleName()


def test_what_is_locked_stays(window, panel, qtbot):
    start = latent_row(window)
    action = next(each for each in panel.menu.actions() if each.text() == "tall")
    action.trigger()
    assert panel.locked == ("tall",)
    qtbot.waitUntil(lambda: panel.lock.text() == "1 locked")
    panel.rows.valueChanged.emit(0, 2.0)
    np.testing.assert_allclose((latent_row(window) - start)[:3], [4, 0, 0], atol=1e-5)
    panel.rows.valueChanged.emit(0, 0.0)
    assert z(window.session.point).moves == ()
    action.trigger()
    panel.rows.valueChanged.emit(0, 2.0)
    np.testing.assert_allclose((latent_row(window) - start)[:3], [4, 2, 0], atol=1e-5)
    qtbot.waitUntil(panel.reset_button.isEnabled)
    qtbot.mouseClick(panel.reset_button, Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(latent_row(window), start)


def test_locks_are_part_of_the_session(window, panel):
    panel.toggle_lock("wide")
    saved = from_json(to_json(SessionFile(scene=window.session.scene)), "here")
    assert saved.scene.view(LockedDirections).names == ("wide",)
    window.session.undo_stack.undo()
    assert panel.locked == ()


def test_a_moved_point_is_there_again_when_its_session_is_opened(window, panel):
    panel.rows.valueChanged.emit(0, 1.5)
    moved = window.session.scene
    window.actions_by_name["undo"].trigger()
    window.session.restore(moved, window.session.kind)
    assert dict(z(window.session.point).moves) == {"wide": 1.5}
