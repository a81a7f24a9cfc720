"""OSC input over real UDP on loopback: errors, a flood; and that no socket is open until OSC is switched on."""

import math
import socket
import threading
import time

import pytest
from osc_stage import TRUNCATION, message
from recipes import recipe, weights, with_coordinate, z

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.work.control import arrivals
from zscape.app.work.control.osc import HOME, STRANGERS, OscIn, read_newest
from zscape.models.errors import ZscapeError


def test_no_socket_is_open_while_osc_is_off(window):
    assert "remote" not in vars(window.live_tools)
    remote = window.live_tools.remote
    names = lambda: [thread.name for thread in threading.enumerate() if thread.name.startswith("control")]  # noqa: E731
    assert (remote.osc.port, remote.out.on, remote.midi.name, names()) == (0, False, "", [])
    remote.hear(HOME, 0)
    port = remote.osc.port
    assert port
    assert names()
    remote.stop()
    assert names() == []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
        again.bind((HOME, port))  # the port is free again


def test_a_message_moves_the_point_and_the_picture_within_its_range(window, send, qtbot, painted):
    sheet = painted(lambda: send("/zscape/z/coordinate/3", 1.5))
    assert dict(z(window.session.point).coordinates) == {3: 1.5}
    assert dict(z(sheet.frame.sweep.centre).coordinates) == {3: 1.5}
    send("/zscape/class/choice", 7)
    qtbot.waitUntil(lambda: weights(window.session.point)[7:8] == (1.0,))
    send("/zscape/z/seed", 1234)
    qtbot.waitUntil(lambda: z(window.session.point).seed == 1234)
    send(TRUNCATION + "/unit", 0.25)
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 0.5)
    send(TRUNCATION, 1e30)
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 2.0)


def test_a_burst_is_one_step_of_undo_and_another_edit_during_it_is_its_own(window, send, qtbot):
    count = window.session.undo_stack.count()
    for k in range(5):
        send(TRUNCATION, 0.5 + k / 10)
        qtbot.waitUntil(lambda k=k: z(window.session.point).truncation == pytest.approx(0.5 + k / 10, abs=1e-6))
    assert window.session.undo_stack.count() == count + 1
    window.session.undo_stack.undo()
    assert window.session.point == DEFAULT_POINT
    send(TRUNCATION, 0.5)
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 0.5)
    window.session.edit_point("roll", recipe(seeds=((9, 1.0),)), window.session.new_gesture())
    send(TRUNCATION, 0.25)
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 0.25)
    window.session.undo_stack.undo()
    assert window.session.point == recipe(seeds=((9, 1.0),))


def test_a_hand_and_a_burst_at_the_same_time_are_few_steps_of_undo(window, send, qtbot):
    steps, start, hand = window.session.undo_stack.count(), window.session.point, window.session.new_gesture()
    for k in range(1, 11):
        window.session.edit_point("drag", with_coordinate(window.session.point, 1, k / 10), hand)
        send("/zscape/z/coordinate/2", k / 10)
        qtbot.waitUntil(lambda k=k: dict(z(window.session.point).coordinates).get(2) == pytest.approx(k / 10), timeout=10_000)
    assert dict(z(window.session.point).coordinates)[1] == 1.0
    assert window.session.undo_stack.count() - steps <= 3
    while window.session.undo_stack.count() > steps and window.session.undo_stack.index() > steps:
        window.session.undo_stack.undo()
    assert window.session.point == start


def test_commands_are_done_once_a_press(window, send, qtbot):
    send("/zscape/do/keep")
    qtbot.waitUntil(lambda: window.session.scene.shelf == (DEFAULT_POINT,))
    send("/zscape/do/roll", 1)
    send("/zscape/do/roll", 0)  # released at the same moment
    qtbot.waitUntil(lambda: window.session.point != DEFAULT_POINT)
    rolled = window.session.point
    send("/zscape/do/roll", 0.0)
    send("/zscape/do/view-image", 1.0)
    qtbot.waitUntil(lambda: window.current_view == "image")
    assert window.session.point == rolled


def test_the_hand_on_a_controller_wins_over_drift_and_waits_for_no_picture(window, send, monkeypatch, qtbot):
    window.live_tools.drift.start()
    send(TRUNCATION, 0.6)
    qtbot.waitUntil(lambda: window.live_tools.drift.waits)
    assert z(window.session.point).truncation == pytest.approx(0.6)
    window.live_tools.drift.stop()
    monkeypatch.setattr(type(window.context.renderer), "waits", True)
    for number in (0.5, 0.75):
        send(TRUNCATION, number)
        qtbot.waitUntil(lambda number=number: z(window.session.point).truncation == number)


