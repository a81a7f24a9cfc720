"""A preview of the exported frame: at its size, with its margins and the text over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSizePolicy, QWidget

from zscape.app.widgets.pictures.pixels import image_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.media.film.fitting import Fitting
    from zscape.models.timeline.marks import Mark

SIDE = 208
WORDS = "What is on screen, in the file"
WAITS = "Drawing the preview"


def form_beside(form: QFormLayout, preview: Preview | None) -> QHBoxLayout:
    """`form` with `preview` at its right, if there is one."""
    body = QHBoxLayout()
    body.setSpacing(24)
    body.addLayout(form, 1)
    if preview is not None:
        body.addWidget(preview)
    return body


class Preview(QWidget):
    """Shows a sheet as a frame of a film or a picture.

    sheet: uint8 [H, W, 1 or 3], None while it is being drawn; then a message is shown. marks: the text over it at that moment.
    pixels: the frame of the file, uint8 [H, W, 3], None until there is a sheet and `fit` was called.
    """

    def __init__(self, sheet: NDArray[np.uint8] | None = None, marks: tuple[Mark, ...] = ()) -> None:
        super().__init__()
        self._sheet, self._marks, self._words, self._caption = sheet, marks, WAITS, WORDS
        self._asked: tuple[Fitting | None, int, bool] = None, 1, False
        self._image = QImage()
        self.pixels: NDArray[np.uint8] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")
        self.setToolTip("A frame of the file: its size, what is around it, and the text over it")

    def fit(self, fitting: Fitting | None, scale: int, with_text: bool) -> None:
        """Show it fitted by `fitting`, or enlarged by `scale` if there is no fitting."""
        from zscape.models.media.film.fitting import fitted
        from zscape.models.media.film.mark_drawing import over

        sheet, self._asked = self._sheet, (fitting, scale, with_text)
        if sheet is None:
            return
        if fitting is None:
            colour = sheet.repeat(3, axis=2) if sheet.shape[2] == 1 else sheet
            made = fitted(colour, (sheet.shape[1] * scale, sheet.shape[0] * scale))
        else:
            made = fitting.frame(sheet)
        self.pixels = over(made, self._marks if with_text else ())
        self._image = image_of(self.pixels[None], 1)
        self.update()

    def show_sheet(self, sheet: NDArray[np.uint8], marks: tuple[Mark, ...], caption: str = WORDS) -> None:
        """Show another sheet. caption: which frame it is, in a few words."""
        self._sheet, self._marks, self._caption = sheet, marks, caption
        self.fit(*self._asked)

    def say(self, words: str) -> None:
        """Show a message instead of a frame: that it is being drawn, or why there is none."""
        self._sheet, self.pixels, self._image, self._words = None, None, QImage(), words
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE + 8 + self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, line = self.devicePixelRatioF(), self.fontMetrics().height()
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            if self._image.isNull():
                flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect(), int(flags), self._words)
            else:
                room = QSize(round(self.width() * ratio), round((self.height() - 8 - line) * ratio))
                smooth = Qt.TransformationMode.SmoothTransformation
                shown = self._image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
                size = shown.size() / ratio
                painter.drawImage(QRectF(QPointF((self.width() - size.width()) / 2, 0), size.toSizeF()), shown)
                words = QRectF(0, size.height() + 8, self.width(), line)
                painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._caption)
