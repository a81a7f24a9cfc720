"""The timeline dock: below the picture, hidden until there is something to play or the user opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMainWindow

from zscape.app.state.sound_state import SoundState
from zscape.app.views import VIEWS
from zscape.app.window.docking.dock import Dock
from zscape.app.window.timeline.height import TimelineHeight
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.window.centre import Centre
    from zscape.app.window.timeline.dialogs.animate_dialog import AnimateDialog
    from zscape.app.window.timeline.panel import TimelinePanel
    from zscape.app.work.context import Context
    from zscape.app.work.playing.player import Player
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.sweeps.base import Sweep

FOLDED = "folded timeline"


class TimelineDock(Dock):
    """Placed between the side panels, which keep their height. Its contents are created when first needed, because they are large
    and most windows never show them. It is hidden in views in which nothing can be played, and returns with the next view.

    film_asked(): the user wants to export what plays.
    """

    film_asked = Signal()

    def __init__(self, window: QMainWindow, session: Session, centre: Centre) -> None:
        tip = "What plays: keys in time; drag them, or the playhead"
        super().__init__("timeline", "Timeline", tip, "bottom", window)
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setFeatures(self.DockWidgetFeature.DockWidgetClosable)
        self._contents: TimelinePanel | None = None
        self._player: Player | None = None
        self._context: Context | None = None
        self._sweep: Callable[[], Sweep | None] = lambda: None
        self._elsewhere: Callable[[], bool] = lambda: False
        self._put_away = False
        self._asked = False  # opened by the user, not because a timeline appeared
        self._kind = session.kind
        self._session, self._window, self._centre = session, window, centre
        self._had = False
        self._sound = ""
        self.own_height = TimelineHeight(
            self, centre, lambda: self._contents.least_height if self._contents is not None else None
        )
        for corner, side in (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            window.setCorner(corner, side)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()
        self.fold_asked.connect(self._fold)
        centre.shown.connect(lambda _: self._suit_view())
        session.scene_changed.connect(self._follow)
        session.animation_requested.connect(self.animate_shelf)

    def prepare(self, context: Context, sweep: Callable[[], Sweep | None], elsewhere: Callable[[], bool]) -> None:
        """From now on it may have contents. sweep(): what the current view shows. elsewhere(): whether the picture is shown in
        another window.
        """
        self._context, self._sweep, self._elsewhere = context, sweep, elsewhere
        self._settings = context.settings
        self.own_height.folded = self._settings.flag(FOLDED)
        self._follow()

    @property
    def panel(self) -> TimelinePanel | None:
        """Its contents, None before `prepare`."""
        self._fill()
        return self._contents

    @property
    def player(self) -> Player | None:
        """The player, None before `prepare`."""
        self._fill()
        return self._player

    @property
    def playing(self) -> Recipe | None:
        """The point that the film shows, None if it shows none."""
        return self._player.recipe if self._player is not None else None

    def count(self, frame: Frame) -> None:
        """A frame was painted, perhaps one of the film."""
        if self._player is not None:
            self._player.count(frame)

    def showEvent(self, event: QShowEvent) -> None:
        self._fill()
        super().showEvent(event)

    def _fill(self) -> None:
        if self._contents is not None or self._context is None:
            return
        from zscape.app.window.timeline.panel import TimelinePanel
        from zscape.app.window.timeline.transport import Transport
        from zscape.app.work.playing.paces import Paces
        from zscape.app.work.playing.player import Player

        self.paces = Paces(self._context, self._sweep, self)
        self._player = player = Player(self._context, self, pace=self.paces.of)
        self.paces.changed.connect(player.change_pace)
        self._contents = TimelinePanel(self._context, player, self._sweep)
        self._contents.film_asked.connect(self.film_asked)
        self._centre.shown.connect(lambda _: player.change_view())
        self.transport = Transport(player, lambda: self._session.scene.timeline)
        self.transport.add(self._contents.tracks.toggle)
        self.transport.add(self._contents.sound.button)
        self.transport.add(self._contents.recording.button)
        self.add_to_title(self.transport)
        self.fill(self._contents)
        self.show_folded(self.own_height.folded)
        self._contents.refresh()  # only once every widget has a parent: a widget without one would open as a window
        self.transport.refresh()

    def show_or_hide(self) -> None:
        """Show or hide it, as the user asks."""
        if self._refused(elsewhere=False):
            return
        self.setVisible(not self.isVisible())
        self._asked = self.isVisible()
        if self._asked:
            self._fold(False)
        else:
            self.release()

    def release(self) -> None:
        """Show the scene without the timeline, and stop playing."""
        if self._player is not None:
            self._player.release()

    def toggle_play(self) -> None:
        """Play or pause; without a timeline, show where one is made."""
        if self.player is not None and not self._refused():
            if self._session.scene.timeline is None or not self.isVisible():
                self._asked |= self._session.scene.timeline is None
                self._open()
            self.player.toggle()

    def choose_sound(self) -> None:
        """Ask for a sound file whose curves drive the timeline."""
        if self.panel is not None:
            if not self._plays:
                self._centre.show_view("image")
            self.panel.sound.choose()

    def record(self) -> None:
        """Start recording manual changes, or end the take."""
        if self.panel is not None and self._session.space is not None and not self._refused():
            self._asked = True
            self._open()
            self.panel.recording.button.click()

    def toggle_even(self) -> None:
        """Switch between even change of the picture and the clock."""
        if self._session.scene.timeline is None:
            self._session.message.emit("There is no timeline yet: animate the shelf, or add keys to the timeline.", True)
        elif self.panel is not None:
            self.panel.toggle_even()

    def animate_shelf(self) -> AnimateDialog | None:
        """Ask for settings, then play the kept points."""
        from zscape.app.window.timeline.dialogs.animate_dialog import ask

        shelf = self._session.scene.shelf
        if len(shelf) < 2 or self._session.space is None:
            self._session.message.emit("A film of the shelf needs at least two points: keep some on the shelf.", True)
            return None
        return ask(self._window, len(shelf), self._begin)

    def _begin(self, dialog: AnimateDialog) -> None:
        space, panel = self._session.space, self.panel
        if space is None or panel is None:
            return
        if self._sweep() is None:
            self._centre.show_view("image")
        try:
            panel.begin("animate the shelf", dialog.timeline(self._session.scene.shelf, space))
        except ZscapeError as error:
            self._session.message.emit(str(error), True)

    def _follow(self) -> None:
        """Show a new timeline; hide one that stays with another kind of model."""
        has = self._session.scene.timeline is not None
        before, self._kind = self._kind, self._session.kind
        if self._had and not has and before != self._kind and not self._asked:
            self._put_away = False
            self.hide()
        panel = self.panel if has else self._contents
        if panel is not None:
            self.transport.refresh()
        sound = self._session.scene.view(SoundState).path
        new, self._sound = (has and not self._had) or (has and bool(sound) and sound != self._sound), sound
        if new and panel is not None:
            self._open()
        self._had = has and panel is not None

    @property
    def _plays(self) -> bool:
        return VIEWS[self._centre.current].plays

    def _open(self) -> None:
        """Show it, as soon as a view is shown in which something can play."""
        self._put_away = not self._plays
        self.setVisible(not self._put_away)
        self.own_height.arrange()

    def _suit_view(self) -> None:
        if self._plays and self._put_away:
            self._open()
        elif not self._plays and not self.isHidden():
            self._put_away = True
            self.hide()
            if self._contents is not None and self._player is not None and not self._elsewhere():
                self._player.pause()
                self._contents.recording.end()

    def _refused(self, elsewhere: bool = True) -> bool:
        """Whether nothing can play here; if so a message says it. elsewhere: whether a picture in another window is enough."""
        if self._plays or (elsewhere and self._elsewhere()):
            return False
        title = VIEWS[self._centre.current].title
        self._session.message.emit(f"Nothing plays in the view {title}: choose another one for the timeline.", True)
        return True

    def _fold(self, folded: bool) -> None:
        self._settings.keep(FOLDED, folded)
        self.own_height.fold(folded)
