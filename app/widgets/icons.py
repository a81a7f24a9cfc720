"""The icons of buttons: glyphs of a small font, drawn in any colour at any size (`scripts/make_icons.py` adds more)."""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from zscape.resources import FOLDER as RESOURCES

FOLDER = RESOURCES / "icons"
OF_SIDE = 0.875
"""The size of the font relative to the icon's side: the glyphs have no margins."""


def icon(name: str, colour: QColor, disabled: QColor, on: QColor | None = None) -> QIcon:
    """The icon `name`. on: its colour if checked. Raises KeyError for a name that resources/icons/icons.json lacks."""
    return QIcon(_Glyph(_codes()[name], colour, disabled, on or colour))


class _Glyph(QIconEngine):
    """One character of the font."""

    def __init__(self, character: str, colour: QColor, disabled: QColor, on: QColor) -> None:
        super().__init__()
        self._character, self._colour, self._disabled, self._on = character, colour, disabled, on

    def clone(self) -> QIconEngine:
        return _Glyph(self._character, self._colour, self._disabled, self._on)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if rect.isEmpty():  # as for a button that has no room yet
            return
        font = QFont(_family())
        font.setPixelSize(round(OF_SIDE * rect.height()))
        usual = self._on if state == QIcon.State.On else self._colour
        painter.save()
        painter.setPen(self._disabled if mode == QIcon.Mode.Disabled else usual)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        if size.isEmpty():
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture


@cache
def _codes() -> dict[str, str]:
    """The character of each icon."""
    return {name: chr(int(code, 16)) for name, code in json.loads((FOLDER / "icons.json").read_text()).items()}


@cache
def _family() -> str:
    """The font's family, after it is registered with Qt."""
    (family,) = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(FOLDER / "icons.ttf")))
    return family
