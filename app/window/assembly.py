"""Puts the window together: creates its parts, still empty, and places them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from zscape.app.panels import PANELS
from zscape.app.state.session import Session
from zscape.app.state.settings import VIEW
from zscape.app.views import FIRST, VIEWS
from zscape.app.widgets.keyed import show_keys
from zscape.app.window.centre import Centre
from zscape.app.window.commands.action_slots import what_each_does
from zscape.app.window.commands.actions import SHOWING, Actions, ActionSpec
from zscape.app.window.docking import dock_layout
from zscape.app.window.docking.docks import Docks
from zscape.app.window.files.recent import RecentMenu
from zscape.app.window.focus_order import FocusOrder
from zscape.app.window.header import Header
from zscape.app.window.messages.error_catcher import ErrorCatcher
from zscape.app.window.parts import WindowParts
from zscape.app.window.session.keeper import Keeper
from zscape.app.window.session.recovery_bar import RecoveryBar
from zscape.app.window.session.title import Title
from zscape.app.window.startup import last_picture
from zscape.app.window.startup.first_look import goes_on
from zscape.app.window.status.status_bar import StatusBar
from zscape.app.window.timeline.dock import TimelineDock
from zscape.app.window.top import Top

if TYPE_CHECKING:
    from zscape.models.sweeps.base import Sweep


def assemble(window: WindowParts, model: object, session_path: Path | None) -> None:
    """Create the visible parts of `window` and add them. model, session_path: what it is to open, as given to the window."""
    window.session = Session(window)
    window.keeper = Keeper(window.session, window.settings, lambda: window.current_view, window)
    Title(window, window.session, window.keeper)
    _put_centre(window, model, session_path)
    window.actions_by_name = Actions(window, window.settings)
    _put_header(window)
    window.setMenuWidget(Top(window.header, window.tabs, window))
    window.status = StatusBar()
    window.setStatusBar(window.status)
    window.docks = Docks(window, window.actions_by_name)
    window.resized.connect(window.docks.arrange_soon)
    window.panels = window.docks.panels
    window.timeline = TimelineDock(window, window.session, window.centre)
    window.timeline.film_asked.connect(lambda: window.dialogs.export_film())
    window.error_catcher = ErrorCatcher(window)
    window.error_catcher.caught.connect(window.message_bar.tell)
    window.session.view_requested.connect(window.centre.show_view)
    window.session.encoder_requested.connect(window.centre.train_encoder)
    window.session.export_requested.connect(lambda motion: window.dialogs.export_animation(motion))
    window.focus_order = FocusOrder(window)
    if not window.isVisible():
        restore_panels(window)
    window.docks.suit_view(window.centre.current)
    window.centre.shown.connect(window.docks.suit_view)
    window.stack.setFocus()


def restore_panels(window: WindowParts) -> None:
    """Arrange the panels as they were. In a window on screen, call it one event-loop turn after they were added, because they
    have no width before.
    """
    dock_layout.restore(window, window.docks, window.settings)


def _put_centre(window: WindowParts, model: object, session_path: Path | None) -> None:
    settings = window.settings
    same = goes_on(settings, model, session_path) and window.keeper.resumes == settings.text(last_picture.OF)
    picture = last_picture.load(settings.folder) if same else QImage()  # from when that session was closed
    first = settings.text(VIEW, FIRST) if session_path is None else FIRST
    first = first if first in VIEWS else FIRST
    window.recovery_bar = RecoveryBar(window.keeper)
    window.recovery_bar.accepted.connect(lambda saved: window.opener.attempt(lambda: window.opener.go_on_with(saved)))
    window.centre = Centre(lambda: window.context, first, picture, window.session.waiting_for, window.recovery_bar)
    window.tabs, window.stack, window.views = window.centre.tabs, window.centre.stack, window.centre.views
    window.setCentralWidget(window.centre)
    window.message_bar = window.centre.message_bar
    window.stack.currentChanged.connect(window.keeper.touch)


def _put_header(window: WindowParts) -> None:
    """Create the actions, and the header, which shows them."""
    actions, history = window.actions_by_name, window.session.undo_stack
    undo, redo = history.createUndoAction(window, "Undo"), history.createRedoAction(window, "Redo")
    actions.adopt(
        ActionSpec("undo", "Undo", "Undo the last change", "Ctrl+Z", "Edit", lacks="Nothing has been changed yet"), undo
    )
    actions.adopt(
        ActionSpec("redo", "Redo", "Redo what was undone", "Ctrl+Shift+Z", "Edit", lacks="Nothing has been undone"),
        redo,
    )
    actions.add_all(what_each_does(window))
    _show_even(window)
    window.recent = RecentMenu(window.settings, window.keeper.folder, actions, window)
    window.recent.chosen.connect(lambda path: window.opener.attempt(lambda: window.opener.open_file(path)))
    for number, (name, entry) in enumerate(VIEWS.items(), 1):
        keys = f"Ctrl+{number}" if number < 10 else ""
        spec = ActionSpec(f"view {name}", f"Show {entry.title}", entry.tip, keys, "View/Views")
        actions.add(spec, partial(window.centre.choose_view, name))
    window.centre.suited.connect(partial(_grey_views, window))
    _mark(window)
    _show_keys(window)
    actions.keys_changed.connect(lambda: _follow_keys(window))
    window.header = Header(actions, undo, redo)
    window.header.search.sources.append(window.recent.commands)
    window.header.model_chosen.connect(lambda path: window.opener.attempt(lambda: window.opener.open_model(path)))
    window.header.models.closed.connect(window.centre.take_focus)  # letters must be shortcuts again, and not search the list
    window.header.device_chosen.connect(lambda device: window.opener.use_device(device))


def _grey_views(window: WindowParts, reasons: Mapping[str, str]) -> None:
    """Disable the actions for views that the open model cannot fill. reasons: name of a view -> why, "" if it can."""
    showing = {**{f"view {view}": view for view in reasons}, **SHOWING}
    for action, view in showing.items():
        window.actions_by_name[action].setEnabled(not reasons[view])
        window.actions_by_name.explain(action, reasons[view])
    _show_keys(window)


def _show_even(window: WindowParts) -> None:
    """Keep the action for even change checked while the timeline has it."""
    even, session = window.actions_by_name["even"], window.session
    even.setCheckable(True)

    def show() -> None:
        timeline = session.scene.timeline
        even.setChecked(timeline is not None and timeline.even)

    session.scene_changed.connect(show)
    even.triggered.connect(show)  # if there was nothing to make even, it becomes unchecked again


def _mark(window: WindowParts) -> None:
    """Show in the menus which view and theme are selected, and what is switched on."""
    actions = window.actions_by_name

    for view in VIEWS:
        actions.mark(f"view {view}", partial(lambda view: window.current_view == view, view))
    for theme in ("light", "dark", "system"):
        actions.mark(theme, partial(lambda theme: window.settings.text("theme", "system") == theme, theme))
    actions.mark("full_screen", window.isFullScreen)
    actions.mark("timeline", lambda: window.timeline.isVisible())
    actions.mark("drift", lambda: _made(window, "drift") and window.live_tools.drift.on)
    actions.mark("second", lambda: _made(window, "second") and window.live_tools.second.isVisible())


def _made(window: WindowParts, part: str) -> bool:
    """Whether `part` of `LiveTools` was created."""
    return "live_tools" in window.__dict__ and part in window.live_tools.__dict__


def _show_keys(window: WindowParts) -> None:
    window.centre.show_tips({name: window.actions_by_name[f"view {name}"].toolTip() for name in VIEWS})


def _follow_keys(window: WindowParts) -> None:
    """Show the keys that the user has changed, everywhere."""
    _show_keys(window)
    show_keys(window)
    if (shelf := window.docks.panels.get("shelf")) is not None:
        shelf.refresh()


def fillers(window: WindowParts) -> list[Callable[[], Any]]:
    """The steps that fill the parts of `window`: the view, the panels, the timeline, the icons."""

    def sweep() -> Sweep | None:
        view = window.shown_view()
        return view.sweep() if view is not None else None

    def elsewhere() -> bool:
        return _made(window, "second") and window.live_tools.second.isVisible()

    return [
        window.centre.build_current,
        *(lambda name=name: window.docks.build(name, window.context) for name in PANELS),
        lambda: window.timeline.prepare(window.context, sweep, elsewhere),
        window.header.draw_icons,
        window.actions_by_name.draw_icons,
    ]
