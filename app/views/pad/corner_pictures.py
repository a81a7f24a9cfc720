"""The pictures of the points that span a pad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import drawn_by, image_of
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Options
from zscape.models.sweeps.single import Gallery

if TYPE_CHECKING:
    from zscape.models.inputs.recipe import Recipe

CHANNEL = "pad corners"


class CornerPictures(QObject):
    """Draws the requested points, and passes their pictures to `show`, in order."""

    def __init__(self, context: Context, show: Callable[[Sequence[QImage]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self._show = context, show
        self._wanted: Gallery | None = None
        self._asked = -1
        context.renderer.frame_ready.connect(self._take)

    def show(self, points: Sequence[Recipe]) -> None:
        """Request the pictures of `points`, () for none."""
        wanted = Gallery(points[0], tuple(points[1:])) if points else None
        if wanted != self._wanted:
            self._wanted = wanted
            if wanted is not None:
                self._asked = self.context.renderer.request(CHANNEL, wanted, Options(whole=True))

    def forget(self) -> None:
        """Request the next pictures again, even if unchanged."""
        self.context.renderer.forget(CHANNEL)
        self._wanted, self._asked = None, -1

    def _take(self, frame: Frame) -> None:
        model = self.context.session.model
        if frame.channel == CHANNEL and frame.request == self._asked and frame.model is model and frame.complete:
            spec = frame.model.spec
            self._show([drawn_by(image_of(each[None], 1), spec) for each in frame.images])
