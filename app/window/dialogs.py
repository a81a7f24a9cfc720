"""The dialogs of the window: opening, saving, exporting, help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from zscape.app.state.session_file import SUFFIX
from zscape.app.views.base import View
from zscape.app.widgets.named_file import ending_in
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import to_image
from zscape.app.window.commands.actions import Actions
from zscape.app.window.files.opening import Opener
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import copy_recipe
from zscape.models.errors import ZscapeError

PICTURES = "Pictures (*.png)"


class Dialogs:
    """The dialogs of one window. view(): the current view."""

    def __init__(self, window: QWidget, context: Context, opener: Opener, view: Callable[[], View | None]) -> None:
        self._window, self._context, self._opener, self._view = window, context, opener, view
        self._settings, self._session = context.settings, context.session

    def _ask_open(self, title: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self._settings.last_folder()), kinds)
        return Path(name) if name else None

    def open_model(self) -> None:
        """Ask for a model file and open it."""
        path = self._ask_open("Open model", "Models (*.safetensors);;All files (*)")
        if path is not None:
            self._opener.attempt(lambda: self._opener.open_file(path))

    def open_session(self) -> None:
        """Ask for a session, or a picture exported with one, and continue it."""
        path = self._ask_open("Open session", f"Sessions (*{SUFFIX} *.json *.png);;All files (*)")
        if path is not None:
            self._opener.attempt(lambda: self._opener.open_session(path))

    def save_session(self) -> None:
        """Save the session to its file; ask for a file if it has none."""
        file = self._opener.keeper.file
        if file is None:
            self.save_session_as()
        else:
            self._opener.attempt(lambda: self._opener.save_session(file))

    def save_session_as(self) -> None:
        """Ask for a file and save the session."""
        file = self._opener.keeper.file
        proposed = self._settings.last_folder() / (file.name if file else f"session{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save session as", str(proposed), f"Sessions (*{SUFFIX})")
        if name:
            self._opener.attempt(lambda: self._opener.save_session(ending_in(SUFFIX, name)))

    def _shown(self) -> Frame:
        """The frame on screen. Raises ZscapeError if there is none."""
        view = self._view()
        frame = view.whole_frame() if view is not None else None
        if frame is None:
            raise ZscapeError("There is no picture on screen yet: open a model or choose another view.")
        return frame

    def save_picture(self) -> None:
        """Ask for a file and save what is on screen."""
        self._opener.attempt(self._save_picture)

    def _save_picture(self) -> None:
        from zscape.app.window.export.exporting import ask_picture

        ask_picture(self._window, self._context, self._shown(), self._opener.snapshot())

    def export_animation(self, proposed: str = "") -> None:
        """Ask for settings, then export a loop of what is on screen. proposed: the initial motion, "" for the first."""
        self._opener.attempt(lambda: self._export_animation(proposed))

    def _export_animation(self, proposed: str) -> None:
        from zscape.app.window.export.exporting import ask_animation

        view = self._view()
        sweep = view.sweep() if view is not None else None
        if sweep is None or self._session.model is None:
            raise ZscapeError("This view shows nothing that could move: choose a sweep.")
        assert view is not None
        saved, films, drawing = self._opener.snapshot(), view.films(), view.drawing()
        seen = view.whole_frame, view.painted_by()
        ask_animation(self._window, self._context, sweep, saved, proposed, films, drawing, *seen)

    def export_film(self) -> None:
        """Ask for settings and a file, and export what the timeline plays."""
        self._opener.attempt(self._export_film)

    def _export_film(self) -> None:
        from zscape.app.window.export.dialog import TIMELINE

        if self._session.scene.timeline is None:
            raise ZscapeError("There is no timeline yet: animate the shelf, or add keys to the timeline.")
        self._export_animation(TIMELINE)

    def exports(self) -> None:
        """Show the exports."""
        from zscape.app.window.export.exporting import show_exports

        show_exports(self._window, self._context)

    def encode_folder(self) -> None:
        """Ask for a folder of pictures and encode it to a file."""
        from zscape.app.views.restyle.encode_folder import ask_folder

        ask_folder(self._window, self._context)

    def copy_picture(self) -> None:
        """Copy the sheet on screen to the clipboard."""

        def copy() -> None:
            QGuiApplication.clipboard().setImage(to_image(self._shown().pixels))
            self._session.message.emit("Copied the sheet.", False)

        self._opener.attempt(copy)

    def copy_recipe(self) -> None:
        """Copy the current point to the clipboard as text."""
        copy_recipe(self._session, self._session.point)

    def help(self, actions: Actions) -> None:
        """Show the help page."""
        from zscape.app.window.help.help_page import HelpPage

        HelpPage(actions, self._window).show()

    def shortcuts(self, actions: Actions) -> None:
        """Show the page on which the keys of every action can be changed."""
        from zscape.app.window.commands.shortcuts import ShortcutsPage

        ShortcutsPage(actions, self._window).show()

    def about(self) -> None:
        """Show the About dialog."""
        from zscape.app.window.help.about import about

        about(self._window).open()
