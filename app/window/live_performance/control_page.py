"""The page of OSC and MIDI: switches, every address, what arrives, and which controller moves what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.controls.search_field import search_field
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import close_row
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.numbers.number_box import whole_box
from zscape.app.widgets.throttle import throttled
from zscape.app.window.live_performance.address_list import AddressList
from zscape.app.work.control.microphone import NAME
from zscape.app.work.control.osc import EVERYWHERE, HOME, IN_PORT, OUT_PORT
from zscape.app.work.control.remote import Remote
from zscape.models.errors import ZscapeError

SIZE = (880, 640)
NO_ADDRESS = "Choose an address first"
HINT = (
    "An address takes one number in its range; with /unit behind it, a number from 0 to 1. "
    "Sending goes to the address beside Send OSC; nothing is open until you switch it on, and all is off once the window closes."
)
PORTS = (1, 65535)
"""The lowest and the highest port number."""
FLOOD = 1000
"""OSC messages per second above which the user is told."""
CALM_MS = 1500
"""Milliseconds after a flood until its message is removed."""


class ControlPage(QDialog):
    """A separate window, so that it can stay open beside the main window. calm: the timer that removes the flood message."""

    def __init__(self, remote: Remote, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.remote, self._settings = remote, settings
        self.setWindowTitle("OSC and MIDI")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(SIZE[0], max(parent.width() - 64, 480)), min(SIZE[1], max(parent.height() - 64, 320)))
        self._build_switches()
        self._build_list()
        self._lay_out()
        self.calm = QTimer(self)
        self.calm.setSingleShot(True)
        self.calm.setInterval(CALM_MS)
        self.calm.timeout.connect(lambda: self._say(""))
        self._often = throttled(self._show_arrived, self)
        remote.arrived.connect(self._often.throttle)
        remote.moved.connect(self._often.throttle)
        remote.changed.connect(self.refresh)
        remote.learned.connect(
            lambda path: self._say(f"{remote.moved_last[:1].upper()}{remote.moved_last[1:]} moves {path} now.")
        )
        self.refresh()
        self._say("")

    # Construction.

    def _build_switches(self) -> None:
        self.hears = _switch("Receive OSC", "Receive OSC messages over the network")
        self.where = QComboBox()
        self.where.addItem("This computer only", HOME)
        self.where.addItem("Every network", EVERYWHERE)
        self.where.setToolTip("Where messages are accepted from: from others only if you trust everybody in your network")
        self.where.setAccessibleName("From where")
        self.in_port = self._port(IN_PORT, "osc in port", "The port that OSC messages come to")
        self.sends = _switch("Send OSC", "Send every number that changes from now on")
        self.to = QLineEdit(self._settings.text("osc to", HOME))
        self.to.setToolTip("Where to: the address of the other program's computer; 127.0.0.1 is this one")
        self.to.setAccessibleName("Send to")
        self.out_port = self._port(OUT_PORT, "osc out port", "The port of the other program")
        self.midi = _switch("Receive MIDI", "Receive what is played on a MIDI instrument or controller")
        self.instruments = QComboBox()
        self.instruments.setToolTip("The instrument or controller to receive from")
        self.instruments.setAccessibleName("Instrument")
        self.instruments.setPlaceholderText("Switch it on to look for instruments")
        self.sound = _switch("Use the microphone", "Listen to the microphone; no sound is stored")
        self.curve = QComboBox()
        self.curve.addItems(["level", "bass", "mid", "high", "onsets"])
        self.curve.setToolTip("What is measured: loudness, loudness of low, middle or high notes, or where notes begin")
        self.curve.setAccessibleName("Curve")
        self.follow = text_button("Follow", "Have the chosen address follow that curve over its range", self._follow_sound)
        for field in (self.where, self.in_port, self.to, self.out_port, self.instruments, self.curve):
            guard(field)
        self.hears.clicked.connect(self._switch_in)
        self.sends.clicked.connect(self._switch_out)
        self.midi.clicked.connect(self._switch_midi)
        self.instruments.activated.connect(lambda: self._switch_midi(True))
        self.sound.clicked.connect(self._switch_sound)

    def _port(self, usual: int, name: str, tip: str) -> QSpinBox:
        box = whole_box(PORTS, int(self._settings.number(name, usual, PORTS)), tip, tip)
        box.setGroupSeparatorShown(False)
        box.valueChanged.connect(lambda port: self._settings.keep(name, str(port)))
        return box

    def _build_list(self) -> None:
        self.search = search_field(
            "Find an address, a name or a controller", "Find an address", "Shows only addresses with these words"
        )
        self.search.textChanged.connect(self._filter)
        self.list = AddressList(self.remote)
        self.list.currentItemChanged.connect(lambda *_: self._show_buttons())
        self.copy = text_button("Copy address", "Copy the address of the chosen line", self._copy)
        self.learn = text_button("Learn", "Assign the MIDI controller that you move next to the chosen address", self._learn)
        self.learn.setCheckable(True)
        self.forget = text_button("Forget", "Take the controller from the chosen address", self._forget)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "dim")
        self.words.setMinimumHeight(2 * self.words.fontMetrics().height())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        rows = ((self.hears, self.where, self.in_port), (self.sends, self.to, self.out_port), (self.midi, self.instruments, None))
        for row, (switch, place, port) in enumerate(rows):
            grid.addWidget(switch, row, 0)
            grid.addWidget(place, row, 1, 1, 1 if port is not None else 3)
            if port is not None:
                grid.addWidget(QLabel("Port"), row, 2)
                grid.addWidget(port, row, 3)
        grid.addWidget(self.sound, 3, 0)
        grid.addWidget(self.curve, 3, 1)
        grid.addWidget(self.follow, 3, 2, 1, 2)
        grid.setColumnStretch(1, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        for button in (self.copy, self.learn, self.forget):
            below.addWidget(button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        column.addWidget(self.words)
        column.addWidget(close_row(self))

    # Switching.

    def _switch_in(self, on: bool) -> None:
        port = self.in_port.value()
        done = f"Listening for OSC on port {port}."
        host = str(self.where.currentData())
        self._attempt(lambda: self.remote.hear(host, port), on, self.remote.osc.stop, done, "OSC is no longer received.")

    def _switch_out(self, on: bool) -> None:
        to, port = self.to.text(), self.out_port.value()
        self._settings.keep("osc to", to)
        done = f"Every number that changes is sent to {to}, port {port}."
        self._attempt(lambda: self.remote.send(to, port), on, self.remote.out.stop, done, "OSC is no longer sent.")

    def _switch_midi(self, on: bool) -> None:
        self._attempt(self._hear_midi, on, self.remote.midi.stop, "", "MIDI is off.")
        if self.remote.midi.name:
            self._say(f"{self.remote.midi.name} is connected. Choose an address, press Learn, then move a controller.")

    def _switch_sound(self, on: bool) -> None:
        done = "The microphone is on. Choose an address and a curve, and press Follow; Forget ends it."
        self._attempt(self.remote.hear_sound, on, self.remote.microphone.stop, done, "The microphone is off.")

    def _follow_sound(self) -> None:
        curve, path = self.curve.currentText(), self.list.chosen
        self.remote.give(f"{NAME}{curve}", path)
        self._say(f"{path} follows the {curve} of what the microphone hears.")

    def _hear_midi(self) -> None:
        names = self.remote.midi.instruments()
        wanted = self.instruments.currentText()
        self.instruments.clear()
        self.instruments.addItems(names)
        if not names:
            raise ZscapeError("No MIDI instrument is plugged in: plug one in and switch it on again.")
        self.instruments.setCurrentText(wanted if wanted in names else names[0])
        self.remote.hear_midi(self.instruments.currentText())

    def _attempt(self, start: Callable[[], None], on: bool, stop: Callable[[], None], done: str, ended: str) -> None:
        try:
            if on:
                start()
            else:
                stop()
            self._say(done if on else ended, passing=True)
        except ZscapeError as error:
            self._say(str(error))
        self._show_switches()

    def _show_switches(self) -> None:
        remote = self.remote
        for switch, on, fields in (
            (self.hears, bool(remote.osc.port), (self.where, self.in_port)),
            (self.sends, remote.out.on, (self.to, self.out_port)),
            (self.midi, bool(remote.midi.name), ()),
            (self.sound, remote.microphone.on, ()),
        ):
            with QSignalBlocker(switch):
                switch.setChecked(on)
            for field in fields:
                grey(field, "What is open is not moved: switch it off first" if on else "")
        self.learn.setChecked(bool(remote.wanted))
        self._show_buttons()

    def refresh(self) -> None:
        """Update everything."""
        self.list.refresh()
        self._show_switches()

    def _show_arrived(self) -> None:
        self.list.show_numbers()
        rate = self.remote.rate.per_second
        if rate >= FLOOD and self._passing:
            line = f"{rate:,.0f} OSC messages a second arrive. The newest of each address counts; commands count each."
            self._say(line, passing=True)
            self.calm.start()

    def _filter(self, words: str) -> None:
        self.list.filter(words)
        self._show_buttons()

    def _show_buttons(self) -> None:
        path = self.list.chosen
        known = path in self.remote.addresses or path in self.remote.commands
        grey(self.copy, "" if path else NO_ADDRESS)
        number = "" if path in self.remote.addresses else "Choose the address of a number first"
        grey(self.follow, number or ("" if self.remote.microphone.on else "Switch the microphone on first"))
        grey(self.learn, NO_ADDRESS if not known else "" if self.remote.midi.name else "Switch MIDI on first")
        grey(self.forget, "" if self.remote.controllers.of(path) else "No controller moves this")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.list.chosen)
        self._say(f"Copied {self.list.chosen}.")

    def _learn(self) -> None:
        self.remote.learn(self.list.chosen if self.learn.isChecked() else "")
        self._say(f"Move the controller that is to move {self.list.chosen}." if self.learn.isChecked() else HINT)

    def _forget(self) -> None:
        path = self.list.chosen
        self.remote.forget(path)
        self._say(f"No controller moves {path} any more.")

    def _say(self, line: str, passing: bool = False) -> None:
        """Show a message. passing: whether a later message about what arrives may replace it."""
        self.calm.stop()
        self._passing = passing or not line
        self.words.setText(line or HINT)


def _switch(words: str, tip: str) -> QCheckBox:
    box = QCheckBox(words)
    box.setToolTip(tip)
    return box
