"""A dock with a plain title that folds the panel when clicked."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSizePolicy, QToolButton, QWidget

from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.window.docking.dock_title import DockTitle
from zscape.app.window.focus_order import SECOND

HEIGHT = 24
"""The height of a title: Qt places the panel below the height that the title's layout wants, which is that of the chevron."""
LEAST = {"left": 264, "right": 200, "bottom": 0}
"""The minimum width of a panel at each side of the window; if narrower, its values cannot be read."""
UNLIMITED = 16777215
"""Qt's largest height of a widget."""


class Chevron(QToolButton):
    """An arrow that points down for an open panel and right for a folded one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            role = QPalette.ColorRole.Highlight if self.hasFocus() or self.underMouse() else QPalette.ColorRole.PlaceholderText
            painter.setPen(QPen(QColor(self.palette().color(role)), 1.5))
            painter.translate(self.width() / 2, self.height() / 2)
            if not self.isChecked():
                painter.rotate(-90)
            painter.drawPolyline(QPolygonF([QPointF(-3.5, -2), QPointF(0, 2), QPointF(3.5, -2)]))


class Dock(QDockWidget):
    """A dock that can be folded to its title; its panel is added later, by `fill`.

    fold_asked(folded): the user folds or unfolds it. The owner of the docks then calls `show_folded` and `limit`.
    need_changed(): the panel needs another height.
    """

    fold_asked = Signal(bool)
    need_changed = Signal()

    def __init__(self, name: str, title: str, tip: str, side: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setMinimumWidth(LEAST[side])
        self.setObjectName(name)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable
                         | QDockWidget.DockWidgetFeature.DockWidgetClosable)  # fmt: skip
        self.chevron = Chevron()
        self.chevron.setCheckable(True)
        self.chevron.setChecked(True)
        self.chevron.setFixedSize(24, 24)
        self.chevron.setToolTip(f"Fold or unfold {title}")
        self.chevron.setAccessibleName(f"Fold {title}")
        self.chevron.setProperty(SECOND, True)
        self.chevron.clicked.connect(lambda unfolded: self.fold(not unfolded))
        self.title = DockTitle(title, tip, self.chevron, self)
        self.title.setFixedHeight(HEIGHT)
        self.title.clicked.connect(lambda: self.fold(not self.is_folded))
        self.setTitleBarWidget(self.title)
        self._content: QWidget | None = None
        self._panel = QWidget(self)  # a placeholder until there is a panel
        self._panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setWidget(self._panel)
        self._folded, self._most = False, UNLIMITED

    def add_to_title(self, control: QWidget) -> None:
        """Add `control` to the title, where it is visible even if the panel is folded."""
        self.title.add(control)

    @cached_property
    def _nothing(self) -> QWidget:
        """The empty widget shown below the title while it is folded."""
        return QWidget()

    @property
    def is_folded(self) -> bool:
        """Whether only the title is shown."""
        return self._folded

    def fill(self, panel: QWidget) -> None:
        """Set the panel."""
        self._panel.deleteLater()
        self._content = panel
        # Created with its final parent: Qt applies the style to all children again for every new parent.
        self._panel = scroll = TallScroll(panel, self)
        scroll.asked.connect(self.need_changed)
        self.limit(UNLIMITED)
        if self._folded:
            self._panel.hide()
        else:
            self.setWidget(self._panel)

    @property
    def need(self) -> int:
        """The height that the panel needs without scrolling, with its title."""
        return HEIGHT + (self._content.minimumSizeHint().height() if self._content is not None else 0)

    def bound(self, height: int | None) -> None:
        """Limit the height of the panel to `height`, for the benefit of the others at its side; None: no limit."""
        self._most = UNLIMITED if height is None or self.isFloating() else HEIGHT + height
        if not self._folded:
            self.setMaximumHeight(self._most)

    def reveal(self, widget: QWidget) -> None:
        """Scroll until `widget`, which is in the panel, is visible."""
        if isinstance(self._panel, TallScroll) and widget.isVisible():
            self._panel.reveal(widget)

    def limit(self, height: int) -> None:
        """Set the height to what it needs, at most `height`; the panel scrolls if that is too little."""
        if self._content is not None:
            self._panel.setMinimumSize(self._content.minimumSizeHint().width(), max(0, min(self.need, height) - HEIGHT))

    def fold(self, folded: bool) -> None:
        """Fold or unfold it, as a click of the user does."""
        self.fold_asked.emit(folded)

    def show_folded(self, folded: bool) -> None:
        """Show only the title, or everything. The width is unchanged."""
        if folded == self._folded:
            return
        self._folded = folded
        self.chevron.setChecked(not folded)
        width = self.width()
        self._panel.setVisible(not folded)
        self.setWidget(self._nothing if folded else self._panel)
        self.setMaximumHeight(HEIGHT if folded else self._most)
        window = self.parent()
        if isinstance(window, QMainWindow) and self.isVisible():
            QTimer.singleShot(0, self, lambda: window.resizeDocks([self], [width], Qt.Orientation.Horizontal))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.chevron.update()
