"""Fixtures for every test: a separate home, no display, and a check of what is left behind."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import shutil
import tempfile
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded; tests of a real window start separate processes

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, however busy the machine is; of the usual 100, the second half would find nothing new.
settings.register_profile("suite", max_examples=50, derandomize=True, deadline=None, suppress_health_check=[*HealthCheck])
settings.load_profile("suite")

OURS = ("renderer", "job:", "autosave", "control")
"""The prefixes of the names of Zscape's own threads."""
KEPT = ("zscape-tiles-", "torchinductor_")
"""The prefixes of temporary folders that may stay: that of dragged tiles until the program ends, and one that torch's compiler
makes once for all programs of a user when a part of torch loads it."""


def pytest_collection_finish():
    """Exclude imported objects from garbage collection, because they stay until the end.

    Loggers of torch are set to propagate, as others do; otherwise pytest adds a handler to each of the 42, six times per test.
    """
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("torch") and isinstance(logger, logging.Logger):
            logger.propagate = True
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 20)


def pytest_configure(config):
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")  # a warning of the offscreen platform


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A separate folder for settings, sessions and models."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ZSCAPE_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def calm(monkeypatch, request):
    """Turn off what the window does by itself after a while; a test that needs it starts it.

    A single fixture, because each further one would add a second to the whole suite.
    """
    import sys

    if "PySide6" in sys.modules:
        from zscape.app.views.map.maker import MapMaker
        from zscape.app.window.models.model_choice import ModelChoice
        from zscape.app.window.startup import first_look, last_picture
        from zscape.app.window.status.status_bar import StatusBar
        from zscape.app.work.directions.direction_finder import DirectionFinder
        from zscape.app.work.playing.player import Player
        from zscape.app.work.playing.sound_playback import SoundPlayback
        from zscape.app.work.rendering.renderer import Renderer

        # Whether drafts or drawing ahead are used depends on the machine: tests draw exactly, and play without waiting.
        monkeypatch.setattr(Player, "prepares", False)
        monkeypatch.setattr(Renderer, "may_draft", False)
        monkeypatch.setattr(StatusBar, "short", 0)  # jobs are shown as soon as they start
        monkeypatch.setattr(DirectionFinder, "by_itself", False)
        monkeypatch.setattr(MapMaker, "by_itself", False)
        monkeypatch.setattr(ModelChoice, "by_itself", False)
        monkeypatch.setattr(SoundPlayback, "open_output", staticmethod(no_sound))  # no test makes a sound, on any machine
        if request.node.get_closest_marker("seen") is None:
            # A closing window saves no picture of itself; saving it would take longer than most tests.
            monkeypatch.setattr(first_look, "keep", lambda *_: None)
            monkeypatch.setattr(last_picture, "keep", lambda *_: None)


def no_sound():
    from zscape.models.errors import ZscapeError

    raise ZscapeError("this system has no sound output")


