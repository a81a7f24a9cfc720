"""A map of 60 digits for the tests of the map view, and simulated input on it."""

from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from stage import give_model, open_context, show, small_model

from zscape.app.views.map.view import MapView
from zscape.models.data.sources import load
from zscape.models.media.npz import save_arrays

LEFT = Qt.MouseButton.LeftButton


def settled(qtbot, view):
    qtbot.waitUntil(lambda: view.maker.map is not None and view.maker.map.complete and not view.maker.busy, timeout=100_000)
    qtbot.waitUntil(lambda: bool(view.side.near.images), timeout=10_000)


def pixels(widget):
    """What is on screen, uint8 [H, W, 3]."""
    image = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def lone(view):
    """The index of a point with no other near it on screen."""
    screen = view.canvas.on_screen()
    far = np.abs(screen[:, None] - screen[None]).max(2) + 1e6 * np.eye(len(screen))
    inside = (screen > 40).all(1) & (screen < [view.canvas.width() - 40, view.canvas.height() - 40]).all(1)
    return int(np.argmax(np.where(inside, far.min(1), -1)))


def at(view, place):
    return view.canvas.spot(place).toPoint()


def drag(canvas, places, modifier=Qt.KeyboardModifier.NoModifier):
    from PySide6.QtTest import QTest

    QTest.mousePress(canvas, LEFT, modifier, places[0])
    for place in places[1:]:
        moved(canvas, place, modifier)
    QTest.mouseRelease(canvas, LEFT, modifier, places[-1])


def moved(widget, place, modifier):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    where = QPointF(place), QPointF(widget.mapToGlobal(place))
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, *where, Qt.MouseButton.NoButton, LEFT, modifier))


def ring(view, low=0.0, high=1.0, modifier=Qt.KeyboardModifier.ShiftModifier):
    """Draw a lasso around a part of the canvas, given in fractions of its width."""
    width, height = view.canvas.width(), view.canvas.height()
    left, right = round(low * width) + 2, round(high * width) - 3
    corners = [QPoint(left, 2), QPoint(right, 2), QPoint(right, height - 3), QPoint(left, height - 3), QPoint(left, 20)]
    drag(view.canvas, corners, modifier)


def digits_in(folder):
    """Write 60 digits to a file; returns its path."""
    digits = load("digits").subset(np.arange(0, 5000, 84))
    save_arrays(folder / "some.npz", images=digits.images, labels=digits.labels, class_names=np.array(digits.class_names))
    return str(folder / "some.npz")


@contextmanager
def view_of(qtbot, folder, data):
    """The map view with a map of `data`."""
    with open_context(folder / "home") as context:
        view = show(qtbot, MapView(context), 900, 620)
        give_model(qtbot, context, small_model())
        view.want({"source": "data", "data": data})
        settled(qtbot, view)
        yield view
