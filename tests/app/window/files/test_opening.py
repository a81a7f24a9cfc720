"""A session that waits for its model gets that one, whatever else is loaded or fails meanwhile."""

import json

import numpy as np
import pytest
from PIL import Image
from recipes import columns_of, kind, scene
from stage import small_model, write_model

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import save
from zscape.app.work.rendering.render_requests import Failure, Opened
from zscape.models.errors import ZscapeError
from zscape.models.files.library import trained_folder
from zscape.models.media.npz import save_arrays


@pytest.fixture
def own(home):
    """The file of the model with which the session was made."""
    return write_model(trained_folder() / "own" / "model.safetensors")


@pytest.fixture
def saved(own, tmp_path):
    """The file of a session made with `own`, which is not the window's model."""
    path = tmp_path / "s.zscape.json"
    save(path, SessionFile("own", "image", kind(8, 10), scene(columns=4)))
    return path


def test_what_a_run_publishes_does_not_take_the_session(window, qtbot, own, saved):
    before = columns_of(window.session.scene)
    window.opener.open_session(saved)
    window.renderer.model_ready.emit(Opened(0, small_model(seed=1), None, "cpu"))
    assert columns_of(window.session.scene) == before
    assert window.current_view == "class-sweep"
    qtbot.waitUntil(lambda: columns_of(window.session.scene) == 4, timeout=10_000)
    assert window.renderer.opened.path == own
    assert window.current_view == "image"


def test_a_publication_does_not_prevent_restoring_a_session(window, qtbot, saved):
    published, models = small_model(seed=1), []
    window.session.model_changed.connect(lambda: models.append(window.session.model))
    window.opener.open_session(saved)
    window.renderer.adopt(published)
    qtbot.waitUntil(lambda: window.session.model is published, timeout=10_000)
    assert len(models) == 2
    assert columns_of(window.session.scene) == 4


def test_a_failure_of_something_else_does_not_drop_the_session(window, qtbot, saved, tmp_path):
    """Of drawing, of loading another file, of an action of the user."""
    window.opener.open_session(saved)
    for failure in (Failure(None, "A sheet could not be drawn."), Failure(0, "Another file is damaged.")):
        window.renderer.failed.emit(failure)
    window.opener.attempt(lambda: window.opener.open_file(tmp_path / "gone"))
    qtbot.waitUntil(lambda: columns_of(window.session.scene) == 4, timeout=10_000)


def test_another_device_does_not_drop_the_session(window, qtbot, own, saved):
    window.opener.open_session(saved)
    window.opener.use_device("cpu")
    qtbot.waitUntil(lambda: columns_of(window.session.scene) == 4, timeout=10_000)
    assert window.renderer.opened.path == own


def test_a_session_whose_model_cannot_be_read_is_given_up(window, qtbot, own, saved):
    own.write_bytes(own.read_bytes()[:-100] + b"\xff" * 100)  # NaN, which is noticed only when all of the file is read
    before = window.session.scene
    window.opener.open_session(saved)
    qtbot.waitUntil(window.message_bar.isVisible, timeout=10_000)
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.renderer.adopt(small_model())
    assert columns_of(window.session.scene) == columns_of(before)


def test_a_notice_of_the_renderer_is_no_error_and_the_device_can_change(window, qtbot, tiny_model):
    window.renderer.notice.emit("The memory is full: drawing 8 images at a time.")
    assert "memory" in window.status.currentMessage()
    assert not window.message_bar.isVisible()
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.opener.use_device("cpu")
    assert window.renderer.opened.path == tiny_model


def test_a_map_of_another_model_changes_nothing(window, tmp_path):
    about = {
        "format": 1,
        "model": "other",
        "sha256": "x",
        "origin": {"source": "generated"},
        "method": "pca",
        "likeness": "pixels",
    }
    arrays = {name: np.zeros(1) for name in ("positions", "images", "labels", "class_names", "attributes", "attribute_names")}
    save_arrays(tmp_path / "m.npz", about=np.array(json.dumps({**about, "finds": "", "digest": ""})), **arrays)
    shown, steps = window.current_view, window.session.undo_stack.count()
    with pytest.raises(ZscapeError, match="of the model other, not of tiny"):
        window.opener.open_file(tmp_path / "m.npz")
    assert (window.current_view, window.session.undo_stack.count()) == (shown, steps)


def test_what_is_saved_is_not_proposed_among_zscapes_own_models(window, qtbot, tmp_path):
    """Trained models are in a hidden folder, where a saved film would not be found."""
    window.settings.keep_folder(tmp_path / "a.png")
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.opener.open_file(write_model(trained_folder() / "mine" / "model.safetensors"))
    assert window.settings.recent()[0] == trained_folder() / "mine" / "model.safetensors"
    assert window.settings.last_folder() == tmp_path


def test_only_files_that_could_be_read_are_recent(window, qtbot, tmp_path):
    view, steps = window.current_view, window.session.undo_stack.count()
    (tmp_path / "words.txt").write_text("words")
    with pytest.raises(ZscapeError, match="not a kind of file"):
        window.opener.open_file(tmp_path / "words.txt")
    assert (window.current_view, window.session.undo_stack.count()) == (view, steps)
    whole = tmp_path / "whole.png"
    Image.effect_noise((64, 64), 80).save(whole)
    (tmp_path / "cut.png").write_bytes(whole.read_bytes()[:2000])
    for name in ("restyle", "paint"):
        window.show_view(name)
        with qtbot.waitSignal(window.session.message, timeout=20_000) as told:
            window.opener.open_file(tmp_path / "cut.png")
        assert "damaged" in told.args[0]
        assert tmp_path / "cut.png" not in window.settings.recent()
        again = whole.rename(tmp_path / f"{name}.png")
        window.opener.open_file(again)
        qtbot.waitUntil(lambda again=again: again in window.settings.recent(), timeout=20_000)
        whole = again
