"""A button that shows a colour and opens a colour dialog."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QWidget

WIDTH, HEIGHT = 36, 28
CHECK = 5
"""The side of the chequers behind a transparent colour."""


class ColourButton(QAbstractButton):
    """Its value is "#rrggbb", or "#rrggbbaa" if it may be transparent; "" for fully transparent. changed(text): the user has
    chosen.

    dialog: the open colour dialog, else None.
    """

    changed = Signal(str)

    def __init__(self, name: str, tip: str, may_be_clear: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clear = may_be_clear
        self._colour = QColor(Qt.GlobalColor.white)
        self.dialog: QColorDialog | None = None
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.clicked.connect(self.ask)

    @property
    def colour(self) -> str:
        """Its value."""
        return _text(self._colour, self._clear)

    def show_colour(self, text: str) -> None:
        """Set its value."""
        self._colour = QColor(f"#{text[7:] or 'ff'}{text[1:7]}") if text else QColor(0, 0, 0, 0)
        self.setAccessibleDescription(text or "none")
        self.update()

    def ask(self) -> None:
        """Open the colour dialog; each choice is shown at once, and reverted by Cancel."""
        before = self.colour
        dialog = self.dialog = QColorDialog(self._colour, self)
        dialog.setWindowTitle(self.accessibleName())
        dialog.setOption(QColorDialog.ColorDialogOption.ShowAlphaChannel, self._clear)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.currentColorChanged.connect(lambda colour: self._take(_text(colour, self._clear)))
        dialog.rejected.connect(lambda: self._take(before))
        dialog.finished.connect(self._end)
        dialog.open()

    def _take(self, text: str) -> None:
        if text != self.colour:
            self.show_colour(text)
            self.changed.emit(text)

    def _end(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        place = QRectF(self.rect()).adjusted(3.5, 5.5, -3.5, -5.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._colour.alpha() < 255:
                painter.fillRect(place, QColor(Qt.GlobalColor.white))
                for row in range(int(place.height() / CHECK) + 1):
                    for column in range(row % 2, int(place.width() / CHECK) + 1, 2):
                        square = QRectF(place.x() + column * CHECK, place.y() + row * CHECK, CHECK, CHECK)
                        painter.fillRect(square.intersected(place), QColor(Qt.GlobalColor.lightGray))
            painter.setBrush(self._colour)
            painter.setPen(QPen(palette.color(role.Highlight if self.hasFocus() else role.PlaceholderText), 1))
            painter.drawRoundedRect(place, 3, 3)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)


def _text(colour: QColor, clear: bool) -> str:
    if not clear or colour.alpha() == 255:
        return colour.name()
    return f"{colour.name()}{colour.alpha():02x}" if colour.alpha() else ""
