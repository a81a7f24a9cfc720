"""The contents and geometry of a timeline's track."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.timeline.scale import MARGIN, RULER, SIDE, Scale
from zscape.app.widgets.tipped import Tipped
from zscape.models.timeline.stops import Stop

LEAST = 12.0
"""The width of a picture if the stops are close together."""


class ShownTrack(Tipped):
    """`stops` along `seconds`, `words` if there is no timeline. current: the selected stop, hover: the one under the mouse, drop:
    the pixel where a point would be dropped; each -1 for none.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.stops: Sequence[Stop] = ()
        self.captions: Sequence[str] = ()
        self.images: Sequence[QImage] = ()
        self.diamonds: Sequence[float] = ()
        self.seconds, self.time = 0.0, 0.0
        self._rooms: Sequence[float] = ()  # the distance from each stop to its nearer neighbour, relative to the length
        self.current, self.hover, self.drop = -1, -1, -1.0

    def show_stops(self, stops: Sequence[Stop], seconds: float, diamonds: Sequence[float]) -> None:
        """Set the stops. seconds: the length, 0 for no timeline. diamonds: times at which the sheet has numbers."""
        between = [seconds, *(after.start - stop.start for stop, after in pairwise(stops)), seconds]
        self._rooms = [min(pair) / (seconds or 1.0) for pair in pairwise(between)]
        if len(stops) != len(self.stops):
            self.images, self.captions = [], []
        self.stops, self.seconds, self.diamonds = stops, seconds, diamonds
        self.current = min(self.current, len(stops) - 1)
        self.time = min(self.time, seconds)
        self.update()

    def show_pictures(self, images: Sequence[QImage], captions: Sequence[str]) -> None:
        """Set a picture and a caption for each stop."""
        self.images, self.captions = images, captions
        self.update()

    def show_time(self, time: float) -> None:
        """Set the playhead."""
        self.time = time
        self.update()

    def choose(self, place: int) -> None:
        """Select the stop at index `place`."""
        self.current = place
        if 0 <= place < len(self.stops):
            caption = self.captions[place] if place < len(self.captions) else ""
            self.setAccessibleDescription(f"Key {place + 1} of {len(self.stops)} at {self.stops[place].start:.2f} s. {caption}")
        self.update()

    @property
    def scale(self) -> Scale:
        """The mapping from times to pixels."""
        return Scale(self.seconds or 1.0, MARGIN, self.width() - 2 * MARGIN)

    def rect_of(self, place: int) -> QRectF:
        """The rectangle of a stop's picture: as wide as its neighbours allow."""
        scale = self.scale
        width = max(LEAST, min(SIDE, self._rooms[place] * scale.width - 4))
        return QRectF(scale.x(self.stops[place].start) - width / 2, RULER + 4, width, SIDE)

    def place_at(self, position: QPointF) -> int:
        """The index of the stop whose picture is at `position`, -1 if there is none; the end that closes a loop is not a stop."""
        found = [k for k, stop in enumerate(self.stops) if not stop.closes and self.rect_of(k).contains(position)]
        return self.current if self.current in found else found[-1] if found else -1

    def snapped_to_keys(self, time: float, event: QMouseEvent) -> float:
        """`time` snapped for the playhead or an end of the played part; with Alt nothing snaps."""
        return self._snapped(time, event, [edge for each in self.stops for edge in (each.start, each.end)])

    def _snapped(self, time: float, event: QMouseEvent, near: Sequence[float]) -> float:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return round(time, 3)
        return self.scale.snapped(time, near)
