"""The user's own directions: making, renaming, annotating, opening, saving and deleting them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from zscape.app.panels.directions.maker import DirectionDialog
from zscape.app.widgets.asking import ask_words
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.named_file import ending_in
from zscape.app.work.context import Context
from zscape.app.work.directions import direction_changes, directions
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction

KINDS = "Directions (*.safetensors)"


class OwnDirections(QObject):
    """The menus of the directions panel and their actions. made(name): a direction is new or has a new name."""

    made = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.session, self._parent = context, context.session, parent

    def menu(self, find: Callable[[], None]) -> QMenu:
        """The menu that makes, opens and saves directions. find: searches the open model again."""
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        menu.addAction("New direction…", self.ask_new).setToolTip("From one point to another, or from two folders of pictures")
        menu.addAction("Find directions", find).setToolTip("What changes the pictures most, and what can be measured in them")
        menu.addSeparator()
        menu.addAction("Open…", self.ask_open).setToolTip("Add directions of this model that were saved in a file")
        menu.addAction("Save all as one file…", lambda: self.ask_save(None)).setToolTip("To share all directions of this model")
        return menu

    def menu_of(self, each: Direction, locked: bool, lock: Callable[[], None]) -> QMenu:
        """The menu of one direction."""
        own = self.attempt(lambda: any(one.name == each.name for one in directions.own_of(self.context)))
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        menu.addAction("Unlock" if locked else "Lock", lock).setToolTip("Hold its effect while others are moved")
        menu.addAction("Note…", lambda: self.ask_note(each)).setToolTip("A line of your own about it")
        renaming = menu.addAction("Rename…", lambda: self.ask_name(each))
        deleting = menu.addAction("Delete", lambda: self.delete(each))
        for action in (renaming, deleting):
            grey(action, "" if own else "It came with the model, or was found for it")
        menu.addSeparator()
        menu.addAction("Save as a file…", lambda: self.ask_save(each)).setToolTip("To share this direction")
        return menu

    def attempt(self, action: Callable[[], object]) -> object:
        """Run `action`; errors that the user can fix are shown."""
        try:
            return action()
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            return None

    def ask_new(self) -> None:
        """Ask what to make a new direction from."""
        if self.session.model is None:
            self.session.message.emit("Directions need a model: open one first.", True)
            return
        dialog = DirectionDialog(self.context, self._parent)
        dialog.made.connect(self.keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keep(self, direction: Direction) -> None:
        """Add a new direction and save it."""
        self.attempt(lambda: self._keep(direction))

    def _keep(self, direction: Direction) -> None:
        directions.keep(self.context, direction)
        self.made.emit(direction.name)
        right = direction.provenance.get("accuracy")
        more = f"; it tells apart {right:.0%} of the pictures that were held out" if isinstance(right, float) else ""
        self.session.message.emit(f"{direction.name} is a slider now, and stays one{more}.", False)

    def ask_note(self, each: Direction) -> None:
        """Ask for a note about a direction."""
        note = ask_words(self._parent, "Note", f"About {each.name}:", "Save", str(each.provenance.get("note", "")))
        if note is not None:
            self.attempt(lambda: self._note(each, note.strip()))

    def _note(self, each: Direction, note: str) -> None:
        noted = replace(each, provenance={**each.provenance, "note": note})
        kept = {one.name: one for one in directions.own_of(self.context)}
        directions.keep(self.context, noted)
        if kept.get(each.name) is None:
            self.session.message.emit(f"{each.name} is kept with your note.", False)

    def ask_name(self, each: Direction) -> None:
        """Ask for a new name of a direction."""
        name = ask_words(self._parent, "Rename direction", f"What {each.name} is called:", "Rename", each.name)
        if name is not None and name.strip() != each.name:
            self.attempt(lambda: self._rename(each, name))

    def _rename(self, each: Direction, name: str) -> None:
        direction_changes.rename(self.context, each, name)
        self.made.emit(name.strip())

    def delete(self, each: Direction) -> None:
        """Delete a direction."""
        self.attempt(lambda: direction_changes.forget(self.context, each))

    def ask_open(self) -> None:
        """Ask for a file of directions."""
        title, folder = "Open directions", str(self.context.settings.last_folder())
        name, _ = QFileDialog.getOpenFileName(self._parent, title, folder, KINDS)
        if name:
            self.attempt(lambda: self._open(Path(name)))

    def _open(self, path: Path) -> None:
        count = directions.open_file(self.context, path)
        self.context.settings.keep_folder(path)
        self.session.message.emit(f"{count} direction{'s' * (count > 1)} of {path.name} stay with this model now.", False)

    def ask_save(self, each: Direction | None) -> None:
        """Ask for a file and save one direction, or all."""
        from zscape.models.files.directions import SUFFIX

        model = self.session.model
        if model is None or not model.directions:
            self.session.message.emit("There are no directions to save yet: find some first.", True)
            return
        stem = each.name if each else model.spec.name
        proposed = self.context.settings.last_folder() / f"{stem.replace('/', '-')}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save directions", str(proposed), KINDS)
        if name:
            path = ending_in(SUFFIX, name)
            self.attempt(lambda: self._save(path, [each] if each else model.directions))

    def _save(self, path: Path, some: Iterable[Direction]) -> None:
        directions.save(self.context, path, some)
        self.context.settings.keep_folder(path)
        self.session.message.emit(f"Saved {path.name}: it opens in the window with the same model.", False)
