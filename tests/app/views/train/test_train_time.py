"""Choosing how long a run may take instead of its steps."""

import pytest
from PySide6.QtCore import Qt

from zscape.app.views.train.estimate import between
from zscape.models.progress import Progress
from zscape.models.training.trial import Pace

pytestmark = pytest.mark.usefixtures("tried")


def pick_time(view, words):
    box = view.setup.form.time
    box.setCurrentIndex(next(k for k in range(box.count()) if words in box.itemText(k)))


def test_a_time_sets_the_steps_until_steps_are_typed(qtbot, view):
    form = view.setup.form
    usual = form.steps.value()
    pick_time(view, "about 3 minutes")
    qtbot.waitUntil(lambda: form.steps.value() == 360)  # half a second for each step
    assert view.setup.request().overrides["steps"] == 360
    assert "3 to 4 min" in view.setup.note.text()
    pick_time(view, "about 10 minutes")
    assert form.steps.value() == 1200
    pick_time(view, "As proposed")
    assert form.steps.value() == usual
    pick_time(view, "about 10 minutes")
    qtbot.waitUntil(lambda: form.steps.value() == 1200)
    form.steps.selectAll()
    qtbot.keyClicks(form.steps, "777")
    qtbot.keyClick(form.steps, Qt.Key.Key_Return)
    assert form.time.currentText() == "As set below"
    assert view.setup.request().overrides["steps"] == 777
    pick_time(view, "about 3 minutes")
    assert form.steps.value() == 360
    view.setup.encoder.click()
    pick_time(view, "about 3 minutes")
    qtbot.waitUntil(lambda: view.setup.form.steps.value() == 90)


def test_with_a_time_it_starts_once_the_steps_are_known(qtbot, view, monkeypatch):
    go = []

    def slow(config, sample, device):
        while not go:
            yield Progress(0, 0, "Trying")
        return Pace(0.25)

    monkeypatch.setattr("zscape.models.training.trial.try_generator", slow)
    pick_time(view, "about 3 minutes")
    view.setup.form.colours.setCurrentIndex(1)  # another network, not measured yet
    view.setup.form.preset.setCurrentText("colour-32-dcgan")
    assert not view.setup.start.isEnabled()
    assert "Measuring" in view.setup.start.toolTip()
    go.append(True)
    qtbot.waitUntil(view.setup.start.isEnabled, timeout=20_000)
    assert view.setup.form.steps.value() == 720


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "20 to 30 s"),
        (80, "80 s to 2 min"),
        (600, "10 to 15 min"),
        (4000, "1 h 07 min to 1 h 40 min"),
        (62_400, "17 to 26 h"),
    ],
)
def test_how_long_it_takes_is_a_range(seconds, words):
    assert between(seconds) == words
