"""The page for OSC and MIDI by mouse and keyboard; MIDI with an instrument that the test plays."""

import socket
import sys

import midi_stand_in
import pytest
from mido import Message
from osc_stage import TRUNCATION, message
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from recipes import z
from shiboken6 import isValid
from stage import write_styled

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.window.live_performance.control_page import HINT, ControlPage
from zscape.app.work.control import midi as midi_module
from zscape.app.work.control.midi import MidiIn, controller_of
from zscape.app.work.control.remote import Remote
from zscape.models.errors import ZscapeError

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window, qtbot):
    commands = {"keep": window.actions_by_name["keep"].trigger}
    remote = Remote(window.context, commands, window.live_tools, MidiIn(backend=midi_stand_in))
    vars(window.live_tools)["remote"] = remote
    window.actions_by_name["control"].trigger()
    page = window.findChild(ControlPage)
    with qtbot.waitExposed(page):
        pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        page.in_port.setValue(free.getsockname()[1])
    yield page
    window.live_tools.remote.stop()
    if isValid(page):
        page.close()


def send(page, path, *values):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(message(path, *values), ("127.0.0.1", page.in_port.value()))


def test_it_lists_every_address_with_what_it_is_now_and_is_searched_and_copied(page, qtbot):
    assert page.words.text() == HINT
    assert page.in_port.lineEdit().textMargins().left() == page.out_port.lineEdit().textMargins().left() == 5
    for path, address in page.remote.addresses.items():
        assert page.list.line(path)[:3] == [path, address.words, address.range]
    assert page.list.line("/zscape/z/seed")[3] == str(DEFAULT_POINT.root)
    assert page.list.line("/zscape/do/keep")[1] == "keep"
    qtbot.keyClicks(page.search, "trunc")
    shown = [page.list.topLevelItem(row) for row in range(page.list.topLevelItemCount())]
    assert [item.text(0) for item in shown if not item.isHidden()] == [TRUNCATION]
    page.list.choose(TRUNCATION)
    qtbot.mouseClick(page.copy, LEFT)
    assert QGuiApplication.clipboard().text() == TRUNCATION


def test_the_addresses_belong_to_the_model_whose_scene_is_shown(page, window, qtbot, tiny_model, tmp_path):
    write_styled(tmp_path / "styled.safetensors", "ab")
    seen, truncation = [], "/zscape/w/truncation"
    window.session.scene_changed.connect(lambda: seen.append(truncation in page.remote.addresses))
    for path, there in ((tmp_path / "styled.safetensors", True), (tiny_model, False)):
        seen.clear()
        with qtbot.waitSignal(window.session.model_changed):
            window.opener.open_model(path)
        assert seen[0] is there
        assert (truncation in [page.list.topLevelItem(k).text(0) for k in range(page.list.topLevelItemCount())]) is there


