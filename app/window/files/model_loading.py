"""Loads models from files: keeps track of which one is loading, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from zscape.app.state.documents import OpenModel
from zscape.app.state.saved_session import SessionFile
from zscape.app.window.files.film_opening import Film
from zscape.app.window.files.latents_opening import Latents
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Failure, Opened
from zscape.app.work.tiles import same_weights
from zscape.models.errors import ZscapeError
from zscape.models.files.utf8 import check_utf8


@dataclass(frozen=True)
class Waiting:
    """A session to restore. file: its file name, if any. gesture: the id under which everything is undone together. other: the
    file name if another model of the same name is to show it, else "".
    """

    saved: SessionFile
    file: Path | None
    gesture: int
    other: str = ""


class ModelLoading(QObject):
    """Loads models into the session in the background; of several requests only the last one counts.

    device: where the networks are to run. asked: the last file requested. there(waiting): a model is in the session, and what
    waited for it, None for nothing. chosen(): the same for a model that the user requested.
    """

    there = Signal(object)
    chosen = Signal()

    def __init__(self, context: Context, device: str, parent: QObject) -> None:
        super().__init__(parent)
        self.session, self.renderer = context.session, context.renderer
        self.device = device
        self.asked: Path | None = None
        self._loading: int | None = None  # the request of the file that is loading
        self._chosen: int | None = None  # the last request by the user
        self._given_up: set[int] = set()  # replaced requests
        self._passed: Opened | None = None  # the last replaced one that became ready anyway
        self._pending: tuple[int, Waiting | Film | Latents] | None = None  # what waits for the model of that request
        self.renderer.model_ready.connect(self._take_model)
        self.renderer.failed.connect(self._take_failure)

    def open_model(self, name_or_path: str | Path = "", chosen: bool = True) -> None:
        """Load a model in the background: a name, a file, or the default one. chosen: whether the user requested it."""
        from zscape.models.files.library import default_name, find

        try:
            self.asked = find(name_or_path or default_name())
        except ZscapeError as error:
            if self.session.model is None:
                self.session.wait_for(str(error))
            raise
        self.session.wait_for(f"Loading {self.asked.parent.name if self.asked.stem == 'model' else self.asked.stem}.")
        self.open(self.asked, chosen=chosen)

    def open(self, path: Path, waiting: Waiting | Film | Latents | None = None, chosen: bool = True) -> None:
        """Open `path`, and then restore `waiting`; what waited for another file is dropped.

        Raises ZscapeError for a name that a session could not record.
        """
        check_utf8(str(path))
        self.asked = path
        if self._loading is not None:
            self._given_up.add(self._loading)
        self._loading = self.renderer.open(path, self.device)
        self._chosen = self._loading if chosen else None
        self._pending = (self._loading, waiting) if waiting is not None else None

    def go_back_to(self, wanted: OpenModel) -> None:
        """Open the model to which undo or redo goes back."""
        if wanted.path is not None:
            try:
                self.open_model(wanted.path)
            except ZscapeError:
                self.session.stay()
                raise
        elif wanted.model is not None:
            self._chosen = self.renderer.adopt(wanted.model, self.device)

    def use_device(self, device: str) -> None:
        """Draw on `device` from now on."""
        self.device = device
        if self._loading is not None and self.asked is not None:
            self.open(self.asked, self._pending[1] if self._pending else None, chosen=self._chosen == self._loading)
        elif self.session.model is not None:
            self.renderer.adopt(self.session.model, device, self.session.model_path)
        elif self.asked is not None:
            self.open(self.asked, chosen=False)  # it could not be drawn on the first device

    def _take_model(self, opened: Opened) -> None:
        if opened.request in self._given_up:
            self._passed = opened  # another file is loading
            return
        self._passed = None
        self.session.wait_for("Drawing.")
        waiting = self._end_of(opened.request)
        model, known = opened.model, self.session.model
        if known is not None and same_weights(model, known) and model.directions != known.directions:
            model = known  # its directions have changed since, and are on their way to the renderer
        self.session.adopt(model, opened.path, opened.device, waiting.gesture if waiting else None)
        self.there.emit(waiting)
        if opened.request == self._chosen:
            self.chosen.emit()

    def _take_failure(self, failure: Failure) -> None:
        if failure.request is not None:
            self._end_of(failure.request)
            if self._loading is None:
                self.session.stay()
        if self._passed is not None and self._loading is None:
            passed, self._passed = self._passed, None
            self.session.adopt(passed.model, passed.path, passed.device)

    def _end_of(self, request: int) -> Waiting | Film | Latents | None:
        """The request was answered; returns the session that waited for it."""
        if request == self._loading:
            self._loading = None
        if self._pending is None or self._pending[0] != request:
            return None
        session, self._pending = self._pending[1], None
        return session
