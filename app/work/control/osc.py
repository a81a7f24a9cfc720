"""OSC over UDP: one socket that receives and one that sends. Both are closed until the user opens them."""

from __future__ import annotations

import errno
import ipaddress
import select
import socket
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from zscape.app.work.control.addresses import COMMANDS
from zscape.app.work.control.box import Box
from zscape.app.work.control.packets import built, messages, path_of, read
from zscape.models.errors import ZscapeError

HOME = "127.0.0.1"
"""Only this computer."""
EVERYWHERE = "0.0.0.0"
"""All networks of this computer."""
IN_PORT, OUT_PORT = 9000, 9001
REST = 0.016
"""Seconds between two reads, about one frame. Of a flood, each read keeps only the latest message of each address."""
AT_ONCE = 2048
"""The most packets that are received in one read."""
STRANGERS = 8
"""How many unknown addresses one read reports: they are only shown to the user."""
COMMANDS_BYTES = COMMANDS.encode()
BUFFER = 1 << 22
"""Bytes of unread packets that the system is asked to buffer; many systems give less."""
LONGEST = 65535


def need_library() -> None:
    """Raise ZscapeError if python-osc is not installed."""
    try:
        import pythonosc  # noqa: F401
    except ImportError as error:
        raise ZscapeError("OSC needs python-osc, which is not installed: pip install 'zscape[control]'.") from error


def checked_host(host: str) -> str:
    """`host` as a numeric address. Raises ZscapeError for a name: looking it up would block the window."""
    host = HOME if host.strip() == "localhost" else host.strip()
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise ZscapeError(f"{host!r} is not an address such as 192.168.1.20: write the numbers of the other computer.") from error


class Heard(NamedTuple):
    """A decoded message. values: its arguments. wrong: why it cannot be decoded, "" if it can."""

    values: tuple[Any, ...]
    wrong: str = ""

    @property
    def pressed(self) -> bool:
        """Whether it is the press of a key: it has no argument, or one above 0.5."""
        return not self.values or (isinstance(self.values[0], int | float) and self.values[0] > 0.5)


class OscIn(QObject):
    """Receives and decodes messages in its own thread; the result waits in the box, to be taken once per frame.

    arrived(): the box has something; emitted once until it is emptied. box: (path, pressed) -> the latest message. A command has
    two entries, because both the press and the release of a key count. known: the addresses that are used here; of the others,
    only some are reported. received: how many messages have arrived, for all addresses.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.box: Box[tuple[str, bool], Heard] = Box()
        self.known: frozenset[str] = frozenset()
        self.received = 0
        self._socket: socket.socket | None = None
        self._stop: tuple[socket.socket, socket.socket] | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on, 0 if it is not listening."""
        return int(self._socket.getsockname()[1]) if self._socket is not None else 0

    def start(self, host: str = HOME, port: int = IN_PORT) -> None:
        """Start listening. Raises ZscapeError if the port cannot be opened."""
        self.stop()
        need_library()
        host = checked_host(host)
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            opened.setblocking(False)
            opened.bind((host, port))
        except OSError as error:
            opened.close()
            raise ZscapeError(_no_port(host, port, error)) from error
        self._socket, self._stop = opened, socket.socketpair()
        self._thread = threading.Thread(target=self._run, args=(opened, self._stop[1]), name="control: osc", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the socket and end the thread."""
        if self._thread is None or self._stop is None or self._socket is None:
            return
        self._stop[0].send(b".")
        self._thread.join()
        for each in (self._socket, *self._stop):
            each.close()
        self._socket = self._stop = self._thread = None
        self.box.take()

    def _run(self, hears: socket.socket, stop: socket.socket) -> None:
        while stop not in select.select([hears, stop], [], [])[0]:
            newest, counts = _look(hears)
            self.received += sum(counts.values())
            if self.box.put(read_newest(newest, counts, self.known)):
                self.arrived.emit()
            if select.select([stop], [], [], REST)[0]:
                return


def _look(hears: socket.socket) -> tuple[dict[bytes, bytes], dict[bytes, int]]:
    """The latest message of each address (of a command, each different message), and how many arrived.

    Every message of a flood passes through here, so messages are not decoded.
    """
    newest: dict[bytes, bytes] = {}
    counts: dict[bytes, int] = {}
    for _ in range(AT_ONCE):
        try:
            packet = hears.recv(LONGEST)
        except BlockingIOError:
            break
        except OSError:  # on Windows, the report that a packet sent from here was refused
            continue
        for message in (packet,) if packet.startswith(b"/") else messages(packet):
            key = message if message.startswith(COMMANDS_BYTES) else message.partition(b"\0")[0]
            newest[key] = message
            counts[key] = counts.get(key, 0) + 1
    return newest, counts


def read_newest(
    newest: Mapping[bytes, bytes], counts: Mapping[bytes, int], known: frozenset[str]
) -> dict[tuple[str, bool], tuple[Heard, int]]:
    """The messages that matter, decoded, each with the number of messages that it stands for."""
    found: dict[tuple[str, bool], tuple[Heard, int]] = {}
    strangers = 0
    for key, message in newest.items():
        path = path_of(message)
        strangers += path not in known
        if path not in known and strangers > STRANGERS:
            continue
        try:
            heard = Heard(read(message))
        except ValueError as error:
            heard = Heard((), str(error))
        place = path, path.startswith(COMMANDS) and not heard.wrong and heard.pressed
        found[place] = heard, counts[key] + (found[place][1] if place in found else 0)
    return found


def _no_port(host: str, port: int, error: OSError) -> str:
    if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", 0)):
        return f"Port {port} is taken by another program: choose another one for OSC."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} needs special rights: choose one from 1024 to 65535 for OSC."
    return f"Cannot listen for OSC at {host}, port {port}: {error.strerror or error}. Choose another address or port."


class OscOut:
    """Sends numbers to one address."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._to = (HOME, OUT_PORT)

    @property
    def on(self) -> bool:
        """Whether it is sending."""
        return self._socket is not None

    def start(self, host: str = HOME, port: int = OUT_PORT) -> None:
        """Start sending. Raises ZscapeError if `host` is not an address."""
        self.stop()
        need_library()
        self._to = (checked_host(host), port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def stop(self) -> None:
        """Stop sending."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, numbers: Mapping[str, int | float]) -> None:
        """Send numbers by path; no receiver is needed. Raises ZscapeError if the network refuses them."""
        if self._socket is None:
            return
        for path, number in numbers.items():
            try:
                self._socket.sendto(built(path, number), self._to)
            except (BlockingIOError, ConnectionRefusedError):
                continue  # no one is listening at the moment
            except OSError as error:
                self.stop()
                raise ZscapeError(f"OSC cannot be sent to {self._to[0]}: {error.strerror or error}. Sending is off.") from error
