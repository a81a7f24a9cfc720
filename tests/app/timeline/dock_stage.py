"""Points for a timeline, and places on it."""

from PySide6.QtCore import QPoint, Qt
from recipes import recipe

POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]


LEFT = Qt.MouseButton.LeftButton


def starts(dock):
    return [each.start for each in dock.panel.stops]


def at(dock, time, y=8):
    return QPoint(round(dock.panel.track.scale.x(time)), y)


def steps(window):
    return window.session.undo_stack.count()
