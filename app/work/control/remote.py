"""Remote control: messages from controllers move the current point, and other changes of the point are sent out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from zscape.app.work.bind import BURST_SECONDS
from zscape.app.work.context import Context
from zscape.app.work.control.addresses import COMMANDS, UNIT, Address, addresses, in_range, moved, number_of, readings, said
from zscape.app.work.control.arrivals import Arrival, Arrivals
from zscape.app.work.control.controller_map import ControllerMap
from zscape.app.work.control.microphone import NAME, MicrophoneIn
from zscape.app.work.control.midi import MidiIn
from zscape.app.work.control.osc import Heard, OscIn
from zscape.app.work.control.rate import Rate
from zscape.app.work.control.sender import Sender
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space

FRAME_MS = 16
"""The shortest time between two edits: faster changes would not be seen."""
BEHIND_MS = 50
"""The same while the picture of the last edit still waits to be drawn: drawing then needs the time more."""


class Remote(QObject):
    """Everything is off until the user switches it on: `hear`, `send`, `hear_midi`, `hear_sound`.

    commands: what /zscape/do/NAME does, by name. playing(): the point that a timeline shows instead of the current one, None if
    it shows none; its numbers are sent too. changed(): something was switched on or off or mapped, or the addresses have changed.
    arrived(): `arrivals` has changed. moved(): the current point has changed. learned(path): a controller was mapped to it.
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
        self.osc, self.out, self.midi = OscIn(self), Sender(self._readings, self), midi or MidiIn(self)
        self.microphone = microphone or MicrophoneIn(self)
        self.addresses: dict[str, Address] = {}
        self.rate = Rate(clock)  # of received OSC messages
        self.arrivals = Arrivals(self._is_known, lambda line: self._session.message.emit(line, True), clock)
        self.wanted = ""  # the address that is to be mapped to the next controller that moves
        self.moved_last = ""  # the controller that moved last
        self.controllers = ControllerMap(context.settings)
        self._space: Space | None = None
        self._gesture, self._last = 0, float("-inf")
        self._hand: int | None = None  # the last gesture of someone else between two of our moves
        self._received = 0  # how many messages of the socket are already counted
        self._applied = QElapsedTimer()  # time since the last edit
        self._in = QTimer(self)
        self._in.setSingleShot(True)
        self._in.setTimerType(Qt.TimerType.PreciseTimer)
        self._in.timeout.connect(self._apply)
        queued = Qt.ConnectionType.QueuedConnection
        self.osc.arrived.connect(self._soon, queued)
        self.midi.arrived.connect(self._soon, queued)
        self.microphone.arrived.connect(self._soon, queued)
        self._session.scene_changed.connect(self._follow_space)  # first: a model's scene comes before model_changed
        self._session.scene_changed.connect(self.out.ask)
        context.moment.changed.connect(self.out.ask)
        self.out.failed.connect(self._end_sending)
        self._session.scene_changed.connect(self.moved)
        self._session.model_changed.connect(self._follow_space)
        self._follow_space()

    # Switching.

    def hear(self, host: str, port: int) -> None:
        """Start receiving OSC. Raises ZscapeError if that fails."""
        try:
            self.osc.start(host, port)
        finally:
            self.changed.emit()

    def send(self, host: str, port: int) -> None:
        """Send every number, and from now on each change. Raises ZscapeError if that fails."""
        try:
            self.out.start(host, port)
        finally:
            self.changed.emit()

    def hear_midi(self, name: str) -> None:
        """Start listening to an instrument. Raises ZscapeError if that fails."""
        try:
            self.midi.start(name)
        finally:
            self.changed.emit()

    def hear_sound(self) -> None:
        """Start listening to the microphone. Raises ZscapeError if there is none."""
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
        self.wanted = ""
        self.changed.emit()

    # Controllers.

    def learn(self, path: str) -> None:
        """Map the next controller that moves to `path`; "" to stop waiting for one."""
        self.wanted = path
        self.changed.emit()

    def give(self, controller: str, path: str) -> None:
        """Map `controller` to `path`."""
        self.controllers.give(controller, path)
        self.changed.emit()

    def forget(self, path: str) -> None:
        """Remove all controllers of `path`."""
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

    # Incoming messages.

    @property
    def commands(self) -> dict[str, str]:
        """The names of the commands, by path."""
        return {f"{COMMANDS}{name}": name for name in self._commands}

    def _soon(self) -> None:
        if not self._in.isActive():
            since = self._applied.elapsed() if self._applied.isValid() else FRAME_MS
            self._in.start(max(0, FRAME_MS - since))

    def _apply(self) -> None:
        """Apply everything that has arrived since the last time, as one edit."""
        if self._context.renderer.waits and self._applied.isValid() and self._applied.elapsed() < BEHIND_MS - FRAME_MS:
            self._in.start(FRAME_MS)
            return
        self._applied.start()
        numbers: dict[str, float] = {}
        received, self._received = self.osc.received - self._received, self.osc.received
        for (path, _), (message, count) in self.osc.box.take().items():
            self._take_message(path, message, numbers).count += count
        if received:
            self.rate.add(received)
        for controller, (share, count) in self.midi.box.take().items():
            self._learn(controller)
            self._take_controller(controller, share, count, numbers)
        for controller, (share, count) in self.microphone.box.take().items():
            self._take_controller(controller, share, count, numbers)
        if numbers:
            self._move(numbers)
        self.arrived.emit()

    def _take_message(self, path: str, message: Heard, numbers: dict[str, float]) -> Arrival:
        if message.wrong:
            line = f"A message for {path[:64]} cannot be read: {message.wrong}. Nothing was changed."
            return self.arrivals.refuse(path, "", line)
        words = said(message.values)
        try:
            if path.startswith(COMMANDS):
                self._do(path, message.values)
            else:
                numbers[path] = self._number(path, message.values)
        except ZscapeError as error:
            return self.arrivals.refuse(path, words, str(error))
        return self.arrivals.note(path, words)

    def _number(self, path: str, values: tuple[Any, ...]) -> float:
        address = self.addresses.get(path.removesuffix(UNIT))
        if address is None:
            if not self.addresses:
                raise ZscapeError("An OSC message came before a model was open: open one first.")
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
        """`controller` has moved: map it to the path that waits for one."""
        self.moved_last = controller
        if self.wanted:
            path, self.wanted = self.wanted, ""
            self.give(controller, path)
            self.learned.emit(path)

    def _take_controller(self, controller: str, share: float, count: int, numbers: dict[str, float]) -> None:
        path = self.controllers.path(controller)
        if path in self.addresses:
            numbers[path] = self.addresses[path].at(share)
            self.arrivals.note(path, f"{share:.2f}").count += count
        elif path in self.commands and share > 0.5 and not controller.startswith(NAME):  # sound is always present
            self._commands[self.commands[path]]()
            self.arrivals.note(path, "pressed").count += count

    def _move(self, numbers: Mapping[str, float]) -> None:
        space = self._session.space
        if space is None:
            return
        wanted = {self.addresses[path.removesuffix(UNIT)]: number for path, number in numbers.items()}
        now = self._clock()
        if now - self._last > BURST_SECONDS:
            self._gesture, self._hand = self._session.new_gesture(), self._session.last_gesture
        elif (hand := self._session.last_gesture) not in (None, self._gesture):
            if hand is not None and hand == self._hand:  # both move at once: keep one undo step instead of one per turn
                self._gesture = hand
            self._hand = hand
        self._last = now
        self._context.jobs.touch()
        try:
            point = moved(self._session.point, wanted, space)
            space.check(point)
        except ZscapeError as error:
            self.arrivals.tell(str(error))
            return
        self.out.know({address.path: round(number) if address.scalar.whole else number for address, number in wanted.items()})
        self._session.moves_itself = True
        try:
            self._session.edit_point("remote control", point, self._gesture)
        finally:
            self._session.moves_itself = False

    def _is_known(self, path: str) -> bool:
        return path.removesuffix(UNIT) in self.addresses or path in self.commands

    # Outgoing messages.

    def _readings(self) -> dict[str, int | float]:
        space = self._session.space
        return readings(self._playing() or self._session.point, self.addresses, space) if space is not None else {}

    def _end_sending(self, line: str) -> None:
        self._session.message.emit(line, True)
        self.changed.emit()

    def _follow_space(self) -> None:
        space = self._session.space
        if space is not self._space and space != self._space:
            self._space = space
            self.addresses = addresses(space) if space is not None else {}
            self.osc.known = frozenset((*self.addresses, *(f"{path}{UNIT}" for path in self.addresses), *self.commands))
            self.out.forget()
            self.arrivals.forget_strangers()
            self.changed.emit()
            self.out.ask()
