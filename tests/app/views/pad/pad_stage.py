"""The pad of a model with two directions, and simulated input on it."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from stage import drag_through

from zscape.app.views.pad.state import PadState
from zscape.app.work.directions import directions
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.points import resolve

LEFT = Qt.MouseButton.LeftButton
WIDE = Direction("wide", "z", (3.0, *(0.0,) * 11))
TALL = Direction("tall", "z", (0.0, 3.0, *(0.0,) * 10), provenance={"normal": [0.0, 1.0] + [0.0] * 10, "sd": 1.0})


def settled(qtbot, view):
    """Wait until the picture, the thumbnails and the heat map match the scene; returns the picture."""

    def done():
        frame = view.sheet.frame
        current = frame is not None and frame.sweep == view.sweep() and frame.model is view.session.model
        return current and not view.busy and not view.sheet.unpainted

    qtbot.waitUntil(done, timeout=20_000)
    return view.sheet.frame.images[0].copy()


def state(view):
    return view.session.scene.view(PadState)


def choose(view, **changes):
    view.session.edit_view("choose", replace(state(view), **changes))


def pixel(view, x, y):
    return view.pad.square.pixel((x, y)).toPoint()


def drag(qtbot, view, *places):
    drag_through(qtbot, view.pad, [pixel(view, *place) for place in places])


def double_click(qtbot, view, x, y):
    """A double click as a mouse makes it: first a press that moves the point."""
    qtbot.mouseClick(view.pad, LEFT, pos=pixel(view, x, y))
    qtbot.mouseDClick(view.pad, LEFT, pos=pixel(view, x, y))


def wheel(view, x, y, notches):
    place = QPointF(pixel(view, x, y))
    none = Qt.KeyboardModifier.NoModifier
    turn = QPoint(0, 120 * notches)
    event = QWheelEvent(
        place, view.pad.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view.pad, event)


def colour(view, x, y):
    return view.pad.grab().toImage().pixelColor(pixel(view, x, y) * view.pad.devicePixelRatioF())


def latent(view, point):
    return resolve([point], view.session.space, 1, 1)["z"][0]


def pad_of(qtbot, view):
    """Give the model of a pad view two directions; returns the view."""
    directions.use(view.context, [WIDE, TALL])
    settled(qtbot, view)
    return view
