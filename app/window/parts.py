"""The objects behind the window, each created when first used, at the latest after the first paint."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from zscape.app.state.settings import Settings
from zscape.app.window.startup import collector

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from zscape.app.panels.base import Panel
    from zscape.app.state.session import Session
    from zscape.app.views.base import View
    from zscape.app.widgets.controls.view_tabs import ViewTabs
    from zscape.app.window.centre import Centre
    from zscape.app.window.commands.actions import Actions
    from zscape.app.window.dialogs import Dialogs
    from zscape.app.window.docking.docks import Docks
    from zscape.app.window.files.opening import Opener
    from zscape.app.window.files.recent import RecentMenu
    from zscape.app.window.focus_order import FocusOrder
    from zscape.app.window.header import Header
    from zscape.app.window.help.tour import Tour
    from zscape.app.window.live_performance.live_tools import LiveTools
    from zscape.app.window.messages.error_catcher import ErrorCatcher
    from zscape.app.window.messages.message_bar import MessageBar
    from zscape.app.window.models.model_choice import ModelChoice
    from zscape.app.window.session.closing import Closing
    from zscape.app.window.session.keeper import Keeper
    from zscape.app.window.session.recovery_bar import RecoveryBar
    from zscape.app.window.status.status_bar import StatusBar
    from zscape.app.window.timeline.dock import TimelineDock
    from zscape.app.window.timeline.ready_films import ReadyFilms
    from zscape.app.work.context import Context
    from zscape.app.work.jobs import JobQueue
    from zscape.app.work.rendering.render_requests import Failure
    from zscape.app.work.rendering.renderer import Renderer


class WindowParts(QMainWindow):
    """The parts of the window: `assemble` adds the visible ones, the others are created here.

    Objects that the window imports and that need the window, such as the table of actions, use this class.
    device: where the networks are to run, "auto" for the fastest. resized(): the size has changed.
    """

    resized = Signal()

    settings: Settings
    device: str
    session: Session
    keeper: Keeper
    actions_by_name: Actions
    header: Header
    centre: Centre
    status: StatusBar
    docks: Docks
    timeline: TimelineDock
    focus_order: FocusOrder
    recovery_bar: RecoveryBar
    recent: RecentMenu
    error_catcher: ErrorCatcher
    tabs: ViewTabs
    stack: QStackedWidget
    views: dict[str, View]
    panels: dict[str, Panel]
    message_bar: MessageBar

    @cached_property
    def renderer(self) -> Renderer:
        """Draws what views and panels request."""
        from zscape.app.work.rendering.renderer import Renderer

        renderer = Renderer(self)
        renderer.failed.connect(self._drawing_failed)
        renderer.notice.connect(self.status.say)
        renderer.torch_ready.connect(self._show_devices)
        return renderer

    @cached_property
    def jobs(self) -> JobQueue:
        """The running jobs."""
        from zscape.app.work.jobs import JobQueue

        jobs = JobQueue(self)
        self.status.watch(jobs)
        return jobs

    @cached_property
    def context(self) -> Context:
        """The context of views and panels."""
        from zscape.app.work.context import Context

        return Context(self.session, self.renderer, self.jobs, self.settings)

    @cached_property
    def opener(self) -> Opener:
        """Opens models, sessions, pictures and points."""
        from zscape.app.window.files.opening import Opener

        return Opener(self.context, self.keeper, self.show_view, self.shown_view, self.device, self)

    @cached_property
    def dialogs(self) -> Dialogs:
        """The dialogs."""
        from zscape.app.window.dialogs import Dialogs

        return Dialogs(self, self.context, self.opener, self.shown_view)

    @cached_property
    def films(self) -> ReadyFilms:
        """The ready-made films."""
        from zscape.app.window.timeline.ready_films import ReadyFilms

        return ReadyFilms(self, self.session, self.show_view, self.shown_view, lambda: self.timeline.panel)

    @cached_property
    def tour(self) -> Tour:
        """The tour for new users."""
        from zscape.app.window.help.tour import Tour

        return Tour(self, self.settings, self.show_view, self.status.offer, self.timeline.release)

    @cached_property
    def live_tools(self) -> LiveTools:
        """Drift, the second window, OSC and MIDI."""
        from zscape.app.window.live_performance.live_tools import LiveTools

        live_tools = LiveTools(self, self.context, self.shown_view, self.actions_by_name, self.status, self.timeline)
        self.centre.shown.connect(live_tools.show_view)
        return live_tools

    @cached_property
    def choice(self) -> ModelChoice:
        """The choice of models."""
        from zscape.app.window.models.model_choice import ModelChoice

        return ModelChoice(self.context, self.header, self.centre, self.opener, self)

    @cached_property
    def closing(self) -> Closing:
        """Closes the window."""
        from zscape.app.window.session.closing import Closing

        say = self.centre.message_bar.tell
        return Closing(self, self.jobs, self.context.exports, self.keeper, self.settings, self.centre, self.docks, say)

    @property
    def current_view(self) -> str:
        """The name of the current view."""
        return self.centre.current

    def shown_view(self) -> View | None:
        """The current view, None until it is created."""
        return self.centre.views.get(self.current_view)

    def show_view(self, name: str) -> View | None:
        """See `Centre.show_view`."""
        return self.centre.show_view(name)

    def set_theme(self, name: str) -> None:
        """Set the theme: light, dark or system."""
        from zscape.app.widgets import theme

        theme.apply(name)
        self.settings.keep("theme", name)

    def _drawing_failed(self, failure: Failure) -> None:
        collector.go_on()
        if self.session.model is None:
            self.session.wait_for(failure.line)
        self.choice.list()
        self.session.message.emit(failure.line, True)

    def _show_devices(self) -> None:
        from zscape.models.inference.device import available

        self.header.show_devices(available(), self.opener.device)
