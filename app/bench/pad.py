"""The point dragged over the pad by mouse events: the time from each move to its picture on screen."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from zscape.app.bench.held_mouse import drag_along

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.window.main_window import MainWindow

SECONDS = 5.0
"""The length of each drag; it follows one of half that length as a warm-up."""
TURN = 2.5
"""The angular speed on the spiral in radians per second."""


def pad(window: MainWindow) -> dict[str, float]:
    """Milliseconds from move to painted frame on the default plane and among the classes, with a heat map and thumbnails."""
    from PySide6.QtCore import QEventLoop, QTimer

    from zscape.app.work.directions.direction_finder import DirectionFinder

    DirectionFinder.by_itself = False
    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.show()
    loop.exec()
    window.show_view("pad")
    view: Any = window.views["pad"]
    figures: dict[str, float] = {}
    for kind, name in (("", "pad"), ("classes", "class_pad")):
        if kind == "classes" and len(window.session.space.labels if window.session.space else ()) < 2:
            continue
        view.controls.keep("measure", kind=kind, heat="prior", at=(), seen=())
        _rest(view)
        drag(window, SECONDS / 2)
        for figure, value in drag(window, SECONDS).items():
            figures[f"{name}_{figure}"] = value
    window.jobs.shut_down()
    return figures


def drag(window: MainWindow, seconds: float) -> dict[str, float]:
    """Drag in a spiral for `seconds`, then wait until nothing is being drawn."""
    import numpy as np
    from PySide6.QtCore import QPoint

    view: Any = window.views["pad"]
    square = view.pad.square.rect
    centre, radius = view.pad.mapTo(window, square.center().toPoint()), 0.3 * square.width()
    moved: dict[Any, float] = {}
    latencies: list[float] = []

    def place(passed: float) -> QPoint:
        angle = TURN * passed
        away = radius * (0.7 + 0.3 * math.sin(angle / 7))  # so that no place is visited twice
        return QPoint(round(centre.x() + away * math.cos(angle)), round(centre.y() + away * math.sin(angle)))

    def painted(frame: Frame) -> None:
        at = moved.get(frame.sweep.centre)
        if at is not None:
            latencies.append(1000 * (time.perf_counter() - at))

    connection = view.sheet.painted.connect(painted)
    drag_along(window, place, seconds, lambda now: moved.update({window.session.point: now}))
    view.sheet.painted.disconnect(connection)
    _rest(view)
    latency = np.percentile(latencies, [50, 95, 100]) if latencies else [math.inf] * 3
    return {
        "p50_ms": float(latency[0]),
        "p95_ms": float(latency[1]),
        "max_ms": float(latency[2]),
        "frames_a_second": len(latencies) / seconds,
    }


def _rest(view: Any) -> None:
    """Wait until the view is completely drawn."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, timer = QEventLoop(), QTimer()
    timer.setInterval(50)
    timer.timeout.connect(lambda: None if view.busy or view.sheet.unpainted else loop.quit())
    timer.start()
    loop.exec()
    timer.stop()
