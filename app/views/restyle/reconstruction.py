"""The reconstruction of the picture: the model's picture at the encoded point."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.context import Context
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import Single

CHANNEL = "restyle-found"
LEAST = 84
"""The minimum side: three screen pixels for each of the 28 of a digit."""


class Reconstruction(Sheet):
    """drawn(): it was drawn."""

    drawn = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("What the model makes of it appears here.")
        self._context = context
        self._found: Recipe | None = None
        self.setAccessibleName("Reconstruction")
        self.setToolTip("What the model draws from the latent that the encoder found for your picture")
        self.setMinimumSize(LEAST, LEAST)
        context.renderer.frame_ready.connect(self._take)

    def follow(self, found: Recipe | None) -> None:
        """Request it at the point that was found, if any."""
        self._found = found
        if found is not None and self._context.session.model is not None:
            self._context.renderer.request(CHANNEL, Single(found))

    def _take(self, frame: Frame) -> None:
        if frame.channel == CHANNEL and frame.model is self._context.session.model and self._found is not None:
            self.show_frame(frame)
            self.drawn.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._context.renderer.forget(CHANNEL)
