"""OSC over UDP: a socket that hears, and one that speaks. Neither is open before a person says so."""

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
"""This computer alone."""
EVERYWHERE = "0.0.0.0"
"""Every network that this computer is in."""
IN_PORT, OUT_PORT = 9000, 9001
REST = 0.016
"""Seconds between two looks at what has come, a frame: of a flood each look takes only the newest of each address."""
AT_ONCE = 2048
"""Packets that one look takes at the most."""
STRANGERS = 8
"""Addresses that are nothing here, of which one look tells: they are there for a person to see, not to be done."""
COMMANDS_BYTES = COMMANDS.encode()
BUFFER = 1 << 22
"""Bytes of packets that the system is asked to hold until they are read; many systems give less."""
LONGEST = 65535


def need_library() -> None:
    """Raise ZscapeError where python-osc is not installed."""
    try:
        import pythonosc  # noqa: F401
    except ImportError as error:
        raise ZscapeError("OSC needs python-osc, which is not installed: pip install 'zscape[control]'.") from error


def checked_host(host: str) -> str:
    """`host` as an address in numbers. Raises ZscapeError for a name: to look it up would stop the window."""
    host = HOME if host.strip() == "localhost" else host.strip()
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise ZscapeError(f"{host!r} is not an address such as 192.168.1.20: write the numbers of the other computer.") from error


class Heard(NamedTuple):
    """A message that was read. values: what it carries. wrong: why it cannot be read, "" where it can."""

    values: tuple[Any, ...]
    wrong: str = ""

    @property
    def pressed(self) -> bool:
        """Whether it is of a key that is pressed: it carries nothing, or more than a half."""
        return not self.values or (isinstance(self.values[0], int | float) and self.values[0] > 0.5)


class OscIn(QObject):
    """Hears messages in a thread of its own, which reads them too: what they come to is there to be taken, once a frame.

    arrived(): the box has something; it is told once until that is taken. box: (path, what tells apart) -> the newest message.
    A command has two places: of a key that is pressed and let go both count. known: the addresses that are something here; of
    others only some are told of. received: messages that have come, of all addresses.
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
        """Where it hears, 0 while it does not."""
        return int(self._socket.getsockname()[1]) if self._socket is not None else 0

    def start(self, host: str = HOME, port: int = IN_PORT) -> None:
        """Hear from now on. Raises ZscapeError where that port cannot be had."""
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
    """The newest message of each address that has come, every different one of a command; and how many there were.

    Each message of a flood comes by here: it is not even read.
    """
    newest: dict[bytes, bytes] = {}
    counts: dict[bytes, int] = {}
    for _ in range(AT_ONCE):
        try:
            packet = hears.recv(LONGEST)
        except BlockingIOError:
            break
        except OSError:  # on Windows, of a packet that was sent from here and not taken
            continue
        for message in (packet,) if packet.startswith(b"/") else messages(packet):
            key = message if message.startswith(COMMANDS_BYTES) else message.partition(b"\0")[0]
            newest[key] = message
            counts[key] = counts.get(key, 0) + 1
    return newest, counts


def read_newest(
    newest: Mapping[bytes, bytes], counts: Mapping[bytes, int], known: frozenset[str]
) -> dict[tuple[str, bool], tuple[Heard, int]]:
    """What there is to be done of what has come: the messages that count, read, and how many they stand for."""
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
    """Sends numbers to one place."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._to = (HOME, OUT_PORT)

    @property
    def on(self) -> bool:
        """Whether it sends."""
        return self._socket is not None

    def start(self, host: str = HOME, port: int = OUT_PORT) -> None:
        """Send there from now on. Raises ZscapeError where `host` is no address."""
        self.stop()
        need_library()
        self._to = (checked_host(host), port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def stop(self) -> None:
        """Send nothing any more."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, numbers: Mapping[str, int | float]) -> None:
        """Send numbers by path; nobody need be there to hear them. Raises ZscapeError where the network takes none."""
        if self._socket is None:
            return
        for path, number in numbers.items():
            try:
                self._socket.sendto(built(path, number), self._to)
            except (BlockingIOError, ConnectionRefusedError):
                continue  # nobody hears just now
            except OSError as error:
                self.stop()
                raise ZscapeError(f"OSC cannot be sent to {self._to[0]}: {error.strerror or error}. Sending is off.") from error
