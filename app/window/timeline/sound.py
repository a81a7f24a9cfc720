"""The sound below the timeline's tracks: its name, its curves, and what they drive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.greyed import NO_MODEL, grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.theme import set_icon
from zscape.app.widgets.timeline.curves_row import CurvesRow
from zscape.app.window.export.sound import KINDS
from zscape.app.window.timeline.editing import Editing
from zscape.app.window.timeline.tracks.track_words import name_of
from zscape.app.work.playing.sound_playback import SoundPlayback
from zscape.app.work.playing.timeline_sound import TimelineSound, open_sound
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.drive import Drive, drivable
from zscape.models.timeline.track_edits import Track

if TYPE_CHECKING:
    from zscape.app.window.timeline.dialogs.sound_dialog import SoundDialog, Target

LENGTHS_APART = 0.02
"""The largest difference in seconds for which a sound and a timeline count as equally long."""


class TimelineSoundRows(QWidget):
    """Shows the session's sound, if there is one. button: to choose a sound."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing, self._session = editing, editing.session
        self.sound = TimelineSound(editing.context, self)
        self.playback = SoundPlayback(self.sound, editing.player, editing.context, self)
        self.name = Elided("")
        self.name.setProperty("role", "dim")
        self.drives = text_button("What it drives…", "Choose which numbers follow the curves, from what to what")
        self.change = text_button("Another…", "Choose another sound file")
        self.gone = text_button("Take away", "Without the sound; the keys that followed it stay")
        self.mute = QToolButton()
        self.mute.setFixedSize(28, 26)
        self.mute.setCheckable(True)
        self.mute.setAccessibleName("Mute")
        self._show_muted()
        self.mute.clicked.connect(self.playback.mute)
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 6)
        line.setSpacing(8)
        for each in (self.mute, self.drives, self.change, self.gone):
            line.addWidget(each)
        line.addWidget(self.name, 1)
        self.button = QToolButton()
        self.button.setFixedSize(28, 26)
        self.button.setToolTip("Sound: have a sound file drive numbers and directions; its curves are drawn under the tracks")
        self.button.setAccessibleName("Sound")
        self.button.clicked.connect(self.choose)
        set_icon(self.button, "music-note")
        self.row = CurvesRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addLayout(line)
        self.drives.clicked.connect(lambda: self.ask())
        self.change.clicked.connect(self.choose)
        self.gone.clicked.connect(self.sound.take_away)
        self.row.asked.connect(lambda place: self.ask(list(self.row.curves)[place]))
        self.row.scrubbed.connect(editing.player.seek)
        self.row.menu_asked.connect(self._menu)
        self.sound.changed.connect(self.refresh)
        self.playback.changed.connect(self.refresh)
        editing.player.changed.connect(self._show_time)
        self.sound.follow()

    def refresh(self) -> None:
        """Show the session's sound."""
        sound, timeline = self.sound, self._editing.timeline
        there = timeline is not None and bool(sound.name)
        self.setVisible(there)
        if not there or timeline is None:
            return
        curves = sound.curves
        self.row.setVisible(curves is not None)
        grey(
            self.drives,
            NO_MODEL if self._session.space is None else "" if curves is not None else "The sound is still being analysed",
        )
        heard = f"{sound.name}, {sound.seconds:.2f} s" if curves is not None else f"Listening to {sound.name}"
        if curves is not None and self.playback.problem and not self.playback.muted:
            heard += ": silent here"
        self.name.show_text(f"{sound.name} cannot be heard" if sound.problem else heard)
        self.name.setToolTip(sound.problem or self.playback.problem or "Heard while the timeline plays, and in the exported film")
        self._show_muted()
        if curves is not None:
            self.row.show_curves(curves.curves, curves.fps, timeline.seconds, self._words())
            self.row.show_time(self._editing.player.time)

    def _show_muted(self) -> None:
        muted = self.playback.muted
        self.mute.setChecked(muted)
        self.mute.setToolTip("Unmute the sound" if muted else "Mute the preview; the exported film has the sound")
        set_icon(self.mute, "volume-off" if muted else "volume-high")

    def _words(self) -> dict[str, str]:
        """The names of what each curve drives, without curves that drive nothing."""
        found: dict[str, list[str]] = {}
        for each in self.sound.state.drives:
            found.setdefault(each.curve, []).append(f"{name_of(each.track, self._session.space)} {each.low:g} to {each.high:g}")
        return {curve: ", ".join(words) for curve, words in found.items()}

    def _show_time(self) -> None:
        if self.isVisible():
            self.row.show_time(self._editing.player.time)

    def choose(self) -> None:
        """Ask for a sound file and put it on the timeline."""
        before = self.sound.state.path
        folder = str(Path(before).parent) if before else str(self._editing.context.settings.last_folder())
        name, _ = QFileDialog.getOpenFileName(self.window(), "Choose a sound file", folder, KINDS)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Put that file on the timeline; errors are shown as a message."""
        try:
            open_sound(path, self._session)
        except ZscapeError as error:
            self._session.message.emit(str(error), True)
            return
        if self.sound.problem:
            self.sound.listen_again()

    def ask(self, curve: str = "") -> SoundDialog | None:
        """Show the dialog for what the curves drive, with a row for `curve`."""
        from zscape.app.window.timeline.dialogs.sound_dialog import SoundDialog

        timeline, sound = self._editing.timeline, self.sound
        targets = self._targets()
        if timeline is None or sound.curves is None or not targets:
            return None
        apart = abs(sound.seconds - timeline.seconds) > LENGTHS_APART
        words = "What follows the sound becomes keys: the first number is that of silence, the second that of the loudest moment."
        state, curves = sound.state, list(sound.curves.curves)
        dialog = SoundDialog(
            self.window(), words, curves, targets, state.drives, sound.drive, curve, sound.seconds if apart else 0.0
        )
        dialog.accepted.connect(lambda: self._tell(dialog.drives))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _tell(self, drives: tuple[Drive, ...]) -> None:
        if drives:
            words = ", ".join(dict.fromkeys(name_of(each.track, self._session.space) for each in drives))
            self._session.message.emit(f"The sound drives {words}: P plays it, and Export has it.", False)

    def _targets(self) -> list[Target]:
        from zscape.app.window.timeline.dialogs.sound_dialog import Target

        timeline, space, point = self._editing.timeline, self._session.space, self._session.point
        if timeline is None or space is None:
            return []

        def now(recipe: Recipe, track: Track) -> float:
            given = space.input(track.input)
            return given.scalar(recipe.value(given), track.number)

        return [
            Target(track, name_of(track, space), now(point, track), scalar.high)
            for track, scalar in drivable(timeline, space).items()
        ]

    def _menu(self, place: int, where: QPoint) -> None:
        menu = QMenu(self)
        curve = list(self.row.curves)[place] if place >= 0 else ""
        menu.addAction(f"What {curve or 'it'} drives…").triggered.connect(lambda: self.ask(curve))
        menu.addAction("Another sound…").triggered.connect(self.choose)
        menu.addAction("Remove the sound").triggered.connect(self.sound.take_away)
        pop_up(menu, where)
