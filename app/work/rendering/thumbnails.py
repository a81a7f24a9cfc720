"""Small pictures of a changing list of points: each point is drawn once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import drawn_by, image_of
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.tiles import same_weights
from zscape.models.inputs.recipe import Recipe

KEPT = 200
"""How many pictures are kept."""


class Thumbnails(QObject):
    """drawn(): there are more pictures. channel: of the renderer, used only by this object."""

    drawn = Signal()

    def __init__(self, context: Context, channel: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._channel = context, channel
        self._known: OrderedDict[Recipe, tuple[QImage, str]] = OrderedDict()
        self._model = context.session.model
        self._asked: tuple[Recipe, ...] = ()
        self._asked_of = self._model
        context.renderer.frame_ready.connect(self._take)

    def want(self, recipes: Sequence[Recipe]) -> None:
        """Draw those points that have no picture."""
        session = self._context.session
        if not same_weights(self._model, session.model):
            self._model = session.model
            self._known.clear()
            self._asked = ()
        missing = tuple(each for each in recipes if each not in self._known)
        # A model with more directions drops what was asked for before.
        fresh = missing != self._asked or session.model is not self._asked_of
        if missing and fresh and session.model is not None:
            from zscape.models.sweeps.single import Gallery

            self._asked, self._asked_of = missing, session.model
            self._context.renderer.request(self._channel, Gallery(missing[0], missing[1:]), Options(whole=True))

    def picture(self, recipe: Recipe) -> QImage:
        """The picture of a point, a null image until it is drawn."""
        return self._known.get(recipe, (QImage(), ""))[0]

    def caption(self, recipe: Recipe) -> str:
        """A one-line description of the point."""
        return self._known.get(recipe, (QImage(), ""))[1]

    def _take(self, frame: Frame) -> None:
        if frame.channel != self._channel or not same_weights(frame.model, self._model):
            return
        for place, recipe in enumerate(frame.points.recipes):
            self._known[recipe] = drawn_by(image_of(frame.images[place : place + 1], 1), frame.model.spec), frame.caption(place)
            self._known.move_to_end(recipe)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self._asked = ()
        self.drawn.emit()
