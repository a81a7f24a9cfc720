"""What of a window outlives it: its session is kept on disk as it goes, and the next start goes on with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from zscape.app.state import kept_sessions, session_file
from zscape.app.state.autosave import AFTER_MS, SELDOM_MS, Autosave, Rest
from zscape.app.state.kept_sessions import KeptSession
from zscape.app.state.saved_session import Files, SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session import Session
from zscape.app.state.session_text import SessionEncoder
from zscape.app.state.settings import MODEL, Settings
from zscape.models.errors import ZscapeError


@dataclass(frozen=True, eq=False)
class Taken:
    """A session that was opened: after how many steps of undo, the last of which is `step`, and its file, None for no name."""

    place: int
    step: object
    file: Path | None


class Keeper(QObject):
    """Keeps the session of one window. view(): the name of the view that is shown.

    found: sessions of windows that crashed, newest first, which a person may go on with. file: the one that the session was
    opened from or saved in, None while it has no name. folder: where kept sessions are.
    file_changed: it has another one, or `modified` says something else.
    """

    file_changed = Signal()

    def __init__(self, session: Session, settings: Settings, view: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._view = session, settings, view
        self.folder = settings.folder / kept_sessions.FOLDER
        resumed, self.found = kept_sessions.left_here(self.folder)
        self._fresh = self._ready = resumed is None  # before it is read, nothing may be written in its place
        self._kept = resumed or kept_sessions.fresh(self.folder)
        self._encoder = SessionEncoder(Rest())
        self._autosave = Autosave(self.everything, self._write, self)
        self._autosave.failed.connect(self._tell_failure)
        self._autosave.recovered.connect(lambda: session.message.emit("The session is kept again.", False))
        self.file: Path | None = None
        self._taken = [Taken(0, None, None)]  # the sessions that were opened, the oldest first
        self.last = SessionFile()
        session.scene_changed.connect(self.touch)
        session.model_changed.connect(self.touch)
        session.undo_stack.cleanChanged.connect(self.file_changed)
        session.undo_stack.indexChanged.connect(self._follow_steps)
        session.destroyed.connect(lambda: self.blockSignals(True))  # its history tells of its own end

    @property
    def resumes(self) -> str:
        """The name of the kept session that this window goes on with, "" where it began one."""
        return "" if self._fresh else self._kept.path.name

    @property
    def kept_name(self) -> str:
        """The same for the next window, if this one is closed now."""
        return self._kept.path.name if self._kept.path.exists() else ""

    @property
    def has_model(self) -> bool:
        """Whether a model is open: without one there is nothing to see."""
        return self._session.model is not None

    @property
    def modified(self) -> bool:
        """Whether the session differs from its file, or from how it began where it has none."""
        return not self._session.undo_stack.isClean()

    def touch(self) -> None:
        """Something may have changed: a scene, the model, the view."""
        if self._ready:
            self._autosave.touch(SELDOM_MS if self._session.moves_itself else AFTER_MS)

    def everything(self) -> SessionFile:
        """Every scene, the one on screen and of which model."""
        session, model = self._session, self._session.model
        path = session.model_path
        if model is None:  # it has not been loaded yet, or cannot be
            name, file, run = self.last.model, self.last.files.model, self.last.run
        else:
            name, file, run = model.spec.name, str(path or ""), model.spec.run
        files = Files(file, str(self.file or ""), self.modified)
        return SessionFile(name, self._view(), session.kind, session.scene, tuple(session.others.items()), files, run)

    def resume(self) -> SessionFile | None:
        """Put the scenes of the last run in place, before a model is there; returns what was read."""
        if self._ready:
            return None
        self._ready = True
        try:
            saved = session_file.load(self._kept.path)
        except ZscapeError as error:
            self._set_aside(self._kept, error)
            self._kept, self._fresh = kept_sessions.fresh(self.folder), True
            return None
        self.last = saved
        self._session.restore(saved.scene, saved.kind, dict(saved.others))
        self._session.forget_history()
        self.take_file(Path(saved.files.session) if saved.files.session else None)
        if saved.files.modified:
            self._session.undo_stack.resetClean()
        return saved

    def take_file(self, path: Path | None) -> None:
        """The session is now as it is in the file at `path`, where it is saved from now on if that is a session's own file.

        Undo goes back to the file of the session before: else that session would be saved over this one.
        """
        stack = self._session.undo_stack
        place = stack.index()
        before = [each for each in self._taken if each.place < place and self._is_open(each)]
        file = path if path is not None and session_file.saves_to(path) else None
        self._taken = [*before, Taken(place, stack.command(place - 1) if place else None, file)]
        self._settle(file)

    def saved_in(self, path: Path) -> None:
        """The session is in the file at `path` now, and is saved there from now on."""
        index = self._taken.index(self._open)
        self._taken[index] = replace(self._taken[index], file=path)
        self._settle(path)

    def _settle(self, file: Path | None) -> None:
        self.file = file
        self._session.undo_stack.setClean()
        self.file_changed.emit()
        self.touch()

    @property
    def _open(self) -> Taken:
        """The last that was opened, as far as that was not taken back."""
        return next((each for each in reversed(self._taken) if self._is_open(each)), self._taken[0])

    def _is_open(self, taken: Taken) -> bool:
        stack = self._session.undo_stack
        return not taken.place or (stack.index() >= taken.place and stack.command(taken.place - 1) is taken.step)

    def _follow_steps(self) -> None:
        if self.signalsBlocked():
            return  # the session goes, and its steps with it
        if (file := self._open.file) != self.file:
            self.file = file
            self.file_changed.emit()
            self.touch()

    def branch(self) -> None:
        """What comes now is another session: that of before stays as it is, among the closed ones."""
        if self._kept.path.exists() and self._autosave.flush():
            self._kept.close()
            self._kept, self._fresh = kept_sessions.fresh(self.folder), True
            self._autosave.forget()

    def check(self) -> None:
        """Say at once where nothing can be kept; else a person would learn it after some work."""
        if reason := self._settings.unwritable():
            self._tell_failure(reason)

    # What crashed.

    def read_found(self) -> SessionFile | None:
        """The newest of `found`; from now on it is one of the closed sessions. None where it cannot be read: it is set aside."""
        kept = self.found.pop(0)
        try:
            saved = session_file.load(kept.path)
        except ZscapeError as error:
            self._set_aside(kept, error)
            return None
        kept.close()
        return saved

    def pass_over_found(self) -> None:
        """Leave the newest of `found` among the closed sessions."""
        kept = self.found.pop(0)
        kept.close()
        self._session.message.emit(f"That session stays in File > Open recent; its file is {kept.path}.", False)

    def _set_aside(self, kept: KeptSession, error: ZscapeError) -> None:
        self._session.message.emit(f"{error} It was set aside as {kept.set_aside()}.", True)

    # Writing.

    def flush(self) -> bool:
        """Have everything on disk now; returns whether it is."""
        return not self._ready or self._autosave.flush()

    def end(self) -> None:
        """The window closes: its session is complete."""
        if self._session.model is not None:
            self._settings.keep(MODEL, str(self._session.model_path or ""))
        self.flush()
        self._autosave.stop()
        self._kept.close()
        for each in self.found:
            each.leave()
        self.found = []

    def _write(self, saved: SessionFile) -> None:
        """In autosave's thread."""
        if self._fresh and not self._kept.path.exists() and _empty(saved):
            return
        self._kept.hold()
        session_file.write(self._kept.path, self._encoder.encode(saved))

    def _tell_failure(self, line: str) -> None:
        said = f"The session is not kept: {line} It is tried again every few seconds."
        if self._session.model is not None:
            self._session.message.emit(said, True)
        else:  # a message of before would go as the model comes
            tell = Qt.ConnectionType.SingleShotConnection
            self._session.model_changed.connect(lambda: self._session.message.emit(said, True), tell)


def _empty(saved: SessionFile) -> bool:
    """Whether there is nothing in it but what a newcomer finds."""
    return all(scene == Scene() for scene in (saved.scene, *(each for _, each in saved.others)))


def when(seconds: float) -> str:
    """A time as a person says it: 15:12 today, else with its date."""
    then = time.localtime(seconds)
    today = then[:3] == time.localtime()[:3]
    return time.strftime("at %H:%M" if today else "on %d %B at %H:%M", then)
