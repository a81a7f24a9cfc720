"""The window: a shell that paints at once; its panels and views are built behind the first paint."""

from __future__ import annotations

import time
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from zscape.app.panels import PANELS
from zscape.app.state.session import Session
from zscape.app.state.settings import MODEL, VIEW, Settings
from zscape.app.state.steps import Step
from zscape.app.views import FIRST, VIEWS
from zscape.app.widgets import drops, theme
from zscape.app.widgets.focus_ring import watch
from zscape.app.window import collector, geometry, last_picture
from zscape.app.window.actions import Actions, ActionSpec
from zscape.app.window.centre import Centre
from zscape.app.window.docks import Docks
from zscape.app.window.errors import Catcher
from zscape.app.window.focus_order import FocusOrder
from zscape.app.window.header import Header
from zscape.app.window.keeping import Keeper
from zscape.app.window.label_tips import LabelTips
from zscape.app.window.offers import OfferBar
from zscape.app.window.recent import RecentMenu
from zscape.app.window.status import Status
from zscape.app.window.timeline.dock import TimelineDock
from zscape.app.window.title import Title
from zscape.app.window.turns import one_a_turn

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.app.window.closing import Closing
    from zscape.app.window.dialogs import Dialogs
    from zscape.app.window.hands import Hands
    from zscape.app.window.model_choice import ModelChoice
    from zscape.app.window.opening import Opener
    from zscape.app.window.timeline.ready_films import ReadyFilms
    from zscape.app.window.tour import Tour
    from zscape.app.work.context import Context
    from zscape.app.work.jobs import JobQueue
    from zscape.app.work.renderer import Failure, Renderer
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.base import Input
    from zscape.models.sweeps.base import Sweep

LEAST = (860, 480)
"""Size of the window below which controls would lie on each other."""


