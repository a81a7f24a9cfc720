"""The window: a shell that paints at once; its panels and views are built behind the first paint."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QPaintEvent
from PySide6.QtWidgets import QWidget

from zscape.app.panels import PANELS
from zscape.app.state.session import Session
from zscape.app.state.settings import MODEL, VIEW, Settings
from zscape.app.state.steps import Step
from zscape.app.views import FIRST, VIEWS
from zscape.app.widgets import drops
from zscape.app.widgets.focus_ring import watch
from zscape.app.window import collector, dropped, geometry, last_picture
from zscape.app.window.action_slots import what_each_does
from zscape.app.window.actions import Actions, ActionSpec
from zscape.app.window.centre import Centre
from zscape.app.window.docks import Docks
from zscape.app.window.errors import Catcher
from zscape.app.window.focus_order import FocusOrder
from zscape.app.window.header import Header
from zscape.app.window.keeping import Keeper
from zscape.app.window.label_tips import LabelTips
from zscape.app.window.lost_focus import LostFocus
from zscape.app.window.offers import OfferBar
from zscape.app.window.parts import WindowParts
from zscape.app.window.recent import RecentMenu
from zscape.app.window.status import Status
from zscape.app.window.timeline.dock import TimelineDock
from zscape.app.window.title import Title
from zscape.app.window.top import Top
from zscape.app.window.turns import one_a_turn

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.base import Input
    from zscape.models.sweeps.base import Sweep

LEAST = (860, 480)
"""Size of the window below which controls would lie on each other."""


class MainWindow(WindowParts):
    """Zscape's window. first_paint and first_image: time.perf_counter() of each, None until then; the signals tell it too."""

    first_painted = Signal(float)
    first_imaged = Signal(float)
    closed = Signal()
    completed = Signal()

    def __init__(self, settings: Settings, model: str | Model = "", session: Path | None = None, device: str = "auto") -> None:
        super().__init__()
        collector.rest(self.first_imaged, self.closed, self.destroyed)
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.first_paint: float | None = None
        self.first_image: float | None = None
        self._painted = False
        self._steps = 0  # of the undo stack, when it changed last
        self._model, self._session_path = model, session
        self.settings = settings
        self.device = device
        self.session = Session(self)
        self.keeper = Keeper(self.session, settings, lambda: self.current_view, self)
        Title(self, self.session, self.keeper)
        self._inputs: tuple[Input, ...] = ()
        self._build_centre()
        self.actions_by_name = Actions(self, settings)
        self._add_actions()
        self.setMenuWidget(Top(self.header, self.tabs))
        self.status = Status()
        self.setStatusBar(self.status)
        self.docks = Docks(self, self.actions_by_name)
        self.panels = self.docks.panels
        self.timeline = TimelineDock(self, self.session, self.centre)
        self.timeline.film_asked.connect(lambda: self.dialogs.export_film())
        self.catcher = Catcher(self)
        self.catcher.caught.connect(self.message_bar.tell)
        self.session.message.connect(self._tell)
        self.session.view_requested.connect(self.centre.show_view)
        self.session.encoder_requested.connect(self.centre.train_encoder)
        self.session.export_requested.connect(lambda motion: self.dialogs.export_animation(motion))
        self.session.model_changed.connect(self._show_model)
        LabelTips(self)
        self.session.undo_stack.indexChanged.connect(self._edited)
        self.focus_order = FocusOrder(self)
        self._lost_focus = LostFocus(self, self.centre.take_focus)
        geometry.restore(self, self.docks, settings)
        self.docks.suit_view(self.centre.current)
        self.centre.shown.connect(self.docks.suit_view)
        self.stack.setFocus()

    # The shell.

    def _build_centre(self) -> None:
        other = self._session_path is not None or (self._model and self._model != self.settings.text(MODEL))
        same = not other and self.keeper.resumes == self.settings.text(last_picture.OF)
        picture = last_picture.load(self.settings.folder) if same else QImage()  # of when that session was closed
        first = self.settings.text(VIEW, FIRST) if self._session_path is None else FIRST
        first = first if first in VIEWS else FIRST
        self.offers = OfferBar(self.keeper)
        self.offers.accepted.connect(lambda saved: self.opener.attempt(lambda: self.opener.go_on_with(saved)))
        self.centre = Centre(lambda: self.context, first, picture, self.session.waiting_for, self.offers)
        self.centre.painted.connect(self._count)
        self.tabs, self.stack, self.views = self.centre.tabs, self.centre.stack, self.centre.views
        self.setCentralWidget(self.centre)
        self.message_bar = self.centre.message_bar
        self.stack.currentChanged.connect(self.keeper.touch)

    def _add_actions(self) -> None:
        actions, history = self.actions_by_name, self.session.undo_stack
        undo, redo = history.createUndoAction(self, "Undo"), history.createRedoAction(self, "Redo")
        actions.adopt(ActionSpec("undo", "Undo", "Take back the last change", "Ctrl+Z", "Edit"), undo)
        actions.adopt(ActionSpec("redo", "Redo", "Do again what was taken back", "Ctrl+Shift+Z", "Edit"), redo)
        actions.add_all(what_each_does(self))
        actions["even"].setCheckable(True)
        self.session.scene_changed.connect(self._show_even)
        actions["even"].triggered.connect(self._show_even)  # where there was nothing to make even it is unchecked again
        self.recent = RecentMenu(self.settings, self.keeper.folder, actions, self)
        self.recent.chosen.connect(lambda path: self.opener.attempt(lambda: self.opener.open_file(path)))
        for number, (name, entry) in enumerate(VIEWS.items(), 1):
            keys = f"Ctrl+{number}" if number < 10 else ""
            spec = ActionSpec(f"view {name}", f"Show {entry.title}", entry.tip, keys, "View/Views")
            actions.add(spec, partial(self.centre.show_view, name))
        self._show_keys()
        actions.keys_changed.connect(self._show_keys)
        self.header = Header(actions, undo, redo)
        self.header.search.sources.append(self.recent.commands)
        self.header.model_chosen.connect(lambda path: self.opener.attempt(lambda: self.opener.open_model(path)))
        self.header.models.closed.connect(self.centre.take_focus)  # letters are shortcuts again, and find no model
        self.header.device_chosen.connect(lambda device: self.opener.use_device(device))

    def _show_even(self) -> None:
        timeline = self.session.scene.timeline
        self.actions_by_name["even"].setChecked(timeline is not None and timeline.even)

    def _show_keys(self) -> None:
        self.centre.show_tips({name: self.actions_by_name[f"view {name}"].toolTip() for name in VIEWS})

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._complete)  # once everything in the window is painted too

    # Behind the first paint.

    def _complete(self) -> None:
        self.first_paint = time.perf_counter()
        watch(self)
        geometry.fit(self)
        self.first_painted.emit(self.first_paint)
        # The renderer starts last: while it loads torch, nothing else gets on; but for a part that is loaded beside all this.
        one_a_turn(
            self,
            [
                lambda: self.renderer.prepare(),
                lambda: self.opener.restore_last() if self._session_path is None else None,
                self.centre.build_current,
                *(lambda name=name: self.docks.build(name, self.context) for name in PANELS),
                lambda: self.timeline.build(self.context, self._shown_sweep),
                self.header.draw_icons,
                self.actions_by_name.draw_icons,
                lambda: self.renderer.begin(),
                lambda: self.opener.attempt(lambda: self.opener.open_first(self._model, self._session_path)),
                lambda: self.choice.list(),
                self.keeper.check,
                lambda: self.tour.offer_once(),
                lambda: None if self._asked_for else self.choice.worlds.offer_once(),
                self.completed.emit,
            ],
        )

    @property
    def _asked_for(self) -> bool:
        """Whether there is something that a person wants to see: what was asked for, or what was there last."""
        return bool(self._model or self._session_path or self.settings.text(MODEL) or self.keeper.last.model)

    # While it runs.

    def _shown_sweep(self) -> Sweep | None:
        view = self.shown_view()
        return view.sweep() if view is not None else None

    def _count(self, frame: Any) -> None:
        self.status.count(frame)
        if self.timeline.player is not None:
            self.timeline.player.count(frame)
        if self.first_image is None:
            self.first_image = time.perf_counter()
            self.first_imaged.emit(self.first_image)

    def _tell(self, line: str, is_error: bool) -> None:
        if is_error:
            self.message_bar.tell(line)
        else:
            self.message_bar.hide()  # something else works
            self.status.say(line)

    def _edited(self) -> None:
        """Perhaps the scene was changed by a person: then what went wrong before is past."""
        stack = self.session.undo_stack
        if stack.index() < self._steps:
            self.status.clearMessage()  # it was perhaps of what is taken back
        self._steps = stack.index()
        last = stack.command(stack.index() - 1) if stack.index() else None
        if self.session.moves_itself:
            return
        if self.first_image is not None and not (isinstance(last, Step) and last.changes_model):  # a run may have published it
            self.message_bar.hide()

    def _show_model(self) -> None:
        # Opened from a file by a person: not published by a run every few seconds, and not the first model, before whose
        # coming there may have been something to say about the last session.
        if self.session.model_path is not None and self.first_image is not None:
            self.message_bar.hide()
        self.status.device = self.session.device.upper()
        self.choice.list()
        space = self.session.space
        if space is not None and space.inputs != self._inputs:
            self._inputs = space.inputs
            self.docks.suit(space)
            self.centre.suit(space)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        reason = dropped.refusal(event.mimeData())
        drops.answer(event, not reason)
        if reason:  # no drop follows one that is refused: who drags must read it now
            self.message_bar.tell(reason)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        drops.answer(event, True)  # it was asked as the drag came in

    def dropEvent(self, event: QDropEvent) -> None:
        drops.answer(event, True)
        data = event.mimeData()
        self.opener.attempt(lambda: dropped.take(data, self.opener))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._lost_focus.take_over() or self.focus_order.step(forward)

    def take_focus_from(self, field: QWidget) -> bool:
        """A field was left by Escape: the pictures get the keyboard."""
        self.centre.take_focus()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything, stop everything."""
        if "hands" in self.__dict__:
            self.hands.end()
        if not self.closing.may_close():
            event.ignore()
            return
        self.keeper.end()
        self.renderer.stop()
        super().closeEvent(event)
        self.closed.emit()
