"""A second, full-screen window for a projector, which shows only the picture or the sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QKeyEvent, QMouseEvent, QPalette, QResizeEvent, QScreen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from zscape.app.widgets.pictures.tiled_picture import CANVAS, TiledPicture
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.tiles import same_weights
from zscape.models.sweeps.single import Single

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.app.widgets.pictures.frame import Frame

CHANNEL = "second window"
SHEET = "second window sheet"
"""The setting of whether the sheet is shown instead of the picture alone."""
HINT = "Esc leaves. Space: the picture alone, or the sheet."
ALONE = "This view has only the picture: Space shows the sheet in views that have one, such as Class sweep."
HINT_MS = 4000


def other_screen(screens: Sequence[QScreen], here: QScreen) -> QScreen:
    """The first screen that is not `here`; `here` if there is no other."""
    return next((each for each in screens if each is not here), here)


class SecondWindow(QWidget):
    """Shows what the main window draws, filling a screen.

    view(): the main window's current view. sheet: whether to show its sheet, if it has one, instead of the current point alone.
    closed(): it was left with Escape, or its screen was disconnected.
    """

    closed = Signal()

    def __init__(self, context: Context, view: Callable[[], View | None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Zscape: second window")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._context, self._session, self._view = context, context.session, view
        self.sheet = context.settings.flag(SHEET)
        self.picture = TiledPicture(self._session.waiting_for)
        self.picture.setAccessibleName("What is drawn")
        black = QPalette(self.palette())
        black.setColor(CANVAS, QColor("black"))
        self.picture.setPalette(black)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picture)
        self.hint = QLabel(HINT, self)
        self.hint.setStyleSheet("background: rgba(0, 0, 0, 170); color: white; padding: 8px 16px; border-radius: 4px;")
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self.hint.hide)
        self._session.scene_changed.connect(self._ask)
        self._session.model_changed.connect(self._ask)
        context.moment.changed.connect(self._ask)
        context.renderer.frame_ready.connect(self._take)
        self._screen: QScreen | None = None

    def open(self) -> None:
        """Fill a screen other than the main window's, or the same one if there is no other."""
        main = self.parentWidget()
        assert main is not None
        self._screen = other_screen(QGuiApplication.screens(), main.screen())
        self.setScreen(self._screen)
        self.setGeometry(self._screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self._hint(HINT)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._follow_screens)
        self.show_again()

    def show_again(self) -> None:
        """The view, or the choice of picture or sheet, has changed: show what is available, and request the rest."""
        view = self._view()
        main = view.main_sheet() if view is not None and self.isVisible() else None
        if self._shows_sheet and main is not None and main.frame is not None:
            self._take(main.frame)
        self._ask()

    def switch(self) -> None:
        """Switch between the picture alone and the sheet; if both are the same, say so."""
        view = self._view()
        shown = view.sweep() if view is not None else None
        if shown is None or shown == Single(self._session.point):
            self._hint(ALONE)
            return
        self.sheet = not self.sheet
        self._context.settings.keep(SHEET, self.sheet)
        self.show_again()

    @property
    def _shows_sheet(self) -> bool:
        view = self._view()
        return self.sheet and view is not None and view.sweep() is not None

    def _ask(self) -> None:
        """Request the picture alone; sheets arrive when the view requests them."""
        if self.isVisible() and not self._shows_sheet and self._session.model is not None:
            moment = self._context.moment
            self._context.renderer.request(CHANNEL, moment.of(Single(self._session.point)), Options(moment.moving))

    def _take(self, frame: Frame) -> None:
        view = self._view()
        wanted = view.name if self._shows_sheet and view is not None else CHANNEL
        if self.isVisible() and frame.channel == wanted and same_weights(frame.model, self._session.model):
            self.picture.show_frame(frame)
            self.picture.show_marks(self._context.moment.marks_of(frame.sweep))

    def _follow_screens(self, gone: QScreen) -> None:
        if self._screen is gone and self.isVisible():
            self.close()
            self._session.message.emit("The second window was closed: its screen is gone.", False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_Space:
            self.switch()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hint(HINT)

    def _hint(self, words: str) -> None:
        """Show `words` for a while."""
        self.hint.setText(words)
        self._place_hint()
        self.hint.show()
        self._hiding.start(HINT_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def _place_hint(self) -> None:
        self.hint.adjustSize()
        self.hint.move((self.width() - self.hint.width()) // 2, self.height() - self.hint.height() - 32)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.picture.palette().color(CANVAS) != QColor("black"):
            black = QPalette(self.palette())
            black.setColor(CANVAS, QColor("black"))
            self.picture.setPalette(black)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._hiding.stop()
        self._context.renderer.forget(CHANNEL)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.disconnect(self._follow_screens)
        self._screen = None
        self.hide()
        self.closed.emit()
