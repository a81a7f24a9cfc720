"""A slot for one point: a thumbnail that accepts points by drop, click and key, and can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
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
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from zscape.app.state.clipboard import recipe_in
from zscape.app.widgets.drops import answer
from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.widgets.pictures.pixels import paint_thumbnail
from zscape.models.inputs.recipe import Recipe

PICTURE = 84
"""The side of the thumbnail: three screen pixels for each of the 28 of a digit."""
SMALLEST = 44
"""The minimum side of the thumbnail if there is too little space."""
LINE = 20


class RecipeSlot(QAbstractButton):
    """One operand.

    taken(Recipe): a point was dropped here. emptied(): Delete was pressed. menu_wanted(QPoint): right click or menu key, at
    this screen position. clicked: a click, Space or Enter. refused(str): what was dropped is not a point.
    takes: False for a slot that accepts no points and can only be dragged from.
    """

    taken = Signal(object)
    emptied = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, letter: str, takes: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter, self.takes = letter, takes
        self.recipe: Recipe | None = None
        self.caption = ""
        self.stand_in = False
        self._picture = QImage()
        self._over = False
        self._pressed_at = QPoint()
        self.setAcceptDrops(takes)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(letter)

    def show_recipe(self, recipe: Recipe, caption: str, stand_in: bool) -> None:
        """Set the point and the caption below it. stand_in: whether it is only a default, not set by the user."""
        if (recipe, caption, stand_in) == (self.recipe, self.caption, self.stand_in):
            return
        self.recipe, self.caption, self.stand_in = recipe, caption, stand_in
        self.setAccessibleDescription(caption)
        self.update()

    def show_picture(self, picture: QImage) -> None:
        """Set its thumbnail."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(PICTURE + 16, PICTURE + 8 + LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST + 16, SMALLEST + 8 + LINE)

    def heightForWidth(self, width: int) -> int:
        """The height for the largest picture that fits the width, rounded to even pixels, so that slots in a row match."""
        side = min(max(width - 16, SMALLEST), PICTURE)
        return side // 2 * 2 + 8 + LINE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    # Dragging points out and in.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self.recipe is not None and far and event.buttons() & Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.drag().exec(Qt.DropAction.CopyAction)
        else:
            super().mouseMoveEvent(event)

    def drag(self) -> QDrag:
        """Create a drag with the point and its thumbnail."""
        assert self.recipe is not None
        drag = QDrag(self)
        drag.setMimeData(DraggedTile(self.recipe, self._picture, self.caption))
        if not self._picture.isNull():  # it may not be drawn yet
            drag.setPixmap(QPixmap.fromImage(self._picture.scaled(56, 56)))
        return drag

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._over = recipe_in(event.mimeData()) is not None
        answer(event, self._over)
        self.update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        answer(event, self._over)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        recipe = recipe_in(event.mimeData())
        answer(event, recipe is not None)
        if recipe is not None:
            self.taken.emit(recipe)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.takes:
            self.emptied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.WindowText)
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        accent = palette.color(QPalette.ColorRole.Highlight)
        side = self.height() - 8 - LINE
        box = QRectF((self.width() - side) / 2, 4, side, side)
        with QPainter(self) as painter:
            painter.fillRect(box, palette.color(QPalette.ColorRole.Mid))  # a default point fades into it
            if not self._picture.isNull():
                painter.setOpacity(0.55 if self.stand_in and not self._over else 1.0)
                paint_thumbnail(painter, self._picture, box)
                painter.setOpacity(1.0)
            if self.stand_in and self.takes:
                painter.setPen(QPen(text, 1, Qt.PenStyle.DashLine))
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            if self._over or self.hasFocus():
                painter.setPen(QPen(accent, 2))
                painter.drawRect(box.adjusted(-1, -1, 1, 1))
            elif self.underMouse():
                painter.setPen(QPen(accent, 1))
                painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
            line = QRectF(0, box.bottom() + 4, self.width(), LINE)
            painter.setPen(quiet if self.stand_in else text)
            words = f"{self.letter}: {self.caption}" if self.letter else self.caption
            fitting = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, fitting)
