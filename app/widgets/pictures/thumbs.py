"""Thumbnails in rows: click to go there, drag anywhere, reorder, remove."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from zscape.app.state.clipboard import recipe_in
from zscape.app.widgets.drops import answer
from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.widgets.pictures.pixels import paint_thumbnail
from zscape.app.widgets.pictures.pointed import Pointed
from zscape.models.inputs.recipe import Recipe

SIDE, GAP, TOP = 48, 8, 4
"""The side of a picture (three fit in the narrowest panel), the gap between two, and the space above and below all rows."""
CROSS = 16
"""The side of the x in a thumbnail's corner."""
MARK = 7
"""The side of the mark in another corner."""
PLACE = "application/x-zscape-place"
"""The MIME type of a thumbnail's index, for a drag within its own list."""


class Thumbs(Pointed):
    """Shows `recipes` by their pictures, or `words` if there are none.

    clicked(place), removed(place), hovered(place or -1), menu_asked(place, global position). moved(from, to): one was dragged to
    another place. dropped(Recipe, place): a point from elsewhere.
    Keys: arrows, Enter goes there, Delete removes, Ctrl+arrows move.

    fixed: whether the list is read-only: nothing can be removed, moved or dropped. side: of a picture.
    """

    clicked = Signal(int)
    removed = Signal(int)
    menu_asked = Signal(int, QPoint)
    moved = Signal(int, int)
    dropped = Signal(object, int)

    def __init__(self, words: str, parent: QWidget | None = None, fixed: bool = False, side: int = SIDE) -> None:
        super().__init__(parent)
        self.words, self.fixed, self.side = words, fixed, side
        self._marked: Sequence[bool] = ()
        self.recipes: Sequence[Recipe] = ()
        self.captions: Sequence[str] = ()
        self._images: Sequence[QImage] = ()
        self._focus, self._drop = 0, -1
        self._pressed: QPoint | None = None
        self.setAcceptDrops(not fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # as long as there is nothing for keys to act on
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Kept points")
        self.setToolTip("Click to go there, drag to use it somewhere, x removes it")

    def show_recipes(self, recipes: Sequence[Recipe]) -> None:
        """Set the points; their pictures follow."""
        if recipes == self.recipes:
            return
        known = dict(zip(self.recipes, zip(self._images, self.captions, strict=False), strict=False))
        found = [known.get(recipe, (QImage(), "")) for recipe in recipes]
        self.recipes, self._images, self.captions = recipes, [each[0] for each in found], [each[1] for each in found]
        self._focus = min(self._focus, max(0, len(recipes) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if recipes else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def show_pictures(self, images: Sequence[QImage], captions: Sequence[str]) -> None:
        """Set a picture and a caption for each point."""
        self._images, self.captions = images, captions
        self.update()

    def show_marks(self, marked: Sequence[bool]) -> None:
        """Set which of them have a mark, such as that of a tag."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def picture(self, place: int) -> QImage:
        """The picture of the point at index `place`; a null image until it is drawn."""
        return self._images[place] if place < len(self._images) else QImage()

    def _columns(self) -> int:
        return max(1, (self.width() + GAP) // (self.side + GAP))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = max(1, (width + GAP) // (self.side + GAP))
        return max(1, -(-len(self.recipes) // columns)) * (self.side + GAP) - GAP + 2 * TOP

    def sizeHint(self) -> QSize:
        return QSize(3 * (self.side + GAP), self.heightForWidth(max(self.width(), self.side)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.side, self.heightForWidth(max(self.width(), self.side)))

    def rect_of(self, place: int) -> QRectF:
        """The rectangle of the thumbnail at index `place`."""
        row, column = divmod(place, self._columns())
        return QRectF(column * (self.side + GAP), TOP + row * (self.side + GAP), self.side, self.side)

    def cross_of(self, place: int) -> QRectF:
        """The rectangle in which a click removes it."""
        rect = self.rect_of(place)
        return QRectF(rect.right() - CROSS, rect.top(), CROSS, CROSS)

    def place_at(self, position: QPointF) -> int:
        """The index of the thumbnail at `position`, -1 if there is none."""
        return next((place for place in range(len(self.recipes)) if self.rect_of(place).contains(position)), -1)

    def _gap_at(self, position: QPointF) -> int:
        """The index at which something dropped at `position` is inserted."""
        row = max(0, int((position.y() - TOP) // (self.side + GAP)))
        column = min(max(0, round(position.x() / (self.side + GAP))), self._columns())
        return min(row * self._columns() + column, len(self.recipes))

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        with QPainter(self) as painter:
            if not self.recipes and self._drop < 0:
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(
                    self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self.words
                )
            for place in range(len(self.recipes)):
                rect, image = self.rect_of(place), self.picture(place)
                painter.fillRect(rect, palette.color(QPalette.ColorRole.Mid))
                if not image.isNull():
                    paint_thumbnail(painter, image, rect)
                if place == self.pointed or (self.hasFocus() and place == self._focus):
                    painter.setPen(QPen(accent, 2))
                    painter.drawRect(rect.adjusted(-1, -1, 1, 1))
                if place < len(self._marked) and self._marked[place]:
                    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
                    painter.setBrush(accent)
                    painter.drawRect(QRectF(rect.left() + 3, rect.bottom() - MARK - 3, MARK, MARK))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                if place == self.pointed and not self.fixed:
                    self._paint_cross(painter, self.cross_of(place))
            if self._drop >= 0:
                rect = self.rect_of(self._drop)
                painter.fillRect(QRectF(max(0.0, rect.left() - GAP / 2 - 1), rect.top(), 2, self.side), accent)

    def _paint_cross(self, painter: QPainter, rect: QRectF) -> None:
        painter.fillRect(rect, QColor(0, 0, 0, 170))
        painter.setPen(QPen(QColor(255, 255, 255), 1.5))
        inner = rect.adjusted(4.5, 4.5, -4.5, -4.5)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            if (place := self.place_at(event.position())) >= 0:
                self._focus = place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if self._pressed is None or not event.buttons():
            self.point_at(place)
        elif (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            source, self._pressed = self.place_at(QPointF(self._pressed)), None
            if source >= 0:
                self._drag(source)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        place = self.place_at(event.position())
        if pressed is None or place < 0 or place != self.place_at(QPointF(pressed)):
            return
        if not self.fixed and self.cross_of(place).contains(event.position()):
            self.removed.emit(place)
        else:
            self.clicked.emit(place)

    def _drag(self, place: int) -> None:
        drag = QDrag(self)
        caption = self.captions[place] if place < len(self.captions) else ""
        data = DraggedTile(self.recipes[place], self.picture(place), caption)
        data.setData(PLACE, QByteArray(str(place).encode()))
        drag.setMimeData(data)
        if not self.picture(place).isNull():
            drag.setPixmap(QPixmap.fromImage(self.picture(place).scaled(self.side, self.side)))
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        answer(event, recipe_in(event.mimeData()) is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drop = self._gap_at(event.position())
        answer(event, True)
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop = -1
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        place, self._drop = self._gap_at(event.position()), -1
        self.update()
        if event.source() is self:
            source = int(event.mimeData().data(PLACE).data())
            self.moved.emit(source, place - (place > source))
        elif (recipe := recipe_in(event.mimeData())) is not None:
            self.dropped.emit(recipe, place)
        answer(event, True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self._focus if by_key else self.place_at(QPointF(event.pos()))
        if 0 <= place < len(self.recipes):
            self.menu_asked.emit(place, self.mapToGlobal(self.rect_of(place).center().toPoint()) if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._columns(), Qt.Key.Key_Down: self._columns()}
        key, last = Qt.Key(event.key()), len(self.recipes) - 1
        if last < 0:
            super().keyPressEvent(event)
        elif key in steps:
            target = min(max(self._focus + steps[key], 0), last)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and target != self._focus and not self.fixed:
                self.moved.emit(self._focus, target)
            self._focus = target
            self.hovered.emit(target)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._focus)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.fixed:
            self.removed.emit(self._focus)
        else:
            super().keyPressEvent(event)

    def tip_at(self, position: QPointF) -> str:
        place = self.place_at(position)
        return self.captions[place] if 0 <= place < len(self.captions) else self.toolTip()
