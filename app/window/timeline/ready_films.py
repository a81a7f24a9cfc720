"""Ready-made films: each shows its view and plays at once, replacing the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zscape.app.views import VIEWS
from zscape.app.views.restyle.state import RestyleState
from zscape.models.errors import ZscapeError
from zscape.models.timeline.mark_edits import add_card
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.ready_made import random_loop, through_the_classes, usual

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.app.views.base import View
    from zscape.app.window.timeline.dialogs.noise_dialog import NoiseDialog
    from zscape.app.window.timeline.dialogs.random_dialog import RandomDialog
    from zscape.app.window.timeline.panel import TimelinePanel
    from zscape.models.inputs.space import Space
    from zscape.models.timeline.timeline import Timeline

LEG, HOLD = 0.6, 0.5
"""Seconds from class to class, and seconds that each class is held."""
SHOWN = 1.5
"""Seconds that the source picture is shown."""
SECONDS = 8.0
"""The length in seconds of a loop, if the user is not asked for it."""


class ReadyFilms:
    """The films of one window. show_view: that of the window; it returns the view. panel(): the timeline panel, or None."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        show_view: Callable[[str], View | None],
        current: Callable[[], View | None],
        panel: Callable[[], TimelinePanel | None],
    ) -> None:
        self._window, self._session = window, session
        self._show_view, self._current, self._panel = show_view, current, panel

    def class_sweep(self) -> None:
        """Move the classes through the sheet."""
        self._play("class-sweep", "class sweep", self._usual)

    def style_sweep(self) -> None:
        """Move a wave of styles along the sheet."""
        self._play("style-sweep", "style sweep", self._usual)

    def classes(self) -> None:
        """The current point in every class, each held: a digit through all digits, a face through its expressions."""
        self._play("image", "through the classes", lambda view, space: through_the_classes(self._session.point, space, LEG, HOLD))

    def word(self) -> None:
        """Move a word through random styles."""
        self._play("type", "type that changes", lambda view, space: random_loop(self._session.point, space, SECONDS))

    def reveal(self) -> None:
        """The source picture of Restyle, the encoder's reconstruction, then the same style in every class."""
        given = self._session.scene.view(RestyleState).given
        if given is None or given.found is None:
            self._tell("There is no picture whose style was found: draw or open one in Restyle.")
            return
        found = given.found
        card = Mark(0.0, SHOWN, "", "card", picture=given.picture, background="")

        def make(view: View, space: Space) -> Timeline:
            return add_card(through_the_classes(found, space, LEG, HOLD), card)

        self._play("image", "restyle reveal", make)

    def ages(self) -> None:
        """The current point at every checkpoint of a run. Models change, not points, so it is an export of the compare view."""
        view = self._show_view("compare")
        names = list(view.films()) if view is not None else []
        if names:
            self._session.export_requested.emit(names[0])
        else:
            self._tell("Choose a training run to compare with first, below the pictures: With > A training run.")

    def random(self) -> RandomDialog:
        """Ask for the length and the speed of a random loop, then play it in the current view."""
        from zscape.app.window.timeline.dialogs.random_dialog import RandomDialog

        dialog = RandomDialog(self._window)
        dialog.accepted.connect(lambda: self._random(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def noise(self) -> NoiseDialog:
        """Ask for the length and the speed of a noise loop, then play it in the current view."""
        from zscape.app.window.timeline.dialogs.noise_dialog import NoiseDialog

        dialog = NoiseDialog(self._window)
        dialog.accepted.connect(lambda: self._noise(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _noise(self, dialog: NoiseDialog) -> None:
        from zscape.models.timeline.noise_loop import noise_loop

        seconds, speed, seed = dialog.seconds.value(), dialog.speed.value(), int(dialog.seed.value())
        self._play(self._shown, "noise loop", lambda view, space: noise_loop(self._session.point, space, seconds, speed, seed))

    @property
    def _shown(self) -> str:
        """The name of the current view, if it has a sheet to play in."""
        view = self._current()
        return view.name if view is not None and view.sweep() is not None else "image"

    def _random(self, dialog: RandomDialog) -> None:
        name = self._shown
        seconds, points, seed = dialog.seconds.value(), dialog.points.value(), int(dialog.seed.value())
        self._play(name, "random loop", lambda view, space: random_loop(self._session.point, space, seconds, seed, points))

    @staticmethod
    def _usual(view: View, space: Space) -> Timeline:
        sweep = view.sweep()
        made = usual(sweep, space, SECONDS) if sweep is not None else None
        if made is None:
            raise ZscapeError("This view shows no sheet yet that could move.")
        return made

    def _play(self, name: str, label: str, make: Callable[[View, Space], Timeline]) -> None:
        space, panel = self._session.space, self._panel()
        if space is None or panel is None:
            self._tell("A film needs a model: open one first.")
            return
        if lacks := VIEWS[name].lacks(space):
            self._tell(f"{lacks}: choose another film, or another model.")
            return
        view = self._show_view(name)
        if view is None:
            return
        try:
            panel.begin(label, make(view, space))
        except ZscapeError as error:
            self._tell(str(error))

    def _tell(self, line: str) -> None:
        self._session.message.emit(line, True)
