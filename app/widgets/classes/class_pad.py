"""The class pad: classes at the corners of a polygon, and a handle that mixes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.pad.pad import PadWidget
from zscape.models.sweeps.polygon import middle, regular, shares, within

SIDE = 192
SEEN = 2.7
"""The side of the visible square, in radii of the polygon's circle; the names are around the polygon."""
DIGITS = 6


class ClassPad(PadWidget):
    """mixed(weights): the user has moved the handle; one weight per class, with sum 1 (models/sweeps/polygon.py).

    sliderPressed(), sliderReleased(): around a drag. A double click, or Home, goes to the centre: equal weights.
    """

    mixed = Signal(object)
    sliderPressed = Signal()  # noqa: N815  as of sliders
    sliderReleased = Signal()  # noqa: N815

    def __init__(self, labels: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corners = regular(len(labels))
        self.ground.corners = tuple(zip(self._corners, labels, strict=True))
        self.ground.outline = self._corners
        self.ground.wide = True  # the names are beside the polygon
        self.view = (0.0, 0.0, SEEN)
        self.setFixedHeight(SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Class pad")
        self.setToolTip("Drag, or use the arrow keys: the nearer to a class, the more of it. A double click goes to the middle")
        self.grabbed.connect(self.sliderPressed)
        self.released.connect(self.sliderReleased)
        self.moved.connect(self._mix)
        self.reset_asked.connect(lambda: self._mix(0.0, 0.0))
        self.double_clicked.connect(lambda: self._mix(0.0, 0.0))

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, SIDE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # passed on, to scroll the area around the pad

    def show_weights(self, weights: Sequence[float]) -> None:
        """Show the place of a mixture: the mean of its classes' corners by their weights, which need not sum to 1."""
        total = sum(weights)
        self.show_spot(middle([weight / total for weight in weights], self._corners))

    def _mix(self, x: float, y: float) -> None:
        place = within((x, y), self._corners)
        self.show_spot(place)  # at once, because the caller may take a while
        found = shares(place, self._corners)
        self.mixed.emit(tuple(round(share, DIGITS) for share in found))
