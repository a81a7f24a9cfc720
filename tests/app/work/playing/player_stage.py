"""A player with a clock that the test controls, and a view that requests its sheet."""

from contextlib import contextmanager
from types import SimpleNamespace

from PySide6.QtCore import QObject, Signal
from recipes import bare_model, recipe, space

from zscape.app.state.session import Session
from zscape.app.work.playing.moment import Moment
from zscape.app.work.playing.player import Player
from zscape.models.sweeps.single import Single
from zscape.models.timeline.edits import animate_shelf

SPACE = space(12)
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3)]


class Drawing(QObject):
    failed = Signal(object)
    frame_ready = Signal(object)
    ahead_drawn = Signal(object)

    def __init__(self):
        super().__init__()
        self.ahead = None

    def draw_ahead(self, ahead):
        self.ahead = ahead


class Stage:
    """A session with the model's space, a clock, and a view that requests its sheet whenever the moment changes."""

    def __init__(self):
        self.session, self.moment, self.renderer, self.now = Session(), Moment(), Drawing(), 0.0
        self.session.adopt(bare_model(SPACE))
        self.asked = []
        self.ahead = None
        self.moment.changed.connect(self.ask)
        self.jobs = SimpleNamespace(touch=lambda: None)
        self.player = Player(self, clock=lambda: self.now)

    def ask(self):
        sheet = Single(self.session.point)
        self.ahead = self.moment.ahead(sheet)
        self.asked.append(self.moment.of(sheet))

    def go(self, seconds):
        self.now += seconds
        self.player.tick()

    def draw(self, complete=True, seconds=0.0):
        """Let the renderer draw the last requested sheet."""
        frame = SimpleNamespace(sweep=self.asked[-1], complete=complete, seconds=seconds)
        self.renderer.frame_ready.emit(frame)
        return frame

    def paint(self, complete=True):
        """Draw and paint the last requested sheet."""
        self.player.count(self.draw(complete))


@contextmanager
def opened():
    """A stage with a timeline through three points, one second for each leg."""
    stage = Stage()
    stage.session.edit_timeline("make", animate_shelf(POINTS, SPACE, leg=1.0))
    yield stage
    stage.player.pause()
