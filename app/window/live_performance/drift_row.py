"""Drift in the window: its row in the status bar, with the speed; it pauses while the picture is hidden."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QSizePolicy, QToolButton, QWidget

from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.theme import set_icon
from zscape.app.window.status.status_bar import StatusBar
from zscape.app.work.context import Context
from zscape.app.work.playing.drift import LEAST, MOST, Drift


class DriftRow(QWidget):
    """The speed of drift and a stop button; visible while drift is on."""

    def __init__(self, drift: Drift) -> None:
        super().__init__()
        self._drift = drift
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = QLabel()
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("Drift waits"))
        self.speed = DecimalBox()
        self.speed.setProperty("quiet", True)
        self.speed.setRange(LEAST, MOST)
        self.speed.setDecimals(0)
        self.speed.setSuffix(" °/s")
        self.speed.setFixedWidth(64)
        self.speed.setAccessibleName("Speed of the drift")
        self.speed.setToolTip("Degrees a second on the sphere of latents: at 90 it comes as far as another seed in a second")
        self.speed.setValue(drift.speed)
        self.speed.valueChanged.connect(self._set_speed)
        guard(self.speed)
        self.stop = QToolButton()
        self.stop.setProperty("role", "tiny")
        set_icon(self.stop, "close", 14)
        self.stop.setToolTip("Stop the drift; undo takes the whole of it back")
        self.stop.setAccessibleName("Stop the drift")
        self.stop.clicked.connect(drift.stop)
        for widget in (self.words, self.speed, self.stop):
            row.addWidget(widget)
        drift.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the current state."""
        self.words.setText("Drift waits" if self._drift.waits else "Drift")
        self.setVisible(self._drift.on)

    def _set_speed(self, degrees: float) -> None:
        self._drift.speed = degrees


class _Sight(QObject):
    """Tells drift when the window is hidden or shown again."""

    def __init__(self, window: QMainWindow, drift: Drift) -> None:
        super().__init__(window)
        self._drift = drift
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.WindowStateChange):
            self._drift.look()
        return False


def add_drift(window: QMainWindow, context: Context, status: StatusBar, seen: Callable[[], bool]) -> Drift:
    """Create the drift of `window`, with its row in the status bar. seen(): whether the picture is visible."""
    drift = Drift(context, window, seen=seen)
    status.add_row(DriftRow(drift))
    _Sight(window, drift)
    return drift
