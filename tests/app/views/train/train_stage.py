"""A short run for the train view, waiting for the view, and simulated input on it."""

from PySide6.QtCore import Qt

from zscape.app.work.training_run import GeneratorRequest
from zscape.models.files.library import trained_folder

SETTINGS = {
    "name": "little",
    "family": "dcgan",
    "model": {"z_size": 8, "hidden": 16, "generator_maps": [4, 4], "discriminator_maps": [4, 4]},
    "batch": 8,
    "publish_seconds": 1e-6,
}


def known(qtbot, view):
    """Wait until the data has been examined."""
    qtbot.waitUntil(lambda: view.setup.look.found is not None or bool(view.setup.look.error), timeout=20_000)


def choose(qtbot, box, words):
    """Choose an entry by keyboard, as a user does."""
    box.setFocus()
    row = box.findText(words)
    assert row >= 0
    while box.currentIndex() != row:
        qtbot.keyClick(box, Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up)


def run_request(data, steps=4, **changes):
    return GeneratorRequest({**SETTINGS, "steps": steps}, trained_folder() / "little", data, "cpu", **changes)


def ended(qtbot, view):
    qtbot.waitUntil(lambda: view.job is None, timeout=60_000)