@pytest.fixture(autouse=True)
def unsynced(monkeypatch):
    """Skip fsync: no test needs the files to survive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(scope="session", autouse=True)
def quick():
    """Replace slow parts of the program that most tests are not about. Tests of these parts restore the real ones.

    The duration of a training step is not measured; otherwise every window with the train view would train. Jobs keep their
    priority, because low-priority jobs hardly run while tests run in parallel. The averaged generator of a toy run is measured
    on few batches, because the usual number would take longer than its training, and shown as often as it asks for.
    """
    import sys

    if "torch" not in sys.modules:
        yield
        return
    from zscape.models.progress import Progress
    from zscape.models.training import train, trainer, trial
    from zscape.models.training.run import priority

    def pace(*_):
        yield Progress(0, 0, "Trying")
        return trial.Pace(0.5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "try_generator", pace)
        patch.setattr(trial, "try_encoder", pace)
        patch.setattr(priority, "lower_priority", lambda: None)
        patch.setattr(train, "FINAL_BATCHES", 2)
        patch.setattr(trainer, "SHARE", 1.0)
        yield


@pytest.fixture(autouse=True)
def mouse_elsewhere():
    """Start with the mouse below every window and no button pressed, wherever the previous test has left it."""
    import sys

    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QCursor
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication, QWidget

        if QApplication.instance() is not None:
            if QApplication.mouseButtons() != Qt.MouseButton.NoButton:  # a drag that ended by Escape
                place = QWidget()
                place.show()
                QTest.mouseRelease(place, Qt.MouseButton.LeftButton)
            QCursor.setPos(QApplication.primaryScreen().geometry().bottomLeft())


@pytest.fixture(scope="session", autouse=True)
def temporary(tmp_path_factory):
    """Give the tests, and the processes that they start, an empty folder as the system's folder for temporary files."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def nothing_left_behind(temporary):
    """Fail a test that leaves a thread or a process running, a window open, or a temporary file."""
    yield
    files = [path for path in sorted(temporary.iterdir()) if not path.name.startswith(KEPT)]
    for path in files:
        shutil.rmtree(path) if path.is_dir() else path.unlink()  # so that the next test does not fail for what this one left
    assert not files, f"left in the temporary folder: {[path.name for path in files]}"
    processes = multiprocessing.active_children()
    assert not processes, f"processes still run: {processes}"
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith(OURS)]
    assert not left, f"threads still run: {left}"
    widgets = _open_windows()
    for widget in widgets:
        widget.close()
    assert not widgets, f"windows are still open: {widgets}"


def _open_windows():
    import sys

    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory) -> Path:
    """The file of a small untrained model with every possible part: z of 12 with one named coordinate, ten classes, 28x28."""
    import torch
    from recipes import inputs

    from zscape.models.families import FAMILIES
    from zscape.models.files.checkpoint import Model, save_model
    from zscape.models.files.spec import Spec

    family = FAMILIES["dcgan"]
    config = family.config(z_size=12, hidden=16, generator_maps=(8, 4), discriminator_maps=(4, 4))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator, encoder = family.generator(config), family.encoder(config)
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(8)  # so that pictures differ visibly
    spec = Spec("tiny", "dcgan", asdict(config), inputs(12), config.image_shape, data="noise", step=7, coordinates={"slant": 3})
    path = tmp_path_factory.mktemp("models") / "tiny.safetensors"
    save_model(path, Model(spec, generator.eval(), encoder.eval()))
    return path


@pytest.fixture(scope="session")
def qapp(qapp):
    """Qt's application with the program's style, so that sizes and colours do not depend on which test runs first.

    The clipboard is emptied at the end: off screen, Qt would delete what a test has copied when Python has ended, and crash.
    """
    from zscape.app.widgets import theme

    theme.set_up(qapp)
    theme.apply("light")
    yield qapp
    qapp.clipboard().clear()


@pytest.fixture
def start(qtbot, home):
    """start(model, session, size): opens a window that has drawn its first picture; all are closed at the end."""
    from contextlib import ExitStack

    from windows import open_window

    with ExitStack() as opened:
        yield lambda model="", session=None, size=None: opened.enter_context(open_window(qtbot, home, model, size, session))


@pytest.fixture
def window(qtbot, home, tiny_model):
    """The real window with its first picture drawn."""
    from windows import open_window

    with open_window(qtbot, home, tiny_model, (1280, 720)) as window:  # larger than the offscreen platform's screen
        yield window


@pytest.fixture
def painted(qtbot, window):
    """painted(action): run `action` and wait until the current view's sheet has painted a complete frame requested after it."""
    import time

    from zscape.app.widgets.pictures.sheet import Sheet

    def wait(action):
        asked = time.perf_counter()
        sheets = window.views[window.current_view].findChildren(Sheet)
        action()
        qtbot.waitUntil(lambda: any(sheet.frame and sheet.frame.asked >= asked for sheet in sheets), timeout=10_000)
        qtbot.waitUntil(lambda: not any(sheet.unpainted for sheet in sheets if sheet.isVisible()), timeout=10_000)
        return next(sheet for sheet in sheets if sheet.frame and sheet.frame.asked >= asked)

    return wait
