"""The timeline's sound: opened, analysed in the background, and driving numbers, each as an undo step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.state.sound_state import SoundState
from zscape.app.work.latest_job import LatestJob
from zscape.models.errors import ZscapeError
from zscape.models.progress import Work
from zscape.models.timeline.drive import Drive, drive
from zscape.models.timeline.edits import with_length
from zscape.models.timeline.stops import add_stop
from zscape.models.timeline.timeline import Timeline
from zscape.models.timeline.track_edits import keys_of

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.app.work.context import Context
    from zscape.models.media.audio.sound import SoundCurves

FPS = 30.0
"""Measurements of the curves per second, equal to the timeline's frame rate in playback."""
LONGEST = 3600.0
"""The most seconds of a sound that are analysed: the longest timeline in the window."""


def open_sound(path: Path, session: Session) -> None:
    """Put the sound file `path` on the timeline. If there is no timeline, one with the length of the sound is made.

    Raises ZscapeError if the file is not a sound, or no model is open.
    """
    from zscape.models.media.audio.sound import sound_seconds

    if session.space is None:
        raise ZscapeError("A sound on the timeline needs a model: open one first.")
    path = path.absolute()
    seconds = round(min(sound_seconds(path), LONGEST), 2)
    scene, state = session.scene, session.scene.view(SoundState)
    timeline = scene.timeline
    if timeline is None:
        timeline = add_stop(Timeline(max(0.1, seconds), session.point), 0.0, session.point, session.space)
    after = replace(scene.with_view(replace(state, path=str(path))), timeline=timeline)
    session.edit("open sound", after)
    if state.drives and state.path != str(path):
        words = "what followed the other sound stays; press Follow in What it drives to have it follow this one."
    else:
        words = "choose there what they drive."
    session.message.emit(f"The curves of {path.name} are on the timeline: {words}", False)


class TimelineSound(QObject):
    """The session's sound. changed(): the file or the curves have changed. curves: None until measured. problem: why not."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = context.session
        self._path, self._missing = "", False
        self.curves: SoundCurves | None = None
        self.problem = ""
        self._job = LatestJob(context.jobs, self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(lambda: self._fail(f"{self.name} was not analysed: open it again."))
        self._session.scene_changed.connect(self.follow)

    @property
    def state(self) -> SoundState:
        """What the session keeps about the sound."""
        return self._session.scene.view(SoundState)

    @property
    def name(self) -> str:
        """The name of the file, "" for none."""
        return Path(self.state.path).name

    def follow(self) -> None:
        """Analyse the session's sound, if it has changed."""
        path = self.state.path
        if path == self._path and not (self._missing and Path(path).exists()):
            return
        self._missing = False
        self._path, self.curves, self.problem = path, None, ""
        if path:
            self._job.start("Listen to the sound", lambda: _listen(Path(path)))
        else:
            self._job.cancel()
        self.changed.emit()

    def listen_again(self) -> None:
        """Read the file again."""
        self._path = ""
        self.follow()

    def drive(self, drives: tuple[Drive, ...], whole: bool = False) -> None:
        """Have the curves drive `drives`; tracks that they drove before and no longer drive are removed.

        whole: whether the timeline takes the length of the sound, moving its keys. Raises ZscapeError as
        `zscape.models.timeline.drive.drive` does, and if there is no timeline or the sound is not analysed yet.
        """
        session, curves = self._session, self.curves
        scene, space = session.scene, session.space
        if scene.timeline is None or space is None or curves is None:
            raise ZscapeError(self.problem or "The curves of the sound are not ready yet: wait a moment.")
        timeline = with_length(scene.timeline, self.seconds) if whole else scene.timeline
        made = drive(timeline, space, drives, _levels(curves), curves.fps, self.state.drives)
        if drives:
            made = replace(made, even=False)  # even change would put it out of sync with the sound
        session.edit("follow the sound", replace(scene.with_view(replace(self.state, drives=drives)), timeline=made))

    def kept_in_time(self, before: Timeline, after: Timeline) -> Timeline:
        """`after`, which is `before` with another length, with the driven tracks still in sync with the sound.

        Driven tracks that were edited by hand stay as they are, and all do if the sound is not analysed.
        """
        curves, space, drives = self.curves, self._session.space, self.state.drives
        if curves is None or space is None or not drives:
            return after
        try:
            levels = _levels(curves)
            made = drive(before, space, drives, levels, curves.fps)
            untouched = [each for each in drives if keys_of(made, each.track) == keys_of(before, each.track)]
            return drive(after, space, untouched, levels, curves.fps)
        except ZscapeError:
            return after  # a driven number no longer exists

    @property
    def seconds(self) -> float:
        """The length of the analysed sound."""
        curves = self.curves
        return max(0.1, round(len(curves.curves["level"]) / curves.fps, 2)) if curves is not None else 0.0

    def take_away(self) -> None:
        """Remove the sound; the keys that it has driven stay."""
        self._session.edit("take the sound away", self._session.scene.with_view(SoundState()))

    def _take(self, curves: SoundCurves) -> None:
        self.curves = curves
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.problem, self._missing = line, not Path(self._path).exists()
        self._session.message.emit(line, True)
        self.changed.emit()


def _levels(curves: SoundCurves) -> dict[str, list[float]]:
    return {name: curve.tolist() for name, curve in curves.curves.items()}


def _listen(path: Path) -> Work[SoundCurves]:
    from zscape.models.media.audio.sound import measure_sound, sound_seconds

    if not path.exists():
        raise ZscapeError(f"The sound {path} is not there: what it drove stays on the timeline; choose a sound to change that.")
    return (yield from measure_sound(path, FPS, min(sound_seconds(path), LONGEST)))
