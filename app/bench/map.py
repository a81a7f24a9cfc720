"""The map view with 70,000 pictures: time to the first picture, response to the mouse, and time to find neighbours."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zscape.app.window.main_window import MainWindow

COUNT = 70_000
MOVES_A_SECOND, SECONDS = 120, 4.0
HOVERS, ASKED = 40, 40
SPREAD = 90.0
"""The distance in pixels that the map is dragged to and fro."""


def write_pictures(path: Path) -> None:
    """COUNT digits as an npz: the 5,000 bundled ones, shifted by up to two pixels."""
    import numpy as np

    from zscape.models.data.sources import load
    from zscape.models.media.npz import save_arrays

    digits, random = load("digits"), np.random.default_rng(0)
    places = np.resize(np.arange(len(digits)), COUNT)
    shifts = random.integers(-2, 3, (COUNT, 2))
    images = np.empty((COUNT, *digits.images.shape[1:]), np.uint8)
    for down, right in np.unique(shifts, axis=0).tolist():
        some = (shifts == (down, right)).all(1)
        images[some] = np.roll(digits.images[places[some]], (down, right), (1, 2))
    save_arrays(path, images=images, labels=digits.labels[places], class_names=np.array(digits.class_names))


def map_figures(window: MainWindow, folder: Path) -> dict[str, float]:
    """The response times of the map of COUNT pictures; {} for a model of other pictures than digits.

    first_map_s: from requesting the map to points on screen. pan_frames_a_second, zoom_frames_a_second: while the mouse drags
    and the wheel turns. hover_p95_ms: from a move of the mouse to the picture on screen. neighbours_p95_ms: of a picture, by
    pixels. Nothing else runs meanwhile.
    """
    import numpy as np
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.show()
    loop.exec()
    model = window.session.model
    if model is None or model.spec.image_shape != (1, 28, 28):
        return {}
    path = folder / "pictures.npz"
    folder.mkdir(parents=True, exist_ok=True)
    write_pictures(path)
    from zscape.app.views.map.maker import MapMaker

    MapMaker.by_itself = False
    view: Any = window.show_view("map")
    canvas = view.canvas
    began = time.perf_counter()
    first = 0.0

    def painted() -> None:
        nonlocal first
        if len(canvas.points) == COUNT:
            first = first or time.perf_counter() - began
            if view.maker.map.knows_neighbours("pixels"):
                loop.quit()

    canvas.painted.connect(painted)
    view.want({"source": "data", "data": str(path)})
    loop.exec()
    canvas.painted.disconnect(painted)
    view.maker.stop()
    window.jobs.shut_down()
    found = view.maker.map
    random = np.random.default_rng(0)
    asked = found.collection.images[random.integers(0, COUNT, ASKED)].reshape(ASKED, -1)
    near = [_timed(lambda row=row: found.neighbours("pixels").nearest(row, 10)) for row in asked]
    figures = {"first_map_s": first, "neighbours_p95_ms": float(np.percentile(near, 95))}
    figures["pan_frames_a_second"] = _moved(canvas, _dragging(canvas))
    figures["zoom_frames_a_second"] = _moved(canvas, _turning(canvas))
    canvas.fit()
    figures["hover_p95_ms"] = _hovered(canvas, random.integers(0, COUNT, HOVERS))
    return figures


def _timed(action: Any) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def _moved(canvas: Any, move: Any) -> float:
    """The frames painted per second while `move(seconds)` is called at the rate of a mouse."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, timer, frames = QEventLoop(), QTimer(), 0
    began = time.perf_counter()

    def step() -> None:
        passed = time.perf_counter() - began
        if passed > SECONDS:
            timer.stop()
            loop.quit()
        else:
            move(passed)

    def painted() -> None:
        nonlocal frames
        frames += 1

    canvas.painted.connect(painted)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(round(1000 / MOVES_A_SECOND))
    timer.timeout.connect(step)
    timer.start()
    loop.exec()
    canvas.painted.disconnect(painted)
    move(-1.0)
    return frames / (time.perf_counter() - began)


def _dragging(canvas: Any) -> Any:
    """A drag of the map to and fro."""
    from PySide6.QtCore import QPoint, QPointF, Qt

    centre, pressed = canvas.rect().center(), False

    def place(seconds: float) -> QPoint:
        return QPointF(centre.x() + SPREAD * math.sin(3 * seconds), centre.y() + SPREAD * math.cos(2 * seconds)).toPoint()

    def move(seconds: float) -> None:
        nonlocal pressed
        from PySide6.QtTest import QTest

        handle = canvas.window().windowHandle()
        where = canvas.mapTo(canvas.window(), place(max(seconds, 0.0)))
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        if not pressed:
            pressed = True
            QTest.mousePress(handle, left, plain, where)
        elif seconds < 0:
            QTest.mouseRelease(handle, left, plain, where)
        else:
            QTest.mouseMove(handle, where)

    return move


def _turning(canvas: Any) -> Any:
    """The wheel turned to and fro."""

    def move(seconds: float) -> None:
        canvas.zoom_in(1.02 if seconds >= 0 and math.sin(2 * seconds) > 0 else 1 / 1.02)

    return move


def _hovered(canvas: Any, places: Any) -> float:
    """Milliseconds from a move of the mouse onto a point until its picture is painted."""
    import numpy as np
    from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    taken = []
    for place in places.tolist():
        spot = canvas.spot(place)
        if not canvas.rect().contains(spot.toPoint()):
            continue
        global_spot = QPointF(canvas.mapToGlobal(spot.toPoint()))
        nothing, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type.MouseMove, spot, global_spot, nothing, nothing, plain)
        began = time.perf_counter()
        QCoreApplication.sendEvent(canvas, event)
        canvas.repaint()
        taken.append(1000 * (time.perf_counter() - began))
    return float(np.percentile(taken, 95))
