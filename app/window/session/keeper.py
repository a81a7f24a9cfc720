"""Keeps the session of a window on disk while it changes, so that the next start can continue it."""

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
    """An opened session: after how many undo steps, the last of which is `step`, and its file, None if unnamed.

    saved: the same two for the state in which it equals its file, None if there is none.
    """

    place: int
    step: object
    file: Path | None
    saved: tuple[int, object] | None = (0, None)


class Keeper(QObject):
    """Keeps the session of one window. view(): the name of the current view.

    found: sessions of windows that crashed, newest first, which the user may continue. file: the file that the session was opened
    from or saved in, None while it has no name. folder: the folder of kept sessions.
    file_changed: `file` or `modified` has changed.
    """

    file_changed = Signal()

    def __init__(self, session: Session, settings: Settings, view: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._view = session, settings, view
        self.folder = settings.folder / kept_sessions.FOLDER
        resumed, self.found = kept_sessions.left_here(self.folder)
        self._fresh = self._ready = resumed is None  # nothing may be written over the old session before it is read
        self._kept = resumed or kept_sessions.fresh(self.folder)
        self._encoder = SessionEncoder(Rest())
        self._autosave = Autosave(self.everything, self._write, self)
        self._autosave.failed.connect(self._tell_failure)
        self._autosave.recovered.connect(lambda: session.message.emit("The session is kept again.", False))
        self.file: Path | None = None
        self._taken = [Taken(0, None, None)]  # the opened sessions, oldest first
        self.last = SessionFile()
        session.scene_changed.connect(self.touch)
        session.model_changed.connect(self.touch)
        session.undo_stack.cleanChanged.connect(self.file_changed)
        session.undo_stack.indexChanged.connect(self._follow_steps)
        session.destroyed.connect(lambda: self.blockSignals(True))  # its undo stack also emits signals while it is deleted

    @property
    def resumes(self) -> str:
        """The name of the kept session that this window continues, "" if it started a new one."""
        return "" if self._fresh else self._kept.path.name

    @property
    def kept_name(self) -> str:
        """The name of the kept session that the next window will continue, if this one is closed now."""
        return self._kept.path.name if self._kept.path.exists() else ""

    @property
    def has_model(self) -> bool:
        """Whether a model is open; without one there is nothing to see."""
        return self._session.model is not None

    @property
    def modified(self) -> bool:
        """Whether the session differs from its file, or from its start if it has none."""
        return not self._session.undo_stack.isClean()

    def touch(self) -> None:
        """Something may have changed: a scene, the model, the view."""
        if self._ready:
            self._autosave.touch(SELDOM_MS if self._session.moves_itself else AFTER_MS)

    def everything(self) -> SessionFile:
        """The complete session: all scenes, the one on screen, and the model."""
        session, model = self._session, self._session.model
        path = session.model_path
        if model is None:  # the model is not loaded yet, or cannot be
            name, file, run = self.last.model, self.last.files.model, self.last.run
        else:
            name, file, run = model.spec.name, str(path or ""), model.spec.run
        files = Files(file, str(self.file or ""), self.modified)
        return SessionFile(name, self._view(), session.kind, session.scene, tuple(session.others.items()), files, run)

    def resume(self) -> SessionFile | None:
        """Restore the scenes of the last run before a model is loaded; returns what was read."""
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
        self.take_file(Path(saved.files.session) if saved.files.session else None, saved.files.modified)
        return saved

    def take_file(self, path: Path | None, modified: bool = False) -> None:
        """The session now equals the file at `path`; it is saved there from now on if that is a session file.

        modified: it differs from that file.

        Undo also goes back to the file of the previous session; otherwise that session would be saved over this one.
        """
        stack = self._session.undo_stack
        place = stack.index()
        before = [each for each in self._taken if each.place < place and self._is_open(each)]
        file = path if path is not None and session_file.saves_to(path) else None
        self._taken = [*before, Taken(place, self._last_step(), file)]
        self._settle(file, modified)

    def saved_in(self, path: Path) -> None:
        """The session was saved in the file at `path`, and is saved there from now on."""
        self._settle(path)

    def _settle(self, file: Path | None, modified: bool = False) -> None:
        stack, index = self._session.undo_stack, self._taken.index(self._open)
        saved = None if modified else (stack.index(), self._last_step())
        self._taken[index] = replace(self._taken[index], file=file, saved=saved)
        self.file = file
        stack.resetClean() if modified else stack.setClean()
        self.file_changed.emit()
        self.touch()

    def _last_step(self) -> object:
        stack = self._session.undo_stack
        return stack.command(stack.index() - 1) if stack.index() else None

    @property
    def _open(self) -> Taken:
        """The last opened session, unless undone."""
        return next((each for each in reversed(self._taken) if self._is_open(each)), self._taken[0])

    def _is_open(self, taken: Taken) -> bool:
        stack = self._session.undo_stack
        return not taken.place or (stack.index() >= taken.place and stack.command(taken.place - 1) is taken.step)

    def _follow_steps(self) -> None:
        if self.signalsBlocked():
            return  # the session is being deleted, with its undo steps
        opened, stack = self._open, self._session.undo_stack
        # The stack knows one saved state; each opened session has its own.
        equals_file = opened.saved is not None and opened.saved == (stack.index(), self._last_step())
        if equals_file and not stack.isClean():
            stack.setClean()
        if opened.file != self.file:
            self.file = opened.file
            self.file_changed.emit()
            self.touch()

    def branch(self) -> None:
        """Start a new session: the previous one stays as it is, among the closed ones."""
        if self._kept.path.exists() and self._autosave.flush():
            self._kept.close()
            self._kept, self._fresh = kept_sessions.fresh(self.folder), True
            self._autosave.forget()

    def check(self) -> None:
        """Report at once if nothing can be saved; otherwise the user would find out only after some work."""
        if reason := self._settings.unwritable():
            self._tell_failure(reason)

    # Crashed sessions.

    def read_found(self) -> SessionFile | None:
        """Read the newest of `found`, which then counts as closed. None if it cannot be read: it is set aside."""
        kept = self.found.pop(0)
        try:
            saved = session_file.load(kept.path)
        except ZscapeError as error:
            self._set_aside(kept, error)
            return None
        kept.close()
        return saved

    def pass_over_found(self) -> None:
        """Count the newest of `found` as closed."""
        kept = self.found.pop(0)
        kept.close()
        self._session.message.emit(f"That session stays in File > Open recent; its file is {kept.path}.", False)

    def _set_aside(self, kept: KeptSession, error: ZscapeError) -> None:
        self._session.message.emit(f"{error} It was set aside as {kept.set_aside()}.", True)

    # Saving.

    def flush(self) -> bool:
        """Write everything to disk now; returns whether that succeeded."""
        return not self._ready or self._autosave.flush()

    def end(self) -> None:
        """The window closes: the session is complete."""
        if self._session.model is not None:
            self._settings.keep(MODEL, str(self._session.model_path or ""))
        self.flush()
        self._autosave.stop()
        self._kept.close()
        for each in self.found:
            each.leave()
        self.found = []

    def _write(self, saved: SessionFile) -> None:
        """Called in the autosave thread."""
        if self._fresh and not self._kept.path.exists() and _empty(saved):
            return
        self._kept.hold()
        session_file.write(self._kept.path, self._encoder.encode(saved))

    def _tell_failure(self, line: str) -> None:
        said = f"The session is not kept: {line} It is tried again every few seconds."
        if self._session.model is not None:
            self._session.message.emit(said, True)
        else:  # a message shown now would be cleared when the model arrives
            tell = Qt.ConnectionType.SingleShotConnection
            self._session.model_changed.connect(lambda: self._session.message.emit(said, True), tell)


def _empty(saved: SessionFile) -> bool:
    """Whether it contains only the default scenes."""
    return all(scene == Scene() for scene in (saved.scene, *(each for _, each in saved.others)))


def when(seconds: float, exactly: bool = False) -> str:
    """A time in everyday form: 15:12 today, else with its date. exactly: with the seconds."""
    then = time.localtime(seconds)
    today = then[:3] == time.localtime()[:3]
    return time.strftime(("at %H:%M" if today else "on %d %B at %H:%M") + ":%S" * exactly, then)
