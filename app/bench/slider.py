"""A slider that moves continuously, and the resulting frames on screen."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from zscape.app.bench.beat import Beat
from zscape.app.bench.held_mouse import MOVES_A_SECOND

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QSlider

    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.window.main_window import MainWindow

SECONDS = 6.0
"""How long the slider moves."""


class Drag:
    """A slider moved MOVES_A_SECOND times per second, and the resulting frames on screen."""

    def __init__(self, window: MainWindow, slider: QSlider, painted: SignalInstance) -> None:
        """painted(frame): emitted after the paint of each frame."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        self.slider = slider
        self.loop = QEventLoop()
        self.moved: dict[Any, float] = {}
        self.latencies: list[float] = []
        self.gaps: dict[str, float] = {}
        self.window = window
        self.mover, self.beat = QTimer(), Beat()
        self.mover.setTimerType(Qt.TimerType.PreciseTimer)
        self.mover.setInterval(round(1000 / MOVES_A_SECOND))
        self.mover.timeout.connect(self.move)
        painted.connect(self.painted)
        self.began = 0.0

    def move(self) -> None:
        """Move once; the slider goes to and fro and never stands still."""
        now = time.perf_counter()
        if now - self.began > SECONDS:
            self.mover.stop()
            self.gaps = self.beat.stop()
            self.loop.quit()
            return
        share = math.sin((now - self.began) * 2.1)
        value = round(share * self.slider.maximum())
        self.slider.setValue(value if value != self.slider.value() else value + 1)
        self.moved[self.window.session.point] = now

    def painted(self, frame: Frame) -> None:
        """A frame is on screen: measure the time since the move that it shows."""
        moved = self.moved.get(frame.sweep.centre)
        if moved is not None:
            self.latencies.append(1000 * (time.perf_counter() - moved))

    def run(self) -> None:
        """Move for SECONDS."""
        self.slider.sliderPressed.emit()
        self.began = time.perf_counter()
        self.mover.start()
        self.beat.start()
        self.loop.exec()
        self.slider.sliderReleased.emit()
