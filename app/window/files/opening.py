"""Opens, drops and pastes everything that comes into the window: models, sessions, pictures, points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from zscape.app.state import session_file
from zscape.app.state.kind import UNKNOWN
from zscape.app.state.saved_session import Files, SessionFile
from zscape.app.state.scene import Scene, without_units
from zscape.app.state.settings import MODEL
from zscape.app.views import VIEWS
from zscape.app.window.files.file_kind import file_in, kind_of, why_not
from zscape.app.window.files.film_opening import Film, open_sound_of, read_film, read_tile, take_film, view_of
from zscape.app.window.files.latents_opening import Latents, read_latents, take_latents
from zscape.app.window.files.model_loading import ModelLoading, Waiting
from zscape.app.window.files.owners import NotHereError, Owners
from zscape.app.window.session.keeper import Keeper
from zscape.app.work.context import Context
from zscape.app.work.directions import directions as directions_of_model
from zscape.app.work.unit_files import open_units
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.models.files.checkpoint import Model


class Opener(QObject):
    """Opens things in the session, which `keeper` saves. show_view(name) shows a view and returns it.

    shown(): the current view, None if there is none.
    """

    def __init__(
        self,
        context: Context,
        keeper: Keeper,
        show_view: Callable[[str], View | None],
        shown: Callable[[], View | None],
        device: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.context, self.keeper = context, keeper
        self.session, self.renderer, self.settings = context.session, context.renderer, context.settings
        self.models = ModelLoading(context, device, self)
        self.models.there.connect(self._go_on)
        self._owners = Owners(self.session, self.settings)
        self._show_view, self._shown = show_view, shown
        self.session.model_wanted.connect(lambda wanted: self.attempt(lambda: self.models.go_back_to(wanted)))

    def attempt(self, action: Callable[[], None]) -> None:
        """Run `action`; errors that the user can fix are shown in the message bar."""
        try:
            action()
        except ZscapeError as error:
            self.session.message.emit(str(error), True)

    @property
    def device(self) -> str:
        """Where the networks are to run."""
        return self.models.device

    def use_device(self, device: str) -> None:
        """Draw on `device` from now on."""
        self.models.use_device(device)

    def open_model(self, name_or_path: str | Path = "") -> None:
        """See `ModelLoading.open_model`."""
        self.models.open_model(name_or_path)

    def _go_on(self, waiting: Waiting | Film | Latents | None) -> None:
        """The model that a session or a film waited for is loaded."""
        if isinstance(waiting, Film | Latents):
            self.attempt(lambda: self._take(waiting))
        elif waiting is not None:
            self._restore(waiting)

    def open_first(self, model: str | Model, path: Path | None) -> None:
        """Open what the window starts with: the requested model and session, else those of the last run, else the default."""
        if path is not None:
            self.keeper.resume()  # so that opening a session is an undo step, and what it leaves out is kept
            self.attempt(lambda: self.open_session(path))
        if self.models.asked is not None:
            return  # the session opens its own model
        if not isinstance(model, str):
            self.session.wait_for(f"Loading {model.spec.name}.")
            self.renderer.adopt(model, self.device)
            return
        if model or path is not None:
            self.open_model(model)
            return
        last, recent = self.keeper.last, self.settings.text(MODEL)
        files = [name if Path(name).is_file() else "" for name in (last.files.model, recent if not last.files.model else "")]
        for name in (*files, self._file_of(last), last.model):
            try:
                if name:
                    self.models.open_model(name, chosen=False)
                    return
            except ZscapeError:
                continue  # the model of the last run no longer exists
        self.models.open_model(chosen=False)

    def open_session(self, path: Path) -> None:
        """Continue the session in `path`, with its own model if it is in the library."""
        if path.parent == self.keeper.folder:
            self.go_on_with(session_file.load(path))
            return
        from zscape.models.files.made_with import MadeWith

        saved = session_file.load(path)
        try:
            file_of_model, other = self._owners.of(path, MadeWith(saved.model, saved.run))
        except NotHereError:
            self._go_on_with(saved, path.absolute())  # reports it
        else:
            waiting = Waiting(saved, path.absolute(), self.session.new_gesture(), path.name if other else "")
            if file_of_model is None:
                self._restore(waiting)
            else:
                self.models.open(file_of_model, waiting)
        self.settings.keep_recent(path)

    def go_on_with(self, saved: SessionFile) -> None:
        """Continue a session that was kept on this computer."""
        self._go_on_with(saved, Path(saved.files.session) if saved.files.session else None)

    def _go_on_with(self, saved: SessionFile, file: Path | None) -> None:
        from zscape.models.files.library import find

        model, known = self.session.model, saved.files.model
        waiting = Waiting(saved, file, self.session.new_gesture())
        if saved.model and (model is None or model.spec.name != saved.model or (known and known != str(self.session.model_path))):
            try:
                file_of_model = Path(known) if Path(known).is_file() else Path(self._file_of(saved) or find(saved.model))
            except ZscapeError:
                self._restore(waiting, f"The session's model {saved.model!r} is not here")
            else:
                self.models.open(file_of_model, waiting)
            return
        self._restore(waiting)

    def _file_of(self, saved: SessionFile) -> str:
        """The current file of exactly the model of `saved`, "" if it is missing or unknown."""
        from zscape.models.files.made_with import MadeWith

        try:
            return str(MadeWith(saved.model, saved.run).find(self._owners.recent())) if saved.run else ""
        except ZscapeError:
            return ""

    def open_film(self, path: Path) -> None:
        """Use the timeline of a film, or of a JSON file, with its own model if it is in the library."""
        self._show(read_film(path, self.session, self._owners))

    def _show(self, film: Film | Latents) -> None:
        if film.owner.model is None:
            self._take(film)
        else:
            self.models.open(film.owner.model, film)

    def _take(self, film: Film | Latents) -> None:
        if isinstance(film, Latents):
            take_latents(film, self.session)
            return
        take_film(film, self.session)
        if film.timeline is not None:
            self.context.moment.begun.emit()
        shown = self._shown()
        sweep = shown.sweep() if shown is not None else None
        name = view_of(film.timeline, sweep) if film.timeline is not None else ""
        if name or (shown is not None and sweep is None):  # make it visible
            self._show_view(name or "image")

    def _restore(self, waiting: Waiting, missing: str = "") -> None:
        saved = waiting.saved
        self.keeper.branch()
        scene, dropped = self._with_own_units(saved)
        self.session.restore(scene, saved.kind, dict(saved.others), waiting.gesture)
        self.context.moment.begun.emit()
        self._show_view(saved.view)
        kind = saved.kind
        waits = kind != UNKNOWN and not kind.akin(self.session.kind)
        # The file of a scene that is not shown is not saved over: it would be that of the model that is open.
        self.keeper.take_file(None if waits else waiting.file, saved.files.modified)
        if waits:
            self.session.message.emit(
                f"{missing or 'The open model is not of the kind of the session'}: the scene waits for a model of {kind}.",
                True,
            )
        elif missing:
            self.session.message.emit(f"{missing}: shown is what the open model can draw of it.", True)
        elif waiting.other and self.session.model is not None:
            from zscape.models.media.film.film_file import of_another

            line = of_another(waiting.other, saved.model, self.session.model.spec.name)
            self.session.message.emit(f"{line} {dropped}".strip(), True)
        elif dropped:
            self.session.message.emit(dropped, False)

    def _with_own_units(self, saved: SessionFile) -> tuple[Scene, str]:
        """The scene of `saved`, without its unit edits if the open model is from another training run; and a message."""
        model = self.session.model
        if not saved.run or model is None or saved.run == model.spec.run:
            return saved.scene, ""
        scene = without_units(saved.scene)
        if scene == saved.scene:
            return scene, ""
        words = f"another {saved.model}" if saved.model == model.spec.name else saved.model
        return scene, f"The session's unit edits are dropped: they were made with {words}, which has other units."

    def snapshot(self) -> SessionFile:
        """The session on screen, for saving."""
        return replace(self.keeper.everything(), others=(), files=Files())

    def save_session(self, path: Path) -> None:
        """Save the scene on screen and those of the other kinds of model."""
        session_file.save(path, replace(self.keeper.everything(), files=Files()))
        self.keeper.saved_in(path.absolute())
        self.settings.keep_recent(path)
        self.session.message.emit(f"Saved {path.name}.", False)

    def restore_last(self) -> None:
        """Restore the scenes of the last run before a model is loaded."""
        saved = self.keeper.resume()
        if saved is not None:
            self._show_view(saved.view)

    def open_file(self, path: Path) -> None:
        """Open a file of any known kind, recognized by its content."""
        kind = kind_of(path)
        if path.is_dir():
            path = file_in(path) or path
        if kind == "model":
            self.open_model(path)
        elif kind == "session":
            self.open_session(path)
        elif kind == "film":
            self.open_film(path)
        elif kind == "directions":
            self.open_directions(path)
        elif kind == "units":
            open_units(self.context, path)
            self._show_view("layers")
        elif kind == "sound":
            open_sound_of(path, self.session)
            if (shown := self._shown()) is not None and not VIEWS[shown.name].plays:
                self._show_view("image")
        elif kind == "latents":
            self.open_latents(path)
        elif kind == "map":
            if self.session.model is not None:
                from zscape.models.maps.files.map_file import check_model

                check_model(path, self.session.model.spec)  # before anything changes
            on_map: Any = self._show_view("map")
            on_map.open(path)
        elif kind == "tile":
            self._show(read_tile(path, self.session, self._owners))
        elif line := why_not(path):
            raise ZscapeError(line)
        else:
            self.open_picture(path)
            return  # the view keeps it among the recent files, once it is read
        if path.parent != self.keeper.folder:
            self.settings.keep_recent(path)

    def open_picture(self, source: Path | bytes) -> None:
        """Give a picture, a file or its bytes, to the current view, or else to Restyle."""
        shown = self._shown()
        view: Any = shown if shown is not None and shown.takes_pictures else self._show_view("restyle")
        view.open(source)

    def open_latents(self, path: Path) -> None:
        """Put the latents of an npz file on the shelf, with their own model if it is in the library: see `latents_in`."""
        self._show(read_latents(path, self.session, self._owners))

    def paste(self, recipe: Recipe) -> None:
        """Go to `recipe`. Raises ZscapeError if it is for another model."""
        if self.session.space is not None:
            self.session.space.check(recipe)  # raises before anything changes
        self.session.edit_point("paste", recipe)
        self.session.message.emit("The current point is the one that was pasted or dropped.", False)  # a view may not show it

    def open_directions(self, path: Path) -> None:
        """Add the directions in a file, if they belong to the open model, and save them."""
        count = directions_of_model.open_file(self.context, path)
        self.session.message.emit(f"{count} direction{'s' * (count > 1)} of {path.name} stay with this model now.", False)
