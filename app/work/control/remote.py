"""The remote: what controllers send moves the current point, and what moves it otherwise is sent out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from zscape.app.work.bind import BURST_SECONDS
from zscape.app.work.context import Context
from zscape.app.work.control.addresses import COMMANDS, UNIT, Address, addresses, in_range, moved, number_of, readings, said
from zscape.app.work.control.controller_map import ControllerMap
from zscape.app.work.control.microphone import NAME, MicrophoneIn
from zscape.app.work.control.midi import MidiIn
from zscape.app.work.control.osc import OscIn, OscOut
from zscape.app.work.control.packets import read
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space

FRAME_MS = 16
"""Between two edits: what comes more quickly is not seen."""
OUT_MS = 33
"""Between two times that numbers are sent."""
LINE_SECONDS = 2.0
"""Between two lines about what is wrong, of which a flood would bring thousands."""
KNOWN = 64
"""Addresses that are no number here and are remembered for the page."""
SAME = 1e-6


@dataclass
class Arrival:
    """What has come at one address. words: the last of it. count: of all. wrong: what was wrong with the last, "" for nothing."""

    words: str
    count: int = 0
    wrong: str = ""


class Remote(QObject):
    """Everything is off until a person switches it on: `hear`, `send`, `hear_midi`, `hear_sound`.

    commands: what /zscape/do/NAME does, by name. playing(): the point that a timeline shows in place of the current one, None
    where it shows none: its numbers are sent too. changed(): something was switched, mapped, or the addresses are others.
    arrived(): `arrivals` says something new. moved(): the current point is another. learned(path): a controller was found for it.
    """

    changed = Signal()
    arrived = Signal()
    moved = Signal()
    learned = Signal(str)

    def __init__(
        self,
        context: Context,
        commands: Mapping[str, Callable[[], object]],
        parent: QObject | None = None,
        midi: MidiIn | None = None,
        playing: Callable[[], Recipe | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        microphone: MicrophoneIn | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._session, self._commands, self._clock = context, context.session, commands, clock
        self._playing = playing
        self.osc, self.out, self.midi = OscIn(self), OscOut(), midi or MidiIn(self)
        self.microphone = microphone or MicrophoneIn(self)
        self.addresses: dict[str, Address] = {}
        self.arrivals: dict[str, Arrival] = {}
        self.wanted = ""  # the address for which a controller is looked for
        self.moved_last = ""  # the controller that was moved last
        self.controllers = ControllerMap(context.settings)
        self._space: Space | None = None
        self._sent: dict[str, int | float] = {}
        self._gesture, self._last = 0, float("-inf")
        self._told = float("-inf")
        self._untold = 0
        self._in = self._timer(FRAME_MS, self._apply)
        self._later = self._timer(OUT_MS, self._send)
        queued = Qt.ConnectionType.QueuedConnection
        self.osc.arrived.connect(self._soon, queued)
        self.midi.arrived.connect(self._soon, queued)
        self.microphone.arrived.connect(self._soon, queued)
        self._session.scene_changed.connect(self._may_send)
        context.moment.changed.connect(self._may_send)
        self._session.scene_changed.connect(self.moved)
        self._session.model_changed.connect(self._follow_model)
        self._follow_model()

    def _timer(self, milliseconds: int, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(milliseconds)
        timer.timeout.connect(action)
        return timer

    # Switching.

    def hear(self, host: str, port: int) -> None:
        """Hear OSC. Raises ZscapeError where that cannot be."""
        try:
            self.osc.start(host, port)
        finally:
            self.changed.emit()

    def send(self, host: str, port: int) -> None:
        """Send every number there, and from now on each that changes. Raises ZscapeError where that cannot be."""
        try:
            self.out.start(host, port)
            self._sent = {}
            self._send()
        finally:
            self.changed.emit()

    def hear_midi(self, name: str) -> None:
        """Hear an instrument. Raises ZscapeError where that cannot be."""
        try:
            self.midi.start(name)
        finally:
            self.changed.emit()

    def hear_sound(self) -> None:
        """Hear the microphone. Raises ZscapeError where there is none."""
        try:
            self.microphone.start()
        finally:
            self.changed.emit()

    def stop(self) -> None:
        """Switch everything off."""
        self.microphone.stop()
        self.osc.stop()
        self.out.stop()
        self.midi.stop()
        self._in.stop()
        self._later.stop()
        self.wanted = ""
        self.changed.emit()

    # Controllers.

    def learn(self, path: str) -> None:
        """Give `path` the controller that is moved next; "" to look for none any more."""
        self.wanted = path
        self.changed.emit()

    def give(self, controller: str, path: str) -> None:
        """Have `controller` move `path`."""
        self.controllers.give(controller, path)
        self.changed.emit()

    def forget(self, path: str) -> None:
        """Have no controller move `path`."""
        self.controllers.forget(path)
        self.changed.emit()

    @property
    def space(self) -> Space | None:
        """The space of the open model."""
        return self._session.space

    @property
    def point(self) -> Recipe:
        """The current point."""
        return self._session.point

    # What arrives.

    @property
    def commands(self) -> dict[str, str]:
        """The commands by path, and their names."""
        return {f"{COMMANDS}{name}": name for name in self._commands}

    def _soon(self) -> None:
        if not self._in.isActive():
            self._in.start()

    def _apply(self) -> None:
        """Everything that has arrived since the last time, as one edit."""
        numbers: dict[str, float] = {}
        for (path, _), (message, count) in self.osc.box.take().items():
            self._take_message(path, message, numbers).count += count
        for controller, (share, count) in self.midi.box.take().items():
            self._learn(controller)
            self._take_controller(controller, share, count, numbers)
        for controller, (share, count) in self.microphone.box.take().items():
            self._take_controller(controller, share, count, numbers)
        if numbers:
            self._move(numbers)
        self.arrived.emit()

    def _take_message(self, path: str, message: bytes, numbers: dict[str, float]) -> Arrival:
        try:
            values = read(message)
        except ValueError as error:
            return self._wrong(path, "", f"A message for {path[:64]} cannot be read: {error}. Nothing was changed.")
        words = said(values)
        try:
            if path.startswith(COMMANDS):
                self._do(path, values)
            else:
                numbers[path] = self._number(path, values)
        except ZscapeError as error:
            return self._wrong(path, words, str(error))
        return self._arrival(path, words)

    def _number(self, path: str, values: tuple[Any, ...]) -> float:
        address = self.addresses.get(path.removesuffix(UNIT))
        if address is None:
            if not self.addresses:
                raise ZscapeError("OSC has come before a model is open: open one first.")
            raise ZscapeError(f"Nothing is called {path[:64]} here: Edit > OSC and MIDI lists the addresses.")
        number = number_of(path, values)
        return address.at(number) if path.endswith(UNIT) else in_range(address, number)

    def _do(self, path: str, values: tuple[Any, ...]) -> None:
        run = self._commands.get(path.removeprefix(COMMANDS))
        if run is None:
            raise ZscapeError(f"There is no command {path[:64]}: Edit > OSC and MIDI lists them.")
        if not values or values[0] is True or number_of(path, values) > 0.5:
            run()

    def _learn(self, controller: str) -> None:
        """It was moved: what is looked for is found."""
        self.moved_last = controller
        if self.wanted:
            path, self.wanted = self.wanted, ""
            self.give(controller, path)
            self.learned.emit(path)

    def _take_controller(self, controller: str, share: float, count: int, numbers: dict[str, float]) -> None:
        path = self.controllers.path(controller)
        if path in self.addresses:
            numbers[path] = self.addresses[path].at(share)
            self._arrival(path, f"{share:.2f}").count += count
        elif path in self.commands and share > 0.5 and not controller.startswith(NAME):  # sound is always there
            self._commands[self.commands[path]]()
            self._arrival(path, "pressed").count += count

    def _move(self, numbers: Mapping[str, float]) -> None:
        space = self._session.space
        if space is None:
            return
        wanted = {self.addresses[path.removesuffix(UNIT)]: number for path, number in numbers.items()}
        now = self._clock()
        if now - self._last > BURST_SECONDS:
            self._gesture = self._session.new_gesture()
        self._last = now
        self._context.jobs.touch()
        try:
            point = moved(self._session.point, wanted, space)
            space.check(point)
        except ZscapeError as error:
            self._tell(str(error))
            return
        # What came from outside is not sent back there.
        self._sent.update({address.path: round(number) if address.scalar.whole else number for address, number in wanted.items()})
        self._session.moves_itself = True
        try:
            self._session.edit_point("remote control", point, self._gesture)
        finally:
            self._session.moves_itself = False

    def _arrival(self, path: str, words: str, wrong: str = "") -> Arrival:
        found = self.arrivals.get(path)
        if found is None:
            found = Arrival(words)
            if path.removesuffix(UNIT) in self.addresses or path in self.commands or self._strangers() < KNOWN:
                self.arrivals[path] = found
        found.words, found.wrong = words, wrong
        return found

    def _strangers(self) -> int:
        return sum(path.removesuffix(UNIT) not in self.addresses and path not in self.commands for path in self.arrivals)

    def _wrong(self, path: str, words: str, line: str) -> Arrival:
        self._tell(line)
        return self._arrival(path, words, line)

    def _tell(self, line: str) -> None:
        """Say what is wrong, but not thousands of times."""
        now = self._clock()
        if now - self._told < LINE_SECONDS:
            self._untold += 1
            return
        more = f" ({self._untold} more like it.)" if self._untold else ""
        self._told, self._untold = now, 0
        self._session.message.emit(line + more, True)

    # What goes out.

    def _may_send(self) -> None:
        if self.out.on and not self._later.isActive():
            self._later.start()

    def _send(self) -> None:
        space = self._session.space
        if space is None or not self.out.on:
            return
        now = readings(self._playing() or self._session.point, self.addresses, space)
        other = {path: number for path, number in now.items() if abs(number - self._sent.get(path, float("inf"))) > SAME}
        self._sent.update(other)
        try:
            self.out.send(other)
        except ZscapeError as error:
            self._session.message.emit(str(error), True)
            self.changed.emit()

    def _follow_model(self) -> None:
        space = self._session.space
        if space != self._space:
            self._space = space
            self.addresses = addresses(space) if space is not None else {}
            self._sent = {}
            self.arrivals = {path: each for path, each in self.arrivals.items() if path.removesuffix(UNIT) in self.addresses}
            self.changed.emit()
            self._may_send()