class MainWindow(QMainWindow):
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
        self._model, self._session_path = model, session
        self.settings = settings
        self._device = device
        self.session = Session(self)
        self.keeper = Keeper(self.session, settings, lambda: self.current_view, self)
        Title(self, self.session, self.keeper)
        self._inputs: tuple[Input, ...] = ()
        self._build_centre()
        self.actions_by_name = Actions(self, settings)
        self._add_actions()
        self.setMenuWidget(self.header)
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
        actions.add_all(
            {
                "open_model": lambda: self.dialogs.open_model(),
                "worlds": lambda: self.choice.worlds.open(),
                "open_session": lambda: self.dialogs.open_session(),
                "save_session": lambda: self.dialogs.save_session(),
                "save_session_as": lambda: self.dialogs.save_session_as(),
                "save_picture": lambda: self.dialogs.save_picture(),
                "export": lambda: self.dialogs.export_animation(),
                "film": lambda: self.dialogs.export_film(),
                "exports": lambda: self.dialogs.exports(),
                "encode": lambda: self.dialogs.encode_folder(),
                "quit": self.close,
                "paste": lambda: self.opener.attempt(lambda: self.opener.take(QGuiApplication.clipboard().mimeData())),
                "copy": lambda: self.dialogs.copy_picture(),
                "copy_recipe": lambda: self.dialogs.copy_recipe(),
                "roll": lambda: self._on_panel("latent", "roll"),
                "keep": lambda: self.session.keep(self.session.point),
                "reset": lambda: self._on_panel("latent", "reset_all"),
                "shortcuts": lambda: self.dialogs.shortcuts(actions),
                "animate": lambda: self.timeline.animate_shelf(),
                "film_classes": lambda: self.films.class_sweep(),
                "film_styles": lambda: self.films.style_sweep(),
                "film_random": lambda: self.films.random(),
                "film_noise": lambda: self.films.noise(),
                "film_point": lambda: self.films.classes(),
                "film_type": lambda: self.films.word(),
                "film_reveal": lambda: self.films.reveal(),
                "film_ages": lambda: self.films.ages(),
                "even": lambda: self.timeline.toggle_even(),
                "drift": lambda: self.hands.drift.toggle(),
                "control": lambda: self.hands.show_control(),
                "second": lambda: self.hands.toggle_second(),
                "second_sheet": lambda: self.hands.switch_second(),
                "timeline": lambda: self.timeline.show_or_hide(),
                "play": lambda: self.timeline.toggle_play(),
                "record": lambda: self.timeline.record(),
                "sound": lambda: self.timeline.choose_sound(),
                "full_screen": lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen(),
                "light": lambda: self.set_theme("light"),
                "dark": lambda: self.set_theme("dark"),
                "system": lambda: self.set_theme("system"),
                "next_panel": lambda: self.focus_order.step_area(True),
                "previous_panel": lambda: self.focus_order.step_area(False),
                "fit": lambda: self._zoom("fit"),
                "zoom_in": lambda: self._zoom("in"),
                "zoom_out": lambda: self._zoom("out"),
                "search": lambda: self.header.search.start(),
                "help": lambda: self.dialogs.help(actions),
                "tour": lambda: self.tour.start(),
                "about": lambda: self.dialogs.about(),
            }
        )
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

    # What works behind the window is made when it is first wanted, at the latest behind the first paint.

    @cached_property
    def renderer(self) -> Renderer:
        """Draws what views and panels ask for."""
        from zscape.app.work.renderer import Renderer

        renderer = Renderer(self)
        renderer.failed.connect(self._drawing_failed)
        renderer.notice.connect(self.status.say)
        renderer.torch_ready.connect(self._show_devices)
        return renderer

    @cached_property
    def jobs(self) -> JobQueue:
        """The long work that runs."""
        from zscape.app.work.jobs import JobQueue

        jobs = JobQueue(self)
        self.status.watch(jobs)
        return jobs

    @cached_property
    def context(self) -> Context:
        """What views and panels are given."""
        from zscape.app.work.context import Context

        return Context(self.session, self.renderer, self.jobs, self.settings)

    @cached_property
    def opener(self) -> Opener:
        """Opens models, sessions, pictures and points."""
        from zscape.app.window.opening import Opener

        return Opener(self.context, self.keeper, self.show_view, lambda: self.views.get(self.current_view), self._device, self)

    @cached_property
    def dialogs(self) -> Dialogs:
        """What asks for a file or tells something."""
        from zscape.app.window.dialogs import Dialogs

        return Dialogs(self, self.context, self.opener, lambda: self.views.get(self.current_view))

    @cached_property
    def films(self) -> ReadyFilms:
        """Animations that are ready."""
        from zscape.app.window.timeline.ready_films import ReadyFilms

        view = lambda: self.views.get(self.current_view)  # noqa: E731
        return ReadyFilms(self, self.session, self.show_view, view, lambda: self.timeline.panel)

    @cached_property
    def tour(self) -> Tour:
        """Shows a newcomer round."""
        from zscape.app.window.tour import Tour

        return Tour(self, self.settings, self.show_view, self.status.offer, self.timeline.release)

    @cached_property
    def hands(self) -> Hands:
        """Drift, the second window, OSC and MIDI."""
        from zscape.app.window.hands import Hands

        view = lambda: self.views.get(self.current_view)  # noqa: E731
        hands = Hands(self, self.context, view, self.actions_by_name, self.status, self.timeline)
        self.centre.shown.connect(hands.show_view)
        return hands

    @cached_property
    def choice(self) -> ModelChoice:
        """The models to choose from."""
        from zscape.app.window.model_choice import ModelChoice

        return ModelChoice(self.context, self.header, self.centre, self.opener, self)

    def _on_panel(self, name: str, what: str) -> None:
        if name in self.panels:
            getattr(self.panels[name], what)()

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

    @property
    def current_view(self) -> str:
        """The name of the view that is shown."""
        return self.centre.current

    def show_view(self, name: str) -> View | None:
        """As `Centre.show_view`."""
        return self.centre.show_view(name)

    def set_theme(self, name: str) -> None:
        """Light, dark or system, from now on."""
        theme.apply(name)
        self.settings.keep("theme", name)

    def _shown_sweep(self) -> Sweep | None:
        view = self.views.get(self.current_view)
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
        last = stack.command(stack.index() - 1) if stack.index() else None
        if self.session.moves_itself:
            return
        if self.first_image is not None and not (isinstance(last, Step) and last.changes_model):  # a run may have published it
            self.message_bar.hide()

    def _drawing_failed(self, failure: Failure) -> None:
        collector.go_on()
        if self.session.model is None:
            self.session.wait_for(failure.line)
        self.choice.list()
        self.session.message.emit(failure.line, True)

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

    def _show_devices(self) -> None:
        from zscape.models.inference.device import available

        self.header.show_devices(available(), self.opener.device)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        reason = self.opener.why_not(event.mimeData())
        drops.answer(event, not reason)
        if reason:  # no drop follows one that is refused: who drags must read it now
            self.message_bar.tell(reason)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        drops.answer(event, True)  # it was asked as the drag came in

    def dropEvent(self, event: QDropEvent) -> None:
        drops.answer(event, True)
        data = event.mimeData()
        self.opener.attempt(lambda: self.opener.take(data))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.focus_order.step(forward)

    def take_focus_from(self, field: QWidget) -> bool:
        """A field was left by Escape: the pictures get the keyboard."""
        self.centre.take_focus()
        return True

    def _zoom(self, how: str) -> None:
        view = self.views.get(self.current_view)
        if view is not None:
            view.zoom(how)

    @cached_property
    def closing(self) -> Closing:
        """Ends the window."""
        from zscape.app.window.closing import Closing

        return Closing(self, self.jobs, self.keeper, self.settings, self.centre, self.docks, self.message_bar.tell)

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
