"""Plays the timeline's sound in sync with the player, also when the playhead jumps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from zscape.app.work.latest_job import LatestJob
from zscape.app.work.playing.audio_out import AudioOut, open_output
from zscape.models.errors import ZscapeError
from zscape.models.media.audio.kept_sound import KeptSound
from zscape.models.media.audio.sound import RATE

if TYPE_CHECKING:
    from zscape.app.work.context import Context
    from zscape.app.work.playing.player import Player
    from zscape.app.work.playing.timeline_sound import TimelineSound

MUTED = "muted"
"""The setting of whether the preview is muted."""
BEAT_MS = 40
"""How often samples are written."""
APART = 0.08
"""The largest offset in seconds of the sound before it is corrected."""


class SoundPlayback(QObject):
    """Plays the timeline's `sound` while `player` plays.

    changed(): it was muted or unmuted, or `problem` has changed. problem: why nothing can be heard, "" before the first try and
    if sound can be heard. open_output: opens the audio output; replaced in tests.
    """

    changed = Signal()
    open_output: Callable[[], AudioOut] = staticmethod(open_output)

    def __init__(self, sound: TimelineSound, player: Player, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound, self._player, self._session, self._settings = sound, player, context.session, context.settings
        self.problem = ""
        self._told = ""
        self._out: AudioOut | None = None
        self._kept: KeptSound | None = None
        self._path = ""
        self._on = False
        self._at = 0.0  # the position in the film of the next sample to write
        self._job = LatestJob(context.jobs, self)
        self._job.failed.connect(self._fail)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.follow)
        player.changed.connect(self.follow)
        sound.changed.connect(self._follow_file)

    @property
    def muted(self) -> bool:
        """Whether the user has muted it."""
        return self._settings.flag(MUTED)

    def mute(self, on: bool) -> None:
        """Mute or unmute it, and remember that."""
        self._settings.keep(MUTED, on)
        if on or self._sound.curves is None or self._ready():
            self.follow()
        else:
            self._tell()
        self.changed.emit()

    def follow(self) -> None:
        """Play from the player's position; be silent when it is paused."""
        place = self._player.place
        if place is None or self.muted or self._sound.curves is None:
            self._halt()
        elif self._on or self._begin(place):
            self._feed(place)

    def _begin(self, place: float) -> bool:
        """Start to play at `place`; returns whether that is possible, and otherwise reports why not."""
        if not self._ready() or self._out is None:
            self._tell()
            return False
        self._out.start()
        self._on, self._at = True, place
        self._timer.start()
        return True

    def _ready(self) -> bool:
        """Whether there is an output, and samples for it."""
        before, self.problem = self.problem, ""
        try:
            self._out = self._out or self.open_output()
            self._read()
        except (ZscapeError, OSError) as error:
            self.problem = _silent(getattr(error, "strerror", None) or str(error))
        if self.problem != before:
            self.changed.emit()
        return not self.problem

    def _read(self) -> None:
        """Read the samples of the session's sound."""
        path = self._sound.state.path
        if self._kept is None or self._path != path:
            self._forget()
            self._path, self._kept = path, KeptSound()
            kept, seconds = self._kept, self._sound.seconds
            self._job.start("Read the sound", lambda: kept.fill(Path(path), seconds))

    def _feed(self, place: float) -> None:
        """Write as many samples as fit."""
        out, kept = self._out, self._kept
        assert out is not None
        assert kept is not None
        try:
            free = out.free()
            waiting = (out.room - free) / RATE  # seconds written but not heard yet
            begin, end, loop = self._player.played
            due = _within(place + waiting, begin, end, loop)
            apart = abs(self._at - due)
            if min(apart, end - begin - apart if loop else apart) > APART:
                self._at = due
            while free > 0:
                count = min(free, max(1, round((end - self._at) * RATE)) if self._at < end else free)
                silent = self._at >= end  # a film that does not loop has ended
                count = out.write(bytes(4 * count) if silent else kept.read(round(self._at * RATE), count))
                if count <= 0:
                    break
                free -= count
                self._at = _within(self._at + count / RATE, begin, end, loop)
        except ZscapeError as error:
            self._halt()
            self._out = None  # there may be another output the next time
            self._fail(str(error))

    def _halt(self) -> None:
        self._timer.stop()
        if self._on and self._out is not None:
            self._out.stop()
        self._on = False

    def _follow_file(self) -> None:
        """The sound has changed: open the output before it is needed, because opening takes a moment."""
        if self._path != self._sound.state.path:
            self._halt()
            self._forget()
            self._told = self.problem = ""
        if self._sound.curves is not None and not self.muted:
            self._ready()
        self.changed.emit()

    def _forget(self) -> None:
        self._job.cancel()
        if self._kept is not None:
            self._kept.close()
        self._path, self._kept = "", None

    def _fail(self, why: str) -> None:
        self.problem = _silent(why)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Report the problem, once for each sound."""
        if self.problem != self._told:
            self._told = self.problem
            self._session.message.emit(self.problem, False)


def _silent(why: str) -> str:
    return f"The preview is silent: {why.rstrip('.')}. The exported film has the sound."


def _within(place: float, begin: float, end: float, loop: bool) -> float:
    """`place` within the film, which continues from `end` at `begin` if it is a loop."""
    return begin + (place - begin) % (end - begin) if loop and place >= end else place