WRONG = [
    ("/zscape/z/nonsense", (1.0,), "/zscape/z/nonsense"),
    ("/other/program", (1.0,), "Nothing is called /other/program"),
    ("/zscape/do/quit", (1,), "no command"),
    (TRUNCATION, (math.nan,), "nan"),
    (TRUNCATION, (math.inf,), "inf"),
    (TRUNCATION, ("loud",), "'loud'"),
    (TRUNCATION, (), "nothing"),
    (TRUNCATION, (0.1, 0.2), "0.1, 0.2"),
    (TRUNCATION, (True,), "True"),
    (TRUNCATION, (b"blob",), "cannot be read"),
]


def test_what_is_wrong_gets_one_line_and_changes_nothing(window, send, lines, qtbot, monkeypatch):
    monkeypatch.setattr(arrivals, "LINE_SECONDS", 0.0)  # messages arrive faster than from a user
    for path, values, said in WRONG:
        lines.clear()
        send(path, *values)
        qtbot.waitUntil(lambda: bool(lines))
        assert said in lines[0]
        assert window.message_bar.isVisible()
        send("/zscape/do/keep")  # later messages still work
        qtbot.waitUntil(lambda: bool(window.session.scene.shelf))
        assert window.session.point == DEFAULT_POINT
        assert len(lines) == 1, said
        assert "\n" not in lines[0]
        window.session.undo_stack.undo()


def test_a_flood_is_thinned_loses_no_frame_and_strangers_do_not_fill_the_memory(window, remote, port, lines, qtbot):
    """10,000 messages sent as fast as possible to four addresses, one unknown and others without numbers."""
    edits, frames = [], []
    window.session.scene_changed.connect(lambda: edits.append(time.perf_counter()))
    window.centre.painted.connect(frames.append)
    packets = [message("/zscape/z/coordinate/0", math.nan), message("/nobody", 1.0), message("/zscape/z/coordinate/1", "x")]
    for k in range(10_000):
        port.sendto(packets[k // 4 % 3] if k % 4 == 0 else message("/zscape/z/coordinate/2", k / 5000), (HOME, remote.osc.port))
    port.sendto(message("/zscape/z/coordinate/2", 2.5), (HOME, remote.osc.port))
    qtbot.waitUntil(lambda: dict(z(window.session.point).coordinates).get(2) == 2.5, timeout=20_000)
    assert [*dict(z(window.session.point).coordinates)] == [2]
    assert len(edits) < 1000
    assert 1 <= len(lines) <= 10
    sheet = window.views["class-sweep"].sheet
    qtbot.waitUntil(lambda: bool(frames) and sheet.frame.sweep.centre == window.session.point and sheet.frame.complete)
    assert remote.arrivals["/zscape/z/coordinate/2"].count > 1000  # those beyond the system's buffer were lost
    assert remote.arrivals["/zscape/z/coordinate/0"].wrong
    for k in range(3000):
        port.sendto(message(f"/stranger/{k}", 1.0), (HOME, remote.osc.port))
    port.sendto(message(TRUNCATION, 0.5), (HOME, remote.osc.port))
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 0.5 or len(remote.arrivals) > 60, timeout=20_000)
    assert len(remote.arrivals) < 100


def test_of_a_flood_only_the_newest_values_are_read():
    """Only some of a thousand unknown addresses are reported; known addresses after them are read."""
    press, let_go = message("/zscape/do/roll", 1.0), message("/zscape/do/roll", 0.25)
    sent = {f"/stranger/{k}".encode(): message(f"/stranger/{k}", 1.0) for k in range(1000)}
    sent |= {b"/zscape/z/truncation": message(TRUNCATION, 0.5), press: press, let_go: let_go, b"/x": b"/x\0\0,f"}
    sent |= {message("/zscape/do/roll", 0.5 + k / 100): message("/zscape/do/roll", 0.5 + k / 100) for k in range(1, 50)}
    found = read_newest(sent, dict.fromkeys(sent, 3), frozenset({TRUNCATION, "/zscape/do/roll", "/x"}))
    assert found[TRUNCATION, False] == (((0.5,), ""), 3)
    assert found["/x", False][0].wrong
    assert [key for key in found if key[0] == "/zscape/do/roll"] == [("/zscape/do/roll", True), ("/zscape/do/roll", False)]
    assert found["/zscape/do/roll", True][1] == 150, "50 different presses are one"
    assert len(found) == STRANGERS + 4


def test_a_port_that_is_taken_is_said(qapp):
    first, second = OscIn(), OscIn()
    first.start(HOME, 0)
    with pytest.raises(ZscapeError, match="taken by another program"):
        second.start(HOME, first.port)
    assert second.port == 0
    with pytest.raises(ZscapeError, match="not an address"):
        second.start("example.org", 0)
    first.stop()
