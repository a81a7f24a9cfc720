"""Scenes of several kinds of model: all are saved, all come back, and none is cut to fit a model of another kind."""

from dataclasses import replace

import pytest
from stage import small_model, write_model

from zscape.app.state.scene import Scene
from zscape.app.state.session import Kind, Session
from zscape.app.state.session_file import KindScene, SessionFile, load, save
from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow
from zscape.app.window.opening import LAST
from zscape.models.inputs.recipe import Recipe

SMALL = Recipe(seeds=(), latent=(0.5,) * 8)
"""A point of small_model's kind, 8 coordinates and 10 classes."""
TINY = Recipe(seeds=(), latent=(0.25,) * 12)
"""A point of tiny_model's kind, 12 coordinates and 10 classes."""


@pytest.fixture
def start(qtbot, home):
    """start(model, session): a window that has drawn its first picture."""
    opened = []

    def begin(model="", session=None):
        window = MainWindow(Settings(home), model=str(model), session=session)
        opened.append(window)
        with qtbot.waitSignals([window.first_imaged, window.completed], timeout=30_000):
            window.show()
        return window

    yield begin
    for window in opened:
        window.close()
        window.deleteLater()


def change_model(qtbot, window, path):
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.opener.open_model(path)


def test_a_restart_brings_back_the_work_of_every_kind_of_model(start, qtbot, tmp_path, tiny_model):
    small = write_model(tmp_path / "small.safetensors")
    window = start(tiny_model)
    window.session.keep(TINY)
    change_model(qtbot, window, small)
    window.session.keep(SMALL)
    window.close()

    again = start()
    assert again.session.kind[:2] == (8, 10)
    assert again.session.scene.shelf == (SMALL,)
    assert not again.session.undo_group.canUndo()
    change_model(qtbot, again, tiny_model)
    assert again.session.scene.shelf == (TINY,)
    assert not again.session.undo_group.canUndo()


def test_starting_with_a_model_of_another_kind_cuts_nothing(start, qtbot, tmp_path, tiny_model):
    window = start(tiny_model)
    window.session.keep(TINY)
    window.close()
    small = write_model(tmp_path / "small.safetensors")
    other = start(small)
    assert other.session.scene.shelf == ()
    other.close()
    again = start(tiny_model)
    assert again.session.scene.shelf == (TINY,)


def test_starting_with_a_session_keeps_the_last_one_a_step_of_undo_away(start, qtbot, home, tmp_path, tiny_model):
    last = SessionFile(z_size=12, classes=10, scene=Scene(shelf=(TINY,)), others=(KindScene(8, 10, Scene(shelf=(SMALL,))),))
    home.mkdir(parents=True, exist_ok=True)
    save(home / LAST, last)
    save(tmp_path / "s.zscape.json", replace(last, view="image", scene=Scene(columns=4), others=()))
    window = start(tiny_model, tmp_path / "s.zscape.json")
    assert window.session.scene == Scene(columns=4)
    window.session.undo_group.undo()
    assert window.session.scene.shelf == (TINY,)
    window.close()
    assert [(other.z_size, other.scene.shelf) for other in load(home / LAST).others] == [(8, (SMALL,))]


def test_a_saved_session_holds_every_kind_and_opening_it_can_be_undone(window, qtbot, tmp_path):
    session, path = window.session, tmp_path / "s.zscape.json"
    session.keep(TINY)
    with qtbot.waitSignal(session.model_changed):
        window.renderer.adopt(small_model())
    session.keep(SMALL)
    window.opener.save_session(path)
    assert window.opener.snapshot().others == ()  # a picture that is exported holds only what it shows
    session.edit("clear", shelf=())
    window.opener.open_session(path)
    assert session.scene.shelf == (SMALL,)
    session.undo_group.undo()
    assert session.scene.shelf == ()


def test_a_session_of_a_kind_that_is_not_open_waits_whole(window, tmp_path, qtbot):
    scene = window.session.scene
    save(tmp_path / "s.json", SessionFile(model="gone", view="image", z_size=8, classes=10, scene=Scene(shelf=(SMALL,))))
    window.opener.open_session(tmp_path / "s.json")
    assert "gone" in window.message_bar.label.text()
    assert "8 coordinates and 10 classes" in window.message_bar.label.text()
    assert window.session.scene == scene
    with qtbot.waitSignal(window.session.model_changed):
        window.renderer.adopt(small_model())
    assert window.session.scene.shelf == (SMALL,)
    window.session.undo_group.undo()
    assert window.session.scene.shelf == ()


def test_scenes_of_other_kinds_change_unseen_each_with_an_undo_of_its_own(qapp):
    session, shown = Session(), []
    session.adopt(small_model())
    session.scene_changed.connect(lambda: shown.append(session.scene))
    session.restore(Scene(columns=3), Kind(8, 10), {Kind(12, 10): Scene(shelf=(TINY, SMALL))})
    assert shown == [Scene(columns=3)]
    assert session.others == {Kind(12, 10): Scene(shelf=(TINY,))}  # what its kind cannot draw is no part of it
    session.undo_group.undo()
    assert session.scene == Scene()
    assert session.others == {Kind(12, 10): Scene(shelf=(TINY,))}


def test_before_a_model_is_open_the_scene_of_a_session_is_shown(qapp):
    session = Session()
    session.restore(Scene(shelf=(TINY,)), Kind(12, 10))
    assert session.scene.shelf == (TINY,)
    session.adopt(small_model())
    assert session.scene.shelf == ()
    assert session.others == {Kind(12, 10): Scene(shelf=(TINY,))}
