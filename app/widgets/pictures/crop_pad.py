"""A photograph with a crop box that is moved, scaled and rotated by mouse or keyboard."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.models.media.preparing.crop_box import CropBox, whole

REACH = 12.0
"""The screen distance in pixels within which a handle is grabbed."""
HANDLE = 5.0
"""Half the side of a handle on screen."""
STALK = 24.0
"""The screen pixels from the box to its rotation handle."""
TURN = 2.0
"""Degrees per key press."""
STEP = 0.01
"""The move per key press, as a fraction of the picture's longer side; five times as far with Shift."""
SCALE = 1.03
"""The factor by which a key press enlarges the box."""
SHADE = QColor(0, 0, 0, 140)
CORNERS = {"top left": (-1, -1), "top right": (1, -1), "bottom right": (1, 1), "bottom left": (-1, 1)}
"""The corners by name, in half sides from the centre."""
HELP = "Drag the box, a corner or the round handle. Keys: arrows, + -, [ ], Home"
_MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_TURNS = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1, Qt.Key.Key_Comma: -1, Qt.Key.Key_Period: 1}
_SCALES = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1}


class CropPad(QWidget):
    """begun(): a drag or a held key starts to move the box. moved(CropBox): the box has moved. settled(CropBox): the move has
    ended.

    done(): Enter or Escape. Keys: arrows move, + and - scale, [ and ] rotate, Home restores the proposed box.
    aspect: the fixed ratio of width to height, None if free.
    """

    begun = Signal()
    moved = Signal(object)
    settled = Signal(object)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aspect: float | None = None
        self.proposed: CropBox | None = None
        self._picture = QImage()
        self._box = CropBox(0, 0, 1, 1)
        self._part = ""  # the dragged part: a corner, "move" or "turn"
        self._from: tuple[QPointF, CropBox] | None = None  # the start of the drag in the picture, and the box at that time
        self._by_key = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 72)
        self.setAccessibleName("Crop box")
        self.setToolTip(
            "The part of your picture that the model sees. Arrow keys move the box, + and - scale it, [ and ] turn it; "
            "Home brings back the box that was proposed, Enter closes"
        )

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    @property
    def box(self) -> CropBox:
        """The box as shown, in pixels of the picture."""
        return self._box

    @property
    def dragging(self) -> bool:
        """Whether the box is being moved."""
        return self._from is not None or self._by_key

    def show_picture(self, picture: QImage, box: CropBox) -> None:
        """Show `box` on `picture`."""
        self._picture, self._box, self._from, self._by_key = picture, box, None, False
        self.update()

    def place(self) -> QRectF:
        """The rectangle of the picture in the widget, with space around it for the box and for the text below."""
        room = QRectF(self.rect()).adjusted(16, STALK + HANDLE + 4, -16, -28)
        if self._picture.isNull() or room.width() < 1 or room.height() < 1:
            return QRectF(self.rect())
        zoom = min(room.width() / self._picture.width(), room.height() / self._picture.height())
        size = self._picture.size().toSizeF() * zoom
        return QRectF(room.center() - QPointF(size.width() / 2, size.height() / 2), size)

    def to_screen(self, x: float, y: float) -> QPointF:
        """The widget position of a point of the picture."""
        place = self.place()
        zoom = place.width() / max(self._picture.width(), 1)
        return place.topLeft() + QPointF(x, y) * zoom

    def handle(self, part: str) -> QPointF:
        """The widget position of a corner, of "move" (the middle) or "turn" (the round handle)."""
        if part == "move":
            return self.to_screen(self._box.x, self._box.y)
        if part != "turn":
            return self.to_screen(*self._box.place(*CORNERS[part]))
        turn = math.radians(self._box.angle)
        return self.to_screen(*self._box.place(0, -1)) + QPointF(math.sin(turn), -math.cos(turn)) * STALK

    def _part_at(self, position: QPointF) -> str:
        """The part that a press at `position` grabs, "" for none."""
        distance, part = min((_length(position - self.handle(part)), part) for part in ("turn", *CORNERS))
        if distance <= REACH:
            return part
        return "move" if self._outline().containsPoint(position, Qt.FillRule.OddEvenFill) else ""

    def _outline(self) -> QPolygonF:
        return QPolygonF([self.to_screen(*corner) for corner in self._box.corners()])

    def _to_picture(self, position: QPointF) -> QPointF:
        place = self.place()
        return (position - place.topLeft()) * (max(self._picture.width(), 1) / place.width())

    # By mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._picture.isNull():
            return
        self._part = self._part_at(event.position())
        if self._part:
            self._from = (self._to_picture(event.position()), self._box)
            self.begun.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            self.setCursor(_cursor(self._part_at(event.position())))
            return
        start, box = self._from
        self._move_to(self._dragged(start, self._to_picture(event.position()), box))

    def _dragged(self, start: QPointF, to: QPointF, box: CropBox) -> CropBox:
        """The box after its part was dragged from `start` to `to`, in the picture's pixels."""
        off = to - start
        if self._part == "move":
            return replace(box, x=box.x + off.x(), y=box.y + off.y())
        if self._part == "turn":
            angle = math.degrees(math.atan2(to.x() - box.x, box.y - to.y()))
            return replace(box, angle=0.0 if abs(angle) < TURN else angle)
        across, down = CORNERS[self._part]
        turn = math.radians(box.angle)
        wider = across * (off.x() * math.cos(turn) + off.y() * math.sin(turn))
        higher = down * (off.y() * math.cos(turn) - off.x() * math.sin(turn))
        width, height = max(box.width + wider, 8.0), max(box.height + higher, 8.0)
        if self.aspect is not None:
            width = max(width, height * self.aspect)
            height = width / self.aspect
        opposite = box.place(-across, -down)
        grown = replace(box, width=width, height=height)
        moved = grown.place(-across, -down)
        return replace(grown, x=box.x + opposite[0] - moved[0], y=box.y + opposite[1] - moved[1])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None and event.button() == Qt.MouseButton.LeftButton:
            self._settle()

    # By keyboard.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit()
            return
        box = self._after(key, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        if box is None or self._picture.isNull():
            super().keyPressEvent(event)
            return
        if not self._by_key:
            self._by_key = True
            self.begun.emit()
        self._move_to(box)

    def _after(self, key: Qt.Key, far: bool) -> CropBox | None:
        """The box after a key press, None if the key does not change it."""
        box, times = self._box, 5 if far else 1
        if key in _MOVES:
            step = times * STEP * max(self._picture.width(), self._picture.height())
            across, down = _MOVES[key]
            return replace(box, x=box.x + across * step, y=box.y + down * step)
        if key in _TURNS:
            return replace(box, angle=box.angle + _TURNS[key] * TURN * times)
        if key in _SCALES:
            factor = SCALE ** (_SCALES[key] * times)
            return replace(box, width=box.width * factor, height=box.height * factor)
        return self.proposed if key == Qt.Key.Key_Home else None

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._by_key and not event.isAutoRepeat() and self._after(Qt.Key(event.key()), False) is not None:
            self._settle()
        else:
            super().keyReleaseEvent(event)

    # A button or key may be released elsewhere.

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._by_key:
            self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.dragging:
            self._settle()

    def _settle(self) -> None:
        self._from, self._by_key = None, False
        self.settled.emit(self._box)

    def _move_to(self, box: CropBox) -> None:
        self._box = box.within(self._picture.width(), self._picture.height())
        self.update()
        self.moved.emit(self._box)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Mid))
            if self._picture.isNull():
                return
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            place = self.place()
            painter.drawImage(place, self._picture)
            outline = paint_box(painter, place, self._outline())
            painter.setPen(QPen(accent, 2))
            painter.drawPath(outline)
            painter.drawLine(self.to_screen(*self._box.place(0, -1)), self.handle("turn"))
            painter.setBrush(QColor(Qt.GlobalColor.white))
            painter.drawEllipse(self.handle("turn"), HANDLE, HANDLE)
            for corner in CORNERS:
                at = self.handle(corner)
                painter.drawRect(QRectF(at - QPointF(HANDLE, HANDLE), at + QPointF(HANDLE, HANDLE)))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 8 / 9)
            painter.setFont(font)
            words = QRectF(8, self.height() - 26, self.width() - 16, 24)
            line = painter.fontMetrics().elidedText(HELP, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, line)
            if self.hasFocus():
                painter.setPen(QPen(accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def paint_box(painter: QPainter, place: QRectF, outline: QPolygonF) -> QPainterPath:
    """Shade the area outside a box on a picture at `place`; returns the box's outline."""
    path, inner = QPainterPath(), QPainterPath()
    path.addRect(place)
    inner.addPolygon(outline)
    inner.closeSubpath()
    painter.fillPath(path.subtracted(inner), SHADE)
    return inner


def with_box(picture: QImage, box: CropBox) -> QImage:
    """A copy of `picture` with the area outside `box` shaded; `picture` itself if the box covers all of it."""
    if box == whole(picture.width(), picture.height()):
        return picture
    marked = picture.convertToFormat(QImage.Format.Format_RGB32)
    with QPainter(marked) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, QRectF(marked.rect()), QPolygonF([QPointF(*corner) for corner in box.corners()]))
    return marked


def _length(off: QPointF) -> float:
    return math.hypot(off.x(), off.y())


def _cursor(part: str) -> Qt.CursorShape:
    if part == "turn":
        return Qt.CursorShape.PointingHandCursor
    if part == "move":
        return Qt.CursorShape.SizeAllCursor
    return Qt.CursorShape.CrossCursor if part else Qt.CursorShape.ArrowCursor
