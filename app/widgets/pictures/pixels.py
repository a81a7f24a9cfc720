"""A picture of few pixels, shown as large as a whole-number zoom allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.spec import Spec


FILLED = 0.8
"""The fraction of a thumbnail's side that a whole-number zoom must fill."""


def to_image(pixels: NDArray[np.uint8]) -> QImage:
    """Pixels uint8 [H, W, 4] in the byte order of RGB32 (see models.media.grids.bgra) as a picture with its own memory."""
    height, width, _ = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def image_of(images: NDArray[np.uint8], columns: int) -> QImage:
    """Images uint8 [N, H, W, C] as one sheet of `columns` columns without gaps."""
    from zscape.models.media.grids import bgra

    return to_image(bgra(images, len(images) // columns, columns))


def drawn_by(picture: QImage, spec: Spec) -> QImage:
    """`picture` with texts that name the model that drew it; its copies keep them: see `texts_of`."""
    picture.setText("model", spec.name)
    if run := spec.run:
        picture.setText("run", run)
    return picture


def texts_of(picture: QImage) -> dict[str, str]:
    """The texts in `picture`."""
    return {key: picture.text(key) for key in picture.textKeys()}


def fitted(size: QSize, into: QRectF, ratio: float) -> QRectF:
    """The rectangle of a picture of `size` in `into`: centred, with a whole number of screen pixels per picture pixel.

    ratio: screen pixels per unit of `into`. A picture that is too large is scaled down to fit.
    """
    zoom = min(into.width() / size.width(), into.height() / size.height()) * ratio
    zoom = (int(zoom) if zoom >= 1 else zoom) / ratio
    scaled = QSizeF(size) * zoom
    corner = into.center() - QPointF(scaled.width() / 2, scaled.height() / 2)
    return QRectF(QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), scaled)


def thumbnail_place(size: QSize, into: QRectF, ratio: float) -> QRectF:
    """Like `fitted`, for a thumbnail: if a whole-number zoom would leave much of `into` empty, it fills `into`."""
    place = fitted(size, into, ratio)
    if max(place.width() / into.width(), place.height() / into.height()) < FILLED:
        scaled = QSizeF(size).scaled(into.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(into.center() - QPointF(scaled.width() / 2, scaled.height() / 2), scaled)
    return place


def paint_thumbnail(painter: QPainter, picture: QImage, into: QRectF) -> None:
    """Paint a picture in its `thumbnail_place`, smoothed unless the zoom is a whole number."""
    ratio = painter.device().devicePixelRatioF()
    place = thumbnail_place(picture.size(), into, ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, place.width() * ratio % picture.width() != 0)
    painter.drawImage(place, picture)
    painter.restore()


class Pixels(QWidget):
    """Shows one picture, or a text if there is none."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: QImage | None) -> None:
        """Show `picture`; None shows the text."""
        self.picture = picture or QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
            if self.picture.isNull():
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(
                    self.rect().adjusted(16, 16, -16, -16), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words
                )
            else:
                place = fitted(self.picture.size(), QRectF(self.rect()), self.devicePixelRatioF())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, place.width() < self.picture.width())
                painter.drawImage(place, self.picture)
