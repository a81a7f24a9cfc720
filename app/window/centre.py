"""The middle of the window: the views behind their tabs, each created when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zscape.app.views import VIEWS
from zscape.app.widgets.controls.view_tabs import ViewTabs
from zscape.app.widgets.layouts.scrolled import scrolled
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.window.focus_order import stops
from zscape.app.window.messages.message_bar import MessageBar
from zscape.app.window.startup import last_picture
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.app.work.context import Context

LEAST_WIDTH = 340
"""The minimum width; to keep it, the side panels shrink as far as they can."""


class Centre(QWidget):
    """The current view; the tabs that select it are at the top of the window.

    context(): the context of views, called when the first is created. first: the name of the first view. picture, words: shown
    until that view is created. bar: a widget above the view. painted(frame): a view has painted a frame. shown(name): a view is
    shown. suited(reasons): the views that the open model cannot fill are known; name of a view -> why, "" if it can.
    """

    painted = Signal(object)
    shown = Signal(str)
    suited = Signal(object)

    def __init__(self, context: Callable[[], Context], first: str, picture: QImage, words: str, bar: QWidget) -> None:
        super().__init__()
        self._context = context
        self._picture = picture
        self._may_build = False
        self._tips: Mapping[str, str] = {}
        self._lacks: dict[int, str] = {}  # tab index -> why the tab is disabled, "" if it is not
        self.views: dict[str, View] = {}
        self.setMinimumWidth(LEAST_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = ViewTabs()
        self.message_bar = MessageBar()
        self.stack = QStackedWidget()
        for name, entry in VIEWS.items():
            index = self.tabs.addTab(entry.title)
            self.tabs.setTabData(index, name)
            self.tabs.setTabToolTip(index, entry.tip)
            self.stack.addWidget(last_picture.stand_in(picture, words) if name == first else QWidget())
        self.tabs.setToolTip("Which view is shown")
        self.tabs.setCurrentIndex(list(VIEWS).index(first))
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        self._showing = False  # true while code, not the user, changes the tab
        self.tabs.currentChanged.connect(lambda index: None if self._showing else self.choose_view(self.tabs.tabData(index)))
        # A click on a tab takes the focus out of a text field, so that letters are shortcuts again.
        self.tabs.tabBarClicked.connect(lambda _: QTimer.singleShot(0, self, self.take_focus))
        column.addWidget(self.message_bar)
        column.addWidget(bar)
        self._bar = bar
        column.addWidget(self.stack, 1)

    @property
    def current(self) -> str:
        """The name of the current view."""
        name: str = self.tabs.tabData(self.tabs.currentIndex())
        return name

    def build_current(self) -> None:
        """Create the current view; from now on, views are created when they are shown."""
        self._may_build = True
        self._built(self.current)

    def show_view(self, name: str) -> View | None:
        """Show the view called `name`; an unknown or disabled one changes nothing. Returns the view shown, if created."""
        if not self._can_show(name):
            return self.views.get(self.current)
        index = list(VIEWS).index(name)
        view = self._built(name) if self._may_build else None
        self.stack.setCurrentIndex(index)
        self._showing = True
        self.tabs.setCurrentIndex(index)
        self._showing = False
        self.shown.emit(name)
        return view

    def choose_view(self, name: str) -> None:
        """Show the view called `name` at the user's request, and hide the message about the previous one."""
        if self._can_show(name) and self.stack.currentIndex() != list(VIEWS).index(name):
            self.message_bar.hide()
        self.show_view(name)

    def _can_show(self, name: str) -> bool:
        return name in VIEWS and self.tabs.isTabEnabled(list(VIEWS).index(name))

    def hide_message(self) -> None:
        """Hide the message above the view, and give its space to the view at once."""
        self.message_bar.hide()
        if (layout := self.layout()) is not None:
            layout.activate()

    def train_encoder(self) -> None:
        """Show where an encoder is trained, with the open model preselected."""
        view = self.show_view("train")
        if view is not None:
            view.train_encoder()  # type: ignore[attr-defined]

    def take_focus(self) -> None:
        """Give the focus to the pictures of the current view, or to its first control."""
        view = self.views.get(self.current)
        sheet = view.main_sheet() if view is not None else None
        seen = sheet is not None and sheet.isVisible() and sheet.isEnabled()
        target = sheet if sheet is not None and seen else next(stops(self.stack), self.tabs)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _built(self, name: str) -> View:
        """The view called `name`, created in place of its placeholder if needed."""
        if name not in self.views:
            view = self.views[name] = VIEWS[name].build(self._context())
            main = view.main_sheet()
            if main is not None and name == self.current:
                main.show_last(self._picture)
            self._picture = QImage()  # it belongs to the view shown first
            view.painted.connect(self.painted)
            for sheet in view.findChildren(Sheet):
                sheet.painted.connect(self.painted)
            index = list(VIEWS).index(name)
            before = self.stack.widget(index)
            assert before is not None
            shown = self.stack.currentWidget() is before
            area = scrolled(view)
            self.stack.insertWidget(index, area)
            if shown:
                self.stack.setCurrentWidget(area)
            self.stack.removeWidget(before)
            before.deleteLater()
        return self.views[name]

    def freeze(self) -> None:
        """Disable all input. What lies over the views can still be read."""
        for part in (self.tabs, self._bar, *(self.stack.widget(index) for index in range(self.stack.count()))):
            if part is not None:
                part.setEnabled(False)

    def show_tips(self, tips: Mapping[str, str] | None = None) -> None:
        """Show on each tab what its view is for, or why the open model cannot fill it. tips: by view name."""
        self._tips = self._tips if tips is None else tips
        for index, (name, entry) in enumerate(VIEWS.items()):
            self.tabs.setTabToolTip(index, self._lacks.get(index) or self._tips.get(name, entry.tip))

    def suit(self, space: Space) -> None:
        """Disable the views that a model of `space` cannot fill; if the current view is one of them, show another."""
        self._lacks = {index: view.lacks(space) for index, view in enumerate(VIEWS.values())}
        if self._lacks[self.tabs.currentIndex()]:
            self.show_view("image")  # first, because Qt would move from a disabled tab to whichever tab is next
        for index, reason in self._lacks.items():
            self.tabs.setTabEnabled(index, not reason)
        self.show_tips()
        self.suited.emit({name: self._lacks[index] for index, name in enumerate(VIEWS)})
