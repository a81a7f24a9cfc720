"""A film of two models side by side, by mouse; both sides move even if the machine is too slow for every frame."""

import threading
import time

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from recipes import recipe
from run_models import tiny, write_run
from stage import give_model, open_context, show, small_model

from zscape.app.views.compare.state import CompareState
from zscape.app.views.compare.view import CompareView
from zscape.app.window.export.dialog import ExportDialog
from zscape.app.work import other_model
from zscape.models.files.checkpoint import save_model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.timeline.ready_made import round_the_classes

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def gate(monkeypatch):
    """An event that must be set before models to compare with are loaded."""
    opened, load = threading.Event(), other_model.load_whole
    monkeypatch.setattr(other_model, "load_whole", lambda path: opened.wait(20) and load(path))
    yield opened
    opened.set()


@pytest.fixture
def asked(window, qtbot, tmp_path):
    """The window in Compare with a timeline of one second and no second model yet; returns the file of one."""
    window.settings.keep_folder(tmp_path / "x")
    window.show_view("compare")
    session = window.session
    session.edit_timeline("make", round_the_classes(session.point, session.space, 1.0))
    path = tmp_path / "second.safetensors"
    save_model(path, small_model())
    return path


def dialog_of(window):
    return next((each for each in window.findChildren(ExportDialog) if each.isVisible()), None)


def frames_of(path):
    if path.suffix == ".mp4":
        with av.open(str(path)) as read:
            return np.array([frame.to_ndarray(format="rgb24") for frame in read.decode(video=0)])
    with Image.open(path) as read:
        return np.array([(read.seek(place), np.asarray(read.convert("RGB")))[1] for place in range(read.n_frames)])


def settled(qtbot, view):
    qtbot.waitUntil(lambda: not view.busy and view.sheet.frame is not None, timeout=10_000)


@pytest.mark.timeout(120)
def test_both_sides_are_in_the_film_and_move(window, qtbot, asked):
    view = window.views["compare"]
    view.chooser.chosen.emit(str(asked))
    settled(qtbot, view)
    for form in ("MP4", "GIF"):
        qtbot.mouseClick(window.timeline.panel.film, LEFT)
        dialog = dialog_of(window)
        dialog.film.format.setCurrentText(form)
        dialog.scale.setValue(2)
        path = dialog.chosen
        with qtbot.waitSignal(window.context.exports.ended, timeout=60_000):
            qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save), LEFT)
        frames = frames_of(path).astype(int)
        assert len(frames) == 25
        left, right, apart = np.split(frames, 3, axis=2)
        for side in (left, right, apart):
            assert np.abs(np.diff(side, axis=0)).mean() > 0.1, form
        assert np.abs(left - right).mean() > 1, form


def test_no_film_is_made_of_one_side_while_the_other_is_loading_or_cannot_be_read(window, qtbot, asked, gate):
    lines, view = [], window.views["compare"]
    window.session.message.connect(lambda line, wrong: lines.append((line, wrong)))
    view.chooser.chosen.emit(str(asked))
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    assert dialog_of(window) is None
    assert lines[-1] == ("second is still being loaded: export once it is on the right.", True)
    gate.set()
    settled(qtbot, view)
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    assert dialog_of(window) is not None
    dialog_of(window).reject()
    broken = asked.with_name("broken.safetensors")
    broken.write_bytes(b"no model")
    view.chooser.chosen.emit(str(broken))
    settled(qtbot, view)
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    assert dialog_of(window) is None
    assert lines[-1][1]
    assert lines[-1][0] == view.second.words
    assert "broken.safetensors" in lines[-1][0]


@pytest.fixture
def view(qtbot, tmp_path):
    with open_context(tmp_path / "settings") as context:
        view = show(qtbot, CompareView(context))
        give_model(qtbot, context, tiny(300, 1.0))
        yield view


def test_returning_to_the_view_does_not_reload_a_loading_model(qtbot, view, tmp_path, gate, monkeypatch):
    loaded, load = [], other_model.load_whole
    monkeypatch.setattr(other_model, "load_whole", lambda path: loaded.append(path) or load(path))
    path = tmp_path / "second.safetensors"
    save_model(path, tiny(1, -1.0))
    view.chooser.chosen.emit(str(path))
    qtbot.waitUntil(lambda: len(loaded) == 1)
    view.hide()
    view.show()
    gate.set()
    settled(qtbot, view)
    assert loaded == [path]


@pytest.fixture
def slow(monkeypatch):
    """(call to start blocking, semaphore that lets one sheet be drawn for each release, list of the drawings begun)."""
    permits, draw, begun = threading.Semaphore(0), GeneratorRunner.draw, []

    def wait(*given):
        begun.append(given)
        permits.acquire(timeout=20)
        return draw(*given)

    def begin():
        monkeypatch.setattr(GeneratorRunner, "draw", wait)

    yield begin, permits, begun
    monkeypatch.undo()
    permits.release(1000)


def test_the_difference_keeps_up_when_requests_outpace_drawing(qtbot, view, tmp_path, slow):
    view.session.edit_view("choose", CompareState(str(write_run(tmp_path / "my-run"))))
    settled(qtbot, view)
    qtbot.waitUntil(lambda: view.other.ready == 3)
    begin, permits, begun = slow
    drawn, seen = [], []
    view.context.renderer.frame_ready.connect(drawn.append)
    view.apart.painted.connect(seen.append)
    begin()
    for number in range(1, 13):
        view.session.edit_point("move", recipe(seeds=((number, 1.0),)))
        qtbot.waitUntil(lambda number=number: len(begun) >= number)
        view.session.edit_point("move", recipe(seeds=((100 + number, 1.0),)))
        permits.release()
        qtbot.waitUntil(lambda number=number: len(drawn) >= number)
    shown = [frame.sweep for frame in seen]
    assert len(set(map(repr, shown))) >= 3
    permits.release(1000)
    settled(qtbot, view)
    qtbot.waitUntil(lambda: view.apart.frame.sweep == view.sheet.frame.sweep == view.second.frame.sweep)


def test_only_the_last_of_many_slider_moves_is_shown(qtbot, view, tmp_path, slow):
    view.session.edit_view("choose", CompareState(str(write_run(tmp_path / "my-run"))))
    settled(qtbot, view)
    qtbot.waitUntil(lambda: view.other.ready == 3 and not view.context.renderer.busy)
    begin, permits, _ = slow
    seen = []
    view.second.painted.connect(seen.append)
    begin()
    began = time.perf_counter()  # a frame from before may still be on its way
    for number in range(40):
        view.session.edit_view("slide", CompareState(view.state.second, step=100 * (1 + number % 3)))
    permits.release()
    qtbot.waitUntil(lambda: len([frame for frame in seen if frame.asked > began]) == 1)
