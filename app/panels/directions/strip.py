"""The filmstrip of one direction: the picture from one end of its slider to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from zscape.app.widgets.layouts.tall_scroll import WHOLE
from zscape.app.widgets.pictures.filmstrip import Filmstrip
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.widgets.theme import set_icon
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Options

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.sweeps.direction import DirectionSweep

CHANNEL = "filmstrip"
REST_MS = 150
"""Milliseconds without a change before the strip is drawn, because the main picture comes first."""


class DirectionStrip(QWidget):
    """A direction's name, a button for its menu, and its filmstrip.

    chosen(value): go to a picture of the strip. menu_asked(): the button was pressed.
    """

    chosen = Signal(float)
    menu_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty(WHOLE, True)
        self.title = QLabel()
        self.title.setProperty("role", "small")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.more = QToolButton()
        self.more.setProperty("role", "tiny")
        set_icon(self.more, "dots-horizontal", 16)
        self.more.setToolTip("Lock, rename, note, delete or save this direction")
        self.more.setAccessibleName("About this direction")
        self.more.clicked.connect(self.menu_asked)
        self.film = Filmstrip()
        self.film.setToolTip("The picture all along the direction; click one to go there")
        self.film.chosen.connect(self.chosen)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        line.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.film)
        self._wanted: DirectionSweep | None = None
        self._drawn: tuple[Model, DirectionSweep] | None = None
        self._asked = -1
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST_MS)
        self._later.timeout.connect(self._ask)
        context.renderer.frame_ready.connect(self._take)

    def sizeHint(self) -> QSize:
        """The minimum height: the list above the strip takes the remaining space."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def show_direction(self, words: str, tip: str, sweep: DirectionSweep, value: float) -> None:
        """Show `sweep`, drawn once nothing changes. words: the direction's name. value: the current position along it."""
        self.title.setText(self.title.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(60, self.title.width())))
        self.title.setToolTip(tip)
        self.film.setAccessibleName(f"Filmstrip of {words}")
        self.film.show_value(value)
        if self._wanted is None or sweep.direction != self._wanted.direction:
            self.film.show_pictures(sweep.amounts(), ())
        model = self.context.session.model
        fresh = self._drawn is not None and self._drawn[0] is model and self._drawn[1] == sweep
        if fresh:
            self._later.stop()
        elif sweep != self._wanted or not self._later.isActive():
            self._later.start()
        if sweep != self._wanted:
            self.context.renderer.forget(CHANNEL)  # its drawing would be wasted, and delay the main picture
        self._wanted = sweep

    @property
    def busy(self) -> bool:
        """Whether it is visible and its pictures are not drawn yet."""
        model, wanted = self.context.session.model, self._wanted
        if wanted is None or model is None or not self.isVisible():
            return False
        return self._drawn is None or self._drawn[0] is not model or self._drawn[1] != wanted

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()
        self.context.renderer.forget(CHANNEL)

    def _ask(self) -> None:
        if self._wanted is not None and self.isVisible() and self.context.session.model is not None:
            self._asked = self.context.renderer.request(CHANNEL, self._wanted, Options(whole=True))

    def _take(self, frame: Frame) -> None:
        model = self.context.session.model
        if frame.channel != CHANNEL or frame.request != self._asked or frame.model is not model or not frame.complete:
            return
        if frame.sweep == self._wanted:
            self._drawn = frame.model, self._wanted
            count = len(frame.images)
            self.film.show_pictures(self._wanted.amounts(), [image_of(frame.images[k : k + 1], 1) for k in range(count)])
