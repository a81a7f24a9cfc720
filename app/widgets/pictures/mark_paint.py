"""Paints a film's text over a picture on screen, using the same pixels as in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from zscape.models.timeline.marks import Mark

LARGEST = 2048
"""The longest side in pixels at which text is drawn; if the picture is enlarged further, the text is scaled with it."""


def paint_marks(painter: QPainter, marks: tuple[Mark, ...], where: QRectF) -> None:
    """Paint `marks` over a picture that fills `where`, in the painter's pixels."""
    from zscape.models.media.film.mark_drawing import drawn

    ratio = painter.device().devicePixelRatio()
    width, height = where.width() * ratio, where.height() * ratio
    shrink = min(1.0, LARGEST / max(width, height))
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    pixels = drawn(marks, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrink < 1.0)
    painter.drawImage(where, QImage(pixels.data, *size, size[0] * 4, QImage.Format.Format_RGBA8888))
    painter.restore()
