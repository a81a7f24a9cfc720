"""The choice of a model to compare with: from the library, a file, or the folder of a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.models.files.library import BUNDLED, Entry, listing
from zscape.models.files.run_checkpoints import FOLDER, MODEL_FILE

WIDTH = 128


def name_of(second: str) -> str:
    """Its name for the user: that in the library, or that of a file or of a run's folder."""
    path = Path(second)
    if path.name == MODEL_FILE or path.parent.name == FOLDER:
        return path.parent.name if path.name == MODEL_FILE else path.parent.parent.name
    return path.stem if path.suffix == ".safetensors" else path.name


class Chooser(MenuButton):
    """chosen(second): the new CompareState.second; "" for none. open_model(): the file of the open model, None for none.

    last_folder(): the folder in which the file dialog starts.
    """

    chosen = Signal(str)

    def __init__(self, open_model: Callable[[], Path | None], last_folder: Callable[[], Path], parent: QWidget | None = None):
        super().__init__(parent)
        self._open_model, self._last_folder = open_model, last_folder
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setProperty("role", "framed")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Model to compare with")
        self.choices = QMenu(self)
        self.choices.setToolTipsVisible(True)
        self.choices.aboutToShow.connect(self.fill)
        self.setMenu(self.choices)
        self.show_second("")

    def show_second(self, second: str) -> None:
        """Show the choice."""
        words = name_of(second) if second else "No model"
        self.say(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, WIDTH - 40))
        self.setToolTip(f"The model on the right: {second or 'none yet'}. Click to choose one, a file, or a training run")

    def fill(self) -> None:
        """List the current choices."""
        self.choices.clear()
        self._offer("No model", "", "Compare points of the open model only")
        self.choices.addSeparator()
        here = self._open_model()
        if here is not None and (here.parent / FOLDER).is_dir():
            self._offer("The open model's own checkpoints", str(here.parent), "What it was at earlier steps of its training")
        for entry in listing():
            self._offer(entry.called, _word(entry), f"Trained on {entry.spec.data or 'data that it does not name'}")
        self.choices.addSeparator()
        self.choices.addAction("A file…", self._ask_file).setToolTip("Choose a model file that Zscape wrote")
        self.choices.addAction("A training run…", self._ask_folder).setToolTip("Choose the folder of a run: all its checkpoints")

    def _offer(self, words: str, second: str, tip: str) -> None:
        self.choices.addAction(menu_words(self.choices, words), partial(self.chosen.emit, second)).setToolTip(tip)

    def _ask_file(self) -> None:
        kinds = "Models (*.safetensors);;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self, "Model to compare with", str(self._last_folder()), kinds)
        if name:
            self.chosen.emit(name)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Folder of a training run", str(self._last_folder()))
        if name:
            self.chosen.emit(name)


def _word(entry: Entry) -> str:
    """Its name in the state: for a bundled model its library name, which is the same on every computer."""
    return entry.called if entry.path.parent == BUNDLED else str(entry.path)
