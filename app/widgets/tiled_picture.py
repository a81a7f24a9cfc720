"""A frame's tiles painted as large as they fit, and where each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.magnifier import Magnifier
from zscape.app.widgets.mark_paint import paint_marks
from zscape.app.widgets.pixels import drawn_by
from zscape.app.widgets.tipped import Tipped
from zscape.models.inputs.recipe import Recipe

if TYPE_CHECKING:
    from zscape.app.widgets.frame import Frame
    from zscape.models.timeline.marks import Mark

CANVAS = QPalette.ColorRole.Mid
"""The colour behind pictures: the theme keeps it in this role of the palette."""

HEAD_GAP = 6
"""Pixels between the tiles that head a table and the others: half of it is taken from each."""

LAST_OPACITY = 0.55
"""Of a picture that is not yet live, as of the stand-ins in the places for points."""


class TiledPicture(Tipped):
    """Draws Frame.pixels as large as the room allows (see Magnifier), or `words` while there is nothing to draw.

    Until the first frame it may show the picture of an earlier one, dimmed, with `words` below: `show_last`.

    painted(frame): after the first paint of each frame. zoomed(enlarged): it was made larger or smaller by a person.
    resized(): it has another room. moved(): another part of it shows, or the same in another size.
    marks: the texts of a film that lie over it. heads: how many rows at the top and columns at the left head the table.
    """

    painted = Signal(object)
    resized = Signal()
    zoomed = Signal(bool)
    moved = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.frame: Frame | None = None
        self._image = QImage()
        self._magnifier = Magnifier()
        self._unpainted = False
        self.marks: tuple[Mark, ...] = ()
        self.heads = (0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def show_frame(self, frame: Frame) -> None:
        """Show `frame`. The last one stays up until its successor is here."""
        self.frame = frame
        height, width = frame.pixels.shape[:2]
        # Wraps the frame's own buffer: self.frame keeps it alive.
        self._image = QImage(frame.pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        self._unpainted = True
        self.update()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show the text of a film over the picture, as the file will have it."""
        if marks != self.marks:
            self.marks = marks
            self.update()

    @property
    def unpainted(self) -> bool:
        """Whether there is a frame that has not been on the screen yet."""
        return self._unpainted

    def show_last(self, picture: QImage) -> None:
        """Show `picture`, of which nothing but its pixels is known any more, until the first frame is here."""
        if self.frame is None:
            self._image = picture
            self.update()

    def wait(self, words: str) -> None:
        """Say `words` until the first frame is here; an earlier picture stays."""
        if self.frame is None:
            self.words = words
            self.update()

    def clear(self, words: str | None = None) -> None:
        """Show `words` instead of pictures."""
        words = self.words if words is None else words
        if self.frame is None and self._image.isNull() and words == self.words:
            return
        self.words = words
        self.frame, self._image = None, QImage()
        self.update()

    @property
    def tiles(self) -> int:
        """How many tiles there are."""
        return self.frame.points.count if self.frame else 0

    def recipe(self, tile: int) -> Recipe:
        """Where the picture on `tile` lies."""
        assert self.frame is not None
        return self.frame.recipe(tile)

    def caption(self, tile: int) -> str:
        """One line on `tile`."""
        assert self.frame is not None
        return self.frame.caption(tile)

    def tile_image(self, tile: int) -> QImage:
        """The picture on `tile`, a copy of its own, which says what model has drawn it."""
        assert self.frame is not None
        row, column = divmod(tile, self.frame.points.columns)
        height, width = self.frame.images.shape[1:3]
        return drawn_by(self._image.copy(column * width, row * height, width, height), self.frame.model.spec)

    def picture(self) -> QImage:
        """The whole sheet, a copy of its own."""
        return self._image.copy()

    # How large it is, and which part of it shows.

    @property
    def room(self) -> QSize:
        """What there is for the picture, in screen pixels."""
        return self._sizes()[1].toSize()

    def zoom(self) -> float:
        """Screen pixels a picture pixel: a whole number wherever that does not waste the room."""
        return 1.0 if self._image.isNull() else self._magnifier.zoom(*self._sizes())

    def picture_rect(self) -> QRectF:
        """Where the sheet is drawn, on whole screen pixels."""
        ratio = self.devicePixelRatioF()
        if self._image.isNull():
            return QRectF(self.rect().center(), QSizeF())
        drawn = self._magnifier.rect(*self._sizes())
        return QRectF(drawn.topLeft() / ratio, drawn.size() / ratio)

    def _sizes(self) -> tuple[QSizeF, QSizeF]:
        return QSizeF(self._image.size()), QSizeF(self.size()) * self.devicePixelRatioF()

    @property
    def enlarged(self) -> bool:
        """Whether it is larger than it would fit, so that it can be moved about."""
        return not self._image.isNull() and self.zoom() > self._magnifier.fitting(*self._sizes())

    def zoom_at(self, inwards: bool, place: QPointF) -> None:
        """Enlarge it by a step, or the other way round; what is at `place` stays there."""
        if not self._image.isNull():
            self._magnifier.step(inwards, place * self.devicePixelRatioF(), *self._sizes())
            self._tell_zoom()

    def zoom_in(self) -> None:
        """Enlarge it by a step."""
        self.zoom_at(True, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        """Make it smaller by a step, at the least as large as it fits."""
        self.zoom_at(False, QRectF(self.rect()).center())

    def fit_picture(self) -> None:
        """Show all of it again."""
        self._magnifier.fit()
        self._tell_zoom()

    def pan(self, by: QPointF) -> None:
        """Move it, as far as there is more of it."""
        if not self._image.isNull():
            self._magnifier.pan(by * self.devicePixelRatioF(), *self._sizes())
            self.update()
            self.moved.emit()

    def zoom_with(self, *others: TiledPicture) -> None:
        """Be enlarged and moved together with `others` from now on."""
        every = (self, *others)
        for each in every:
            each._magnifier = self._magnifier
            for other in every:
                if other is not each:
                    each.moved.connect(other.update)

    def _tell_zoom(self) -> None:
        self.update()
        self.moved.emit()
        self.zoomed.emit(self.enlarged)

    def tile_rect(self, tile: int) -> QRectF:
        """Where `tile` is drawn."""
        assert self.frame is not None
        sheet, points = self.picture_rect(), self.frame.points
        row, column = divmod(tile, points.columns)
        width, height = sheet.width() / points.columns, sheet.height() / points.rows
        return QRectF(sheet.x() + column * width, sheet.y() + row * height, width, height)

    def tile_at(self, position: QPointF) -> int:
        """The tile under `position`, -1 where there is none."""
        sheet = self.picture_rect()
        if self.frame is None or not sheet.contains(position):
            return -1
        points = self.frame.points
        column = min(int((position.x() - sheet.x()) / sheet.width() * points.columns), points.columns - 1)
        row = min(int((position.y() - sheet.y()) / sheet.height() * points.rows), points.rows - 1)
        tile = row * points.columns + column
        return tile if tile < self.tiles else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(CANVAS))
        if self._image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(
                self.rect().adjusted(24, 24, -24, -24), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self.zoom().is_integer())
        painter.setOpacity(1.0 if self.frame is not None else LAST_OPACITY)
        painter.drawImage(self.picture_rect(), self._image)
        self._clear_rest(painter)
        self._set_off_heads(painter)
        painter.setOpacity(1.0)
        if self.marks:
            paint_marks(painter, self.marks, self.picture_rect())
        if self.frame is None:
            self._say_below(painter)
        self._mark(painter)
        painter.end()
        if self._unpainted:
            self._unpainted = False
            self.painted.emit(self.frame)

    def _clear_rest(self, painter: QPainter) -> None:
        """The end of the last row, where it is not full."""
        if self.frame is not None and self.tiles < self.frame.points.rows * self.frame.points.columns:
            rest = self.tile_rect(self.tiles)
            rest.setRight(self.width())
            rest.setBottom(self.height())
            painter.fillRect(rest, self.palette().color(CANVAS))

    def _set_off_heads(self, painter: QPainter) -> None:
        """A gap between the heads of a table and what is made of them."""
        rows, columns = self.heads
        if self.frame is None or not (rows or columns):
            return
        sheet, canvas, points = self.picture_rect(), self.palette().color(CANVAS), self.frame.points
        if 0 < rows < points.rows:
            top = self.tile_rect(rows * points.columns).top() - HEAD_GAP / 2
            painter.fillRect(QRectF(sheet.left(), top, sheet.width(), HEAD_GAP), canvas)
        if 0 < columns < points.columns:
            left = self.tile_rect(columns).left() - HEAD_GAP / 2
            painter.fillRect(QRectF(left, sheet.top(), HEAD_GAP, sheet.height()), canvas)

    def _say_below(self, painter: QPainter) -> None:
        """The words on the canvas' colour at the bottom, over the picture that is not yet live."""
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(self.rect().adjusted(24, 8, -24, -8), flags, self.words)
        painter.fillRect(words.adjusted(-8, -4, 8, 4), self.palette().color(CANVAS))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(words, flags, self.words)

    def _mark(self, painter: QPainter) -> None:
        marked = self.marked_tile()
        if self.tiles > 1 and marked >= 0:
            painter.setPen(QPen(QColor(0, 0, 0, 140), 1))
            painter.drawRect(self.tile_rect(marked).adjusted(-2.5, -2.5, 1.5, 1.5))
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.tile_rect(marked).adjusted(-1, -1, 0, 0))

    def marked_tile(self) -> int:
        """The tile with a border around it, -1 for none."""
        return -1
