"""A circle drawn in the restyle view, and painted in the paint view, by mouse events.

It measures how often the model's result is updated on screen.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zscape.app.bench.held_mouse import drag_along

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.window.main_window import MainWindow

SECONDS = 5.0
"""The length of the stroke; it follows one of half that length as a warm-up."""
TURN = 1.5
"""The angular speed on the circle in radians per second."""


def pen(window: MainWindow) -> dict[str, float]:
    """Different pictures per second of the reconstruction and of all classes, while the pen moves.

    {} if the model has no encoder.
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
    view: Any = window.views["restyle"]
    sheets = {"classes": view.sheet, "reconstruction": view.reconstruction}
    stroke(window, view, sheets, SECONDS / 2)
    found = stroke(window, view, sheets, SECONDS)
    return {
        "moves_a_second": found["moves"],
        "reconstructions_a_second": found["reconstruction"],
        "classes_a_second": found["classes"],
        "pen_gap_p50_ms": found["gap_p50_ms"],
        "pen_gap_p95_ms": found["gap_p95_ms"],
    }


def paint(window: MainWindow) -> dict[str, float]:
    """Different results per second while a circle is painted on the picture at the current point."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.show()
    loop.exec()
    view: Any = window.show_view("paint")
    QTimer.singleShot(4000, loop.quit)  # until the model is ready for painting, and for drafts
    loop.exec()
    stroke(window, view, {"results": view.sheet}, SECONDS / 2)
    found = stroke(window, view, {"results": view.sheet}, SECONDS)
    return {
        "moves_a_second": found["moves"],
        "results_a_second": found["results"],
        "result_gap_p50_ms": found["gap_p50_ms"],
        "result_gap_p95_ms": found["gap_p95_ms"],
    }


def stroke(window: MainWindow, view: Any, sheets: Mapping[str, Any], seconds: float) -> dict[str, float]:
    """Draw a circle on the pad of `view` for `seconds`, then wait until nothing is being drawn.

    Returns moves per second, the different pictures per second for each of `sheets` by its name, and the gaps between those of
    the first.
    """
    import numpy as np
    from PySide6.QtCore import QEventLoop, QPoint, QTimer

    pad = view.pad
    centre, radius = pad.mapTo(window, pad.rect().center()), 0.3 * pad.width()
    moves: list[float] = []
    shown: dict[str, dict[Any, float]] = {name: {} for name in sheets}

    def place(passed: float) -> QPoint:
        angle = TURN * passed
        return QPoint(round(centre.x() + radius * math.cos(angle)), round(centre.y() + radius * math.sin(angle)))

    def keep(name: str, frame: Frame) -> None:
        shown[name].setdefault(frame.sweep, time.perf_counter())

    painted = {name: sheet.painted for name, sheet in sheets.items()}
    connections = [signal.connect(lambda frame, name=name: keep(name, frame)) for name, signal in painted.items()]
    length = drag_along(window, place, seconds, moves.append)
    for signal, connection in zip(painted.values(), connections, strict=True):
        signal.disconnect(connection)
    loop, rest = QEventLoop(), QTimer()
    rest.setInterval(20)
    rest.timeout.connect(lambda: None if view.busy else loop.quit())
    rest.start()
    loop.exec()
    gaps = 1000 * np.diff(list(next(iter(shown.values())).values()))
    return {
        "moves": len(moves) / length,
        **{name: len(each) / length for name, each in shown.items()},
        "gap_p50_ms": float(np.percentile(gaps, 50)) if len(gaps) else math.inf,
        "gap_p95_ms": float(np.percentile(gaps, 95)) if len(gaps) else math.inf,
    }
