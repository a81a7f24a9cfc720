"""The ring around the focused widget, in every window, while the user works with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent, QWindow
from PySide6.QtWidgets import QApplication, QFocusFrame, QLineEdit, QWidget

from zscape.app.widgets.controls.fields import field_of, guard
from zscape.app.widgets.path_drop import TAKES_PATHS


class FocusRing(QFocusFrame):
    """Two pixels in the accent colour around a widget, one pixel away, so that it is visible on a filled button too; inside the
    widget if there is no space around it, as for a list that fills its area.
    """

    def surround(self, widget: QWidget | None) -> None:
        """Show it around and above `widget`; None hides it."""
        self.setWidget(widget)  # type: ignore[arg-type]
        self.raise_()
        self.clearMask()  # Qt's own mask excludes the whole area of the widget

    def event(self, event: QEvent) -> bool:  # the moves that follow the widget call no `resizeEvent` in Python
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self.clearMask)  # Qt sets a mask after each move or resize
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        parent = self.parentWidget()
        seen = self.rect() if parent is None else self.rect().intersected(parent.rect().translated(-self.pos()))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(seen).adjusted(1, 1, -1, -1), 5, 5)


class Watcher(QObject):
    """Follows the focus: guards every field that gets the focus or the mouse, and shows the ring after key presses. Files dragged
    over a field are left to its parent.

    It filters the events of windows only, which are few, and not those of every widget.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.by_keys = False
        self.ring: FocusRing | None = None
        app.focusChanged.connect(self._follow)
        app.focusWindowChanged.connect(self.add)

    def add(self, window: QWindow | None) -> None:
        """Start to watch `window`."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self.by_keys = True
        elif kind in (QEvent.Type.Wheel, QEvent.Type.MouseButtonPress) and isinstance(event, QMouseEvent | QWheelEvent):
            field = field_of(QApplication.widgetAt(event.globalPosition().toPoint()))
            if field is not None:
                guard(field)
            if kind == QEvent.Type.MouseButtonPress:
                self.by_keys = False
                self._show(None)
        elif isinstance(event, QDropEvent) and isinstance(watched, QWindow):  # every event of a drag except leaving
            under = QApplication.widgetAt(watched.mapToGlobal(event.position().toPoint()))
            if isinstance(under, QLineEdit) and not under.property(TAKES_PATHS):
                data = event.mimeData()  # a field would insert a file as text; its parent is to get it
                under.setAcceptDrops(not (data.hasUrls() or data.hasImage()))
        return False

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        field = field_of(now)
        if field is not None:
            guard(field)
        self._show(now if self.by_keys else None)

    def _show(self, widget: QWidget | None) -> None:
        if widget is not None and (widget.isWindow() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus):
            widget = None
        if self.ring is None and widget is not None:
            self.ring = FocusRing()
            self.ring.destroyed.connect(self._forget)
        if self.ring is not None:
            self.ring.surround(widget)

    def _forget(self) -> None:
        """The ring was deleted with its window."""
        self.ring = None


def watch(window: QWidget) -> Watcher:
    """Guard the application's fields and show its focus, starting with `window`, which was shown."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    watcher: Watcher = app.findChild(Watcher) or Watcher(app)
    watcher.add(window.windowHandle())
    return watcher


def move_focus(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Give `widget` the focus because of a key press, and show the ring."""
    app = QApplication.instance()
    watcher = app.findChild(Watcher) if app else None
    if watcher is not None:
        watcher.by_keys = True
    widget.setFocus(reason)
