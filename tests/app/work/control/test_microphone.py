"""A microphone moves numbers: here, FFmpeg generates the sound that it would record."""

import pytest
from PySide6.QtCore import QPoint, Qt
from recipes import z

from zscape.app.window.live_performance.control_page import ControlPage
from zscape.app.work.control import microphone as module
from zscape.app.work.control.microphone import MicrophoneIn
from zscape.app.work.control.remote import Remote
from zscape.models.errors import ZscapeError

LEFT = Qt.MouseButton.LeftButton
LOW_TONE = (("lavfi", "sine=frequency=100:sample_rate=48000,volume=4,arealtime"),)
TRUNCATION = "/zscape/z/truncation"


@pytest.fixture
def page(window, qtbot):
    vars(window.live_tools)["remote"] = Remote(window.context, {}, window.live_tools, microphone=MicrophoneIn(devices=LOW_TONE))
    window.actions_by_name["control"].trigger()
    page = window.findChild(ControlPage)
    with qtbot.waitExposed(page):
        pass
    yield page
    window.live_tools.remote.stop()
    page.close()


def click(qtbot, switch):
    qtbot.mouseClick(switch, LEFT, pos=QPoint(8, switch.height() // 2))


def test_a_number_follows_what_is_heard_until_it_is_switched_off(window, page, qtbot):
    click(qtbot, page.sound)
    assert page.sound.isChecked()
    assert page.remote.microphone.on
    page.list.setCurrentItem(page.list.topLevelItem([*page.remote.addresses].index(TRUNCATION)))
    page.curve.setFocus()
    qtbot.keyClick(page.curve, Qt.Key.Key_Down)
    assert page.curve.currentText() == "bass"
    qtbot.mouseClick(page.follow, LEFT)
    assert page.remote.controllers.path("sound bass") == TRUNCATION
    qtbot.waitUntil(lambda: z(window.session.point).truncation > 1.9, timeout=10_000)
    steps = window.session.undo_stack.count()
    click(qtbot, page.sound)
    assert not page.remote.microphone.on
    window.session.undo_stack.undo()
    assert z(window.session.point).truncation == 1.0
    assert steps == 1  # all its movements are one undo step


def test_learn_ignores_sound(window, page, qtbot):
    page.remote.hear_sound()
    page.remote.learn(TRUNCATION)
    with qtbot.waitSignal(page.remote.arrived, timeout=10_000):
        pass
    assert page.remote.wanted == TRUNCATION
    assert page.remote.controllers.of(TRUNCATION) == []


def test_where_there_is_no_microphone_one_line_says_so(window, page, qtbot, monkeypatch, tmp_path):
    vars(page.remote)["microphone"] = MicrophoneIn(devices=(("lavfi", "no such thing"),))
    click(qtbot, page.sound)
    assert not page.sound.isChecked()
    assert "No microphone can be used" in page.words.text()
    assert "\n" not in page.words.text()
    monkeypatch.setattr(module, "CARDS", tmp_path / "none")
    monkeypatch.setattr(module.sys, "platform", "linux")
    with pytest.raises(ZscapeError, match="There is no microphone on this system"):
        MicrophoneIn().start()
