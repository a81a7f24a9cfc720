"""A frame's tiles, painted as large as they fit, and their positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.pictures.magnifier import Magnifier
from zscape.app.widgets.pictures.mark_paint import paint_marks
from zscape.app.widgets.pictures.pixels import drawn_by
from zscape.app.widgets.tipped import Tipped
from zscape.models.inputs.recipe import Recipe

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.models.timeline.marks import Mark

CANVAS = QPalette.ColorRole.Mid
"""The colour behind pictures: the theme stores it in this role of the palette."""

HEAD_GAP = 6
"""The pixels between the head tiles of a table and the others: half of it is taken from each."""

LAST_OPACITY = 0.55
"""The opacity of a picture that is not yet live, and of default points in slots."""


class TiledPicture(Tipped):
    """Draws Frame.pixels as large as the space allows (see Magnifier), or `words` while there is nothing to draw.

    Until the first frame it may show the picture of an earlier one, dimmed, with `words` below: `show_last`.

    painted(frame): after the first paint of each frame. zoomed(enlarged): the user has zoomed.
    resized(): the available space has changed. moved(): the visible part, or its size, has changed.
    marks: the texts of a film over it. heads: the number of rows at the top and columns at the left that head the table.
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
        """Show `frame`. The last one stays until it is painted."""
        self.frame = frame
        height, width = frame.pixels.shape[:2]
        # Wraps the frame's own buffer, which self.frame keeps alive.
        self._image = QImage(frame.pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        self._unpainted = True
        self.update()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show a film's text over the picture, as in the file."""
        if marks != self.marks:
            self.marks = marks
            self.update()

    @property
    def unpainted(self) -> bool:
        """Whether there is a frame that was not painted yet."""
        return self._unpainted

    def show_last(self, picture: QImage) -> None:
        """Show `picture`, of which only the pixels are known, until the first frame arrives."""
        if self.frame is None:
            self._image = picture
            self.update()

    def wait(self, words: str) -> None:
        """Show `words` until the first frame arrives; an earlier picture stays."""
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
        """The number of tiles."""
        return self.frame.points.count if self.frame else 0

    def recipe(self, tile: int) -> Recipe:
        """The recipe of the picture on `tile`."""
        assert self.frame is not None
        return self.frame.recipe(tile)

    def caption(self, tile: int) -> str:
        """A one-line description of `tile`."""
        assert self.frame is not None
        return self.frame.caption(tile)

    def tile_image(self, tile: int) -> QImage:
        """A copy of the picture on `tile`, with texts that name the model that drew it."""
        assert self.frame is not None
        row, column = divmod(tile, self.frame.points.columns)
        height, width = self.frame.images.shape[1:3]
        return drawn_by(self._image.copy(column * width, row * height, width, height), self.frame.model.spec)

    def picture(self) -> QImage:
        """A copy of the whole sheet."""
        return self._image.copy()

    # Its size, and its visible part.

    @property
    def room(self) -> QSize:
        """The space for the picture, in screen pixels."""
        return self._sizes()[1].toSize()

    def zoom(self) -> float:
        """Screen pixels per picture pixel: a whole number unless that wastes too much space."""
        return 1.0 if self._image.isNull() else self._magnifier.zoom(*self._sizes())

    def picture_rect(self) -> QRectF:
        """The rectangle of the sheet, on whole screen pixels."""
        ratio = self.devicePixelRatioF()
        if self._image.isNull():
            return QRectF(self.rect().center(), QSizeF())
        drawn = self._magnifier.rect(*self._sizes())
        return QRectF(drawn.topLeft() / ratio, drawn.size() / ratio)

    def _sizes(self) -> tuple[QSizeF, QSizeF]:
        return QSizeF(self._image.size()), QSizeF(self.size()) * self.devicePixelRatioF()

    @property
    def enlarged(self) -> bool:
        """Whether it is larger than fits, so that it can be moved."""
        return not self._image.isNull() and self.zoom() > self._magnifier.fitting(*self._sizes())

    def zoom_at(self, inwards: bool, place: QPointF) -> None:
        """Zoom in or out by one step; the point at `place` stays there."""
        if not self._image.isNull():
            self._magnifier.step(inwards, place * self.devicePixelRatioF(), *self._sizes())
            self._tell_zoom()

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self.zoom_at(True, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        """Zoom out by one step, at least to the fitted size."""
        self.zoom_at(False, QRectF(self.rect()).center())

    def fit_picture(self) -> None:
        """Show all of it again."""
        self._magnifier.fit()
        self._tell_zoom()

    def pan(self, by: QPointF) -> None:
        """Move it, as far as possible."""
        if not self._image.isNull():
            self._magnifier.pan(by * self.devicePixelRatioF(), *self._sizes())
            self.update()
            self.moved.emit()

    def zoom_with(self, *others: TiledPicture) -> None:
        """Zoom and move together with `others` from now on."""
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
        """The rectangle of `tile`."""
        assert self.frame is not None
        sheet, points = self.picture_rect(), self.frame.points
        row, column = divmod(tile, points.columns)
        width, height = sheet.width() / points.columns, sheet.height() / points.rows
        return QRectF(sheet.x() + column * width, sheet.y() + row * height, width, height)

    def tile_at(self, position: QPointF) -> int:
        """The tile at `position`, -1 if there is none."""
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
        """Clear the end of the last row, if it is not full."""
        if self.frame is not None and self.tiles < self.frame.points.rows * self.frame.points.columns:
            rest = self.tile_rect(self.tiles)
            rest.setRight(self.width())
            rest.setBottom(self.height())
            painter.fillRect(rest, self.palette().color(CANVAS))

    def _set_off_heads(self, painter: QPainter) -> None:
        """Paint a gap between the heads of a table and the other tiles."""
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
        """Paint the words on the canvas colour at the bottom, over a picture that is not yet live."""
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
        """The tile with a border, -1 for none."""
        return -1
