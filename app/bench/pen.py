"""A digit drawn in the restyle view with the events of a mouse: how often what the model makes of it is on the screen."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zscape.app.widgets.frame import Frame
    from zscape.app.window.main_window import MainWindow

MOVES_A_SECOND = 120
SECONDS = 5.0
"""How long the stroke lasts; one before it, half as long, makes everything ready."""
TURN = 1.5
"""Radians a second on the circle that is drawn."""


def pen(window: MainWindow) -> dict[str, float]:
    """Frames a second of the reconstruction and of all classes, each of another picture than the one before, while the pen moves.

    {} where the model has no encoder.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.show()
    loop.exec()
    if window.session.model is None or window.session.model.encoder is None:
        return {}
    window.show_view("restyle")
    QTimer.singleShot(500, loop.quit)
    loop.exec()
    stroke(window, SECONDS / 2)
    return stroke(window, SECONDS)


def stroke(window: MainWindow, seconds: float) -> dict[str, float]:
    """Draw a circle for `seconds`, then wait until the window is at rest."""
    import numpy as np
    from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
    from PySide6.QtTest import QTest

    view: Any = window.views["restyle"]
    handle, pad = window.windowHandle(), view.pad
    centre, radius = pad.mapTo(window, pad.rect().center()), 0.3 * pad.width()
    began, moves = time.perf_counter(), 0
    shown: dict[str, dict[Any, float]] = {"classes": {}, "reconstruction": {}}

    def place() -> QPoint:
        angle = TURN * (time.perf_counter() - began)
        return QPoint(round(centre.x() + radius * math.cos(angle)), round(centre.y() + radius * math.sin(angle)))

    def keep(name: str, frame: Frame) -> None:
        shown[name].setdefault(frame.sweep, time.perf_counter())

    def move() -> None:
        nonlocal moves
        if time.perf_counter() - began > seconds:
            timer.stop()
            loop.quit()
            return
        moves += 1
        QTest.mouseMove(handle, place())

    painted = {"classes": view.sheet.painted, "reconstruction": view.reconstruction.painted}
    connections = [signal.connect(lambda frame, name=name: keep(name, frame)) for name, signal in painted.items()]
    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(round(1000 / MOVES_A_SECOND))
    timer.timeout.connect(move)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place())
    timer.start()
    loop.exec()
    length = time.perf_counter() - began
    for signal, connection in zip(painted.values(), connections, strict=True):
        signal.disconnect(connection)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place())
    rest = QTimer()
    rest.setInterval(20)
    rest.timeout.connect(lambda: None if view.busy else loop.quit())
    rest.start()
    loop.exec()
    gaps = 1000 * np.diff(list(shown["classes"].values()))
    return {
        "moves_a_second": moves / length,
        "reconstructions_a_second": len(shown["reconstruction"]) / length,
        "classes_a_second": len(shown["classes"]) / length,
        "pen_gap_p50_ms": float(np.percentile(gaps, 50)) if len(gaps) else math.inf,
        "pen_gap_p95_ms": float(np.percentile(gaps, 95)) if len(gaps) else math.inf,
    }
