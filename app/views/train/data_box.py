"""The choice of a data set."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

FOLDER, FILE = "Folder\u2026", "File (.npz)\u2026"


def is_data(path: Path) -> bool:
    """Whether `path` may contain the user's own data set: a folder, or an npz."""
    return path.is_dir() or (path.suffix.lower() == ".npz" and path.is_file())


class DataBox(QComboBox):
    """Available data sets, those that can be downloaded, and the user's own folders and npz files; currentData() is the spec of
    the choice.

    chosen(spec): the user chose a data set, folder or file. fetch_asked(name): this data set is to be downloaded. missing: the
    name of the requested data set if it is not available.
    """

    chosen = Signal(str)
    fetch_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.missing = ""
        self._counts: dict[str, int] = {}  # of pictures, by the name of the data set
        self._not_here: dict[str, str] = {}  # the list text of a data set that can be downloaded -> its name
        self._chosen = "digits"  # it is bundled with Zscape
        self.activated.connect(self._take)

    def fill(self) -> None:
        """List the data sets. Only the first call has an effect."""
        from zscape.models.data.sources import known

        for entry in known():
            self._counts[entry.name] = entry.count
            if entry.here:
                self._add(entry.name)
            else:
                self._not_here[f"{entry.name}  (download)"] = entry.name
        self.addItems(list(self._not_here))
        self.addItems([FOLDER, FILE])

    def choose(self, name: str) -> None:
        """Select the data set, folder or file called `name`; if it is not available the choice stays, and `missing` is set."""
        if Path(name).is_absolute() and is_data(Path(name)):
            self._add_own(Path(name))
        there = self.findData(name) >= 0
        self.missing = "" if there else name
        if there:
            self._chosen = name
        self._go_back()

    def has(self, name: str) -> bool:
        """Whether the data set, folder or file called `name` is available."""
        return bool(name) and (self.findData(name) >= 0 or (Path(name).is_absolute() and is_data(Path(name))))

    def take_fetched(self, name: str) -> None:
        """The data set `name` was downloaded: select it."""
        text = next((text for text, known in self._not_here.items() if known == name), "")
        if text:
            del self._not_here[text]
            self.removeItem(self.findText(text))
            self._add(name)
        self.choose(name)
        self.chosen.emit(name)

    def take_own(self, path: Path) -> None:
        """The user chose the pictures in a folder or an npz."""
        self.choose(str(path.resolve()))
        self.chosen.emit(self.currentData())

    def _add_own(self, path: Path) -> None:
        if self.findData(str(path)) < 0:
            index = self.findText(FOLDER)
            self.insertItem(index, path.name, str(path))
            self.setItemData(index, str(path), Qt.ItemDataRole.ToolTipRole)

    def _add(self, name: str) -> None:
        self.insertItem(0, f"{name}  ({self._counts[name]:,})", name)

    def _take(self) -> None:
        if self.currentText() in (FOLDER, FILE):
            if name := self._ask():
                self.take_own(Path(name))
            else:
                self._go_back()
        elif self.currentText() in self._not_here:
            self.fetch_asked.emit(self._not_here[self.currentText()])
            self._go_back()
        else:
            self._chosen, self.missing = self.currentData(), ""
            self.chosen.emit(self._chosen)

    def _ask(self) -> str:
        """Ask for the user's own folder or file, "" for none."""
        if self.currentText() == FOLDER:
            return QFileDialog.getExistingDirectory(
                self, "A folder with one sub-folder of pictures for each class, or MNIST's files"
            )
        return QFileDialog.getOpenFileName(self, "Pictures, labels and perhaps attributes in an npz", "", "Arrays (*.npz)")[0]

    def _go_back(self) -> None:
        """Return to the previous choice."""
        self.setCurrentIndex(max(0, self.findData(self._chosen)))
