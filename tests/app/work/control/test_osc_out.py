"""OSC output over real UDP on loopback."""

import socket

import pytest
from osc_stage import TRUNCATION
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder
from recipes import z

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.work.control.osc import HOME
from zscape.models.errors import ZscapeError
from zscape.models.timeline.edits import animate_shelf


@pytest.fixture
def heard():
    """What another program receives."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind((HOME, 0))
        ear.setblocking(False)
        found = {}

        def listen():
            while True:
                try:
                    got = OscMessage(ear.recv(4096))
                except BlockingIOError:
                    return found
                found[got.address] = got.params[0]

        listen.port = ear.getsockname()[1]
        yield listen


def test_every_number_is_sent_at_first_and_then_what_changes(window, heard, qtbot):
    remote = window.live_tools.remote
    remote.send(HOME, heard.port)
    assert {*heard()} == {*remote.addresses}
    assert heard()["/zscape/z/seed"] == DEFAULT_POINT.root
    heard().clear()
    window.session.edit_point("move", window.session.point.with_value("z", z(DEFAULT_POINT).with_coordinate(2, 1.25)))
    qtbot.waitUntil(lambda: heard() == {"/zscape/z/coordinate/2": 1.25})
    remote.stop()
    window.actions_by_name["roll"].trigger()
    qtbot.waitUntil(lambda: window.views["class-sweep"].sheet.frame.sweep.centre == window.session.point)
    assert len(heard()) == 1


def test_what_came_in_is_not_sent_back_and_the_highest_seed_goes_out_and_in(window, remote, send, port, heard, qtbot):
    remote.send(HOME, heard.port)
    heard()
    heard().clear()
    send(TRUNCATION, 0.75)
    qtbot.waitUntil(lambda: z(window.session.point).truncation == 0.75)
    window.session.edit_point("move", window.session.point.with_value("z", z(window.session.point).with_coordinate(2, 1.25)))
    qtbot.waitUntil(lambda: heard() == {"/zscape/z/coordinate/2": 1.25})
    highest = 2**32 - 1
    window.session.edit_point("seed", window.session.point.with_value("z", z(DEFAULT_POINT).with_seed(highest)))
    qtbot.waitUntil(lambda: heard().get("/zscape/z/seed") == highest)
    builder = OscMessageBuilder("/zscape/z/seed")
    builder.add_arg(highest - 1, "h")
    port.sendto(builder.build().dgram, (HOME, remote.osc.port))
    qtbot.waitUntil(lambda: z(window.session.point).seed == highest - 1)


def test_what_the_timeline_plays_is_sent(window, heard, qtbot):
    remote = window.live_tools.remote
    remote.send(HOME, heard.port)
    heard()
    other = DEFAULT_POINT.with_value("z", z(DEFAULT_POINT).with_coordinate(2, 2.0))
    window.session.edit_timeline("make", animate_shelf([DEFAULT_POINT, other], window.session.space, leg=0.5))
    heard().clear()
    window.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: heard().get("/zscape/z/coordinate/2") == pytest.approx(2.0, abs=1e-5), timeout=20_000)
    assert window.session.point == DEFAULT_POINT
    remote.stop()


def test_sending_where_nobody_hears_does_no_harm(window, lines, qtbot):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind((HOME, 0))
        port = gone.getsockname()[1]
    remote = window.live_tools.remote
    remote.send(HOME, port)
    window.actions_by_name["roll"].trigger()
    qtbot.waitUntil(lambda: window.views["class-sweep"].sheet.frame.sweep.centre == window.session.point)
    assert remote.out.on
    assert lines == []
    remote.stop()
    with pytest.raises(ZscapeError, match="not an address"):
        remote.send("somewhere", 9001)
    assert not remote.out.on
