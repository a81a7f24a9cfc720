"""OSC switched on, and another program that sends to it."""

import socket

import pytest
from osc_stage import message

from zscape.app.work.control.osc import HOME


@pytest.fixture
def port():
    """The socket of a sender on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        yield sender


@pytest.fixture
def remote(window):
    remote = window.live_tools.remote
    remote.hear(HOME, 0)
    yield remote
    remote.stop()


@pytest.fixture
def send(remote, port):
    return lambda path, *values: port.sendto(message(path, *values), (HOME, remote.osc.port))


@pytest.fixture
def lines(window):
    found = []
    window.session.message.connect(lambda line, is_error: found.append(line))
    return found
