"""Points for a timeline, the timeline without a window, and places on it."""

from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from recipes import recipe
from stage import open_file, show

from zscape.app.window.timeline.panel import TimelinePanel
from zscape.app.window.timeline.transport import Transport
from zscape.app.work.playing.player import Player
from zscape.models.sweeps.single import Single

POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]


LEFT = Qt.MouseButton.LeftButton


@contextmanager
def alone(qtbot, context, model):
    """The panel of the timeline of an open model, and above it what its dock has in its title."""
    open_file(qtbot, context, model)
    place, session = QWidget(), context.session
    player = Player(context, place)
    panel = TimelinePanel(context, player, lambda: Single(session.point))
    transport = Transport(player, lambda: session.scene.timeline)
    for button in (panel.tracks.toggle, panel.sound.button, panel.recording.button):
        transport.add(button)
    column = QVBoxLayout(place)
    column.addWidget(transport)
    column.addWidget(panel)
    show(qtbot, place, 760, 400)
    panel.refresh()
    transport.refresh()
    yield panel


def starts(panel):
    return [each.start for each in panel.stops]


def at(panel, time, y=8):
    return QPoint(round(panel.track.scale.x(time)), y)


def line(panel):
    return panel.session.scene.timeline


def steps(panel):
    return panel.session.undo_stack.count()