def test_a_flood_is_reported_in_a_line_that_disappears_afterwards(page, window, qtbot, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(page.remote.rate, "clock", lambda: now[0])
    qtbot.mouseClick(page.hears, LEFT)
    page.list.choose(TRUNCATION)
    qtbot.mouseClick(page.copy, LEFT)
    said = page.words.text()
    for _ in range(4):
        page.remote.rate.add(5000)
        now[0] += 0.5
    send(page, TRUNCATION, 0.5)
    qtbot.waitUntil(lambda: page.list.line(TRUNCATION)[4] == "0.5")
    assert page.words.text() == said, "what was said before stays until it is read"
    qtbot.mouseClick(page.hears, LEFT)
    qtbot.mouseClick(page.hears, LEFT)
    send(page, TRUNCATION, 0.75)
    qtbot.waitUntil(lambda: page.words.text().startswith("10,000 OSC messages a second arrive."))
    page.calm.setInterval(0)
    page.calm.start()
    qtbot.waitUntil(lambda: page.words.text() == HINT)


def test_osc_is_heard_from_its_switch_on_and_goes_on_when_the_page_closes(page, window, qtbot):
    assert not page.hears.isChecked()
    qtbot.mouseClick(page.hears, LEFT)
    assert page.remote.osc.port == page.in_port.value()
    assert not page.in_port.isEnabled()
    send(page, TRUNCATION, 0.5)
    send(page, "/nobody", 3)
    send(page, "/zscape/z/coordinate/1", "x")
    qtbot.waitUntil(
        lambda: page.list.topLevelItem(0).text(0) == "/nobody" and page.list.line(TRUNCATION)[3:5] == ["0.500", "0.5"]
    )
    assert page.list.topLevelItem(0).text(1) == "not known here"
    qtbot.waitUntil(lambda: page.list.line("/zscape/z/coordinate/1")[4] == "'x'")
    send(page, TRUNCATION, 0.75)
    qtbot.waitUntil(lambda: "×2" in page.list.line(TRUNCATION)[4])
    qtbot.mouseClick(page.hears, LEFT)
    assert page.remote.osc.port == 0
    assert page.in_port.isEnabled()
    qtbot.mouseClick(page.hears, LEFT)
    port = page.in_port.value()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    qtbot.waitUntil(lambda: window.findChild(ControlPage) is None)
    window.actions_by_name["control"].trigger()
    again = window.findChild(ControlPage)
    assert again.hears.isChecked()
    assert again.remote.osc.port == port
    again.remote.stop()
    again.close()


def test_a_switch_stays_off_where_what_it_needs_is_missing(page, qtbot, monkeypatch):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", page.in_port.value()))
        qtbot.mouseClick(page.hears, LEFT)
    assert not page.hears.isChecked()
    assert "taken by another program" in page.words.text()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pythonosc", None)
        without.setitem(sys.modules, "mido", None)
        for switch in (page.hears, page.sends, page.midi):
            qtbot.mouseClick(switch, LEFT)
            assert not switch.isChecked()
            assert "zscape[control]" in page.words.text()
    with monkeypatch.context() as without:
        without.setattr(midi_stand_in, "NAMES", [])
        qtbot.mouseClick(page.midi, LEFT)
        assert not page.midi.isChecked()
        assert "plug one in" in page.words.text()
        with pytest.raises(ZscapeError, match="cannot be opened"):
            page.remote.hear_midi("Knobs")
    page.to.setText("studio")
    qtbot.mouseClick(page.sends, LEFT)
    assert not page.sends.isChecked()
    assert "'studio' is not an address" in page.words.text()
    page.to.setText("127.0.0.1")
    qtbot.mouseClick(page.sends, LEFT)
    assert page.sends.isChecked()
    assert page.remote.out.on
    qtbot.mouseClick(page.sends, LEFT)
    assert not page.remote.out.on


def test_what_was_typed_is_remembered_but_nothing_is_on_in_the_next_window(page, window, qtbot):
    wanted = page.in_port.value()
    qtbot.mouseClick(page.hears, LEFT)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert page.remote.osc.port == 0
    assert window.settings.text("osc in port") == str(wanted)
    assert not [name for name in ("osc", "hear", "osc in") if window.settings.flag(name)]


# MIDI


def test_a_controller_is_learned_by_moving_it(page, window, qtbot):
    assert not page.learn.isEnabled()
    qtbot.mouseClick(page.midi, LEFT)
    assert page.instruments.currentText() == "Knobs"
    page.list.choose(TRUNCATION)
    qtbot.mouseClick(page.learn, LEFT)
    assert "Move the controller" in page.words.text()
    midi_stand_in.play(Message("control_change", channel=1, control=74, value=64))
    qtbot.waitUntil(lambda: page.list.line(TRUNCATION)[5] == "channel 2 CC 74")
    assert not page.learn.isChecked()
    assert z(window.session.point).truncation == pytest.approx(2 * 64 / 127)
    midi_stand_in.play(*(Message("control_change", channel=1, control=74, value=value) for value in range(128)))
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 2.0)
    midi_stand_in.play(Message("control_change", channel=0, control=74, value=0))  # another controller
    assert window.session.undo_stack.count() == 1
    qtbot.mouseClick(page.forget, LEFT)
    assert page.list.line(TRUNCATION)[5] == ""
    midi_stand_in.play(Message("control_change", channel=1, control=74, value=0), Message("pitchwheel", pitch=8191))
    qtbot.waitUntil(lambda: page.remote.moved_last == "channel 1 pitch")
    assert z(window.session.point).truncation == 2.0


def test_keys_give_commands_and_what_was_learned_is_remembered(page, window, qtbot):
    qtbot.mouseClick(page.midi, LEFT)
    page.list.choose("/zscape/do/keep")
    qtbot.mouseClick(page.learn, LEFT)
    midi_stand_in.play(Message("note_on", note=60, velocity=100), Message("note_off", note=60))
    qtbot.waitUntil(lambda: window.session.scene.shelf == (DEFAULT_POINT,))
    other = Remote(window.context, {})
    assert other.controllers.of("/zscape/do/keep") == ["channel 1 key 60"]
    window.settings.keep("midi", "{broken")
    assert Remote(window.context, {}).controllers.of("/zscape/do/keep") == []


def test_where_there_is_no_midi_one_line_says_so(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(midi_module, "SEQUENCER", tmp_path / "none")
    monkeypatch.setattr(midi_module.sys, "platform", "linux")
    with pytest.raises(ZscapeError, match="no MIDI on this system"):
        MidiIn().instruments()


def test_which_controller_a_message_is_of():
    assert controller_of(Message("control_change", channel=15, control=1, value=127)) == ("channel 16 CC 1", 1.0)
    assert controller_of(Message("pitchwheel", pitch=-8192)) == ("channel 1 pitch", 0.0)
    assert controller_of(Message("pitchwheel", pitch=8191)) == ("channel 1 pitch", 1.0)
    assert controller_of(Message("note_on", note=3, velocity=127)) == ("channel 1 key 3", 1.0)
    for silent in (Message("note_on", note=3, velocity=0), Message("note_off", note=3), Message("clock"), Message("sysex")):
        assert controller_of(silent) is None
