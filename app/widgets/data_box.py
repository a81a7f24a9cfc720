"""The choice of a data set."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

FOLDER = "Folder\u2026"


class DataBox(QComboBox):
    """Data sets that are here, those that can be downloaded, and folders; currentData() is the spec of what is chosen.

    fetch_asked(name): this data set is to be downloaded. missing: the name of the data set that was wished for and is not here.
    """

    fetch_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.missing = ""
        self._counts: dict[str, int] = {}  # of pictures, by the name of the data set
        self._not_here: dict[str, str] = {}  # what the list says of a data set that can be fetched -> its name
        self._chosen = "digits"  # it comes with Zscape
        self.activated.connect(self._take)

    def fill(self) -> None:
        """Read which data sets there are. Once."""
        from models.data.sources import known

        for entry in known():
            self._counts[entry.name] = entry.count
            if entry.here:
                self._add(entry.name)
            else:
                self._not_here[f"{entry.name}  (download)"] = entry.name
        self.addItems(list(self._not_here))
        self.addItem(FOLDER)

    def choose(self, name: str) -> None:
        """Choose the data set or folder called `name`; where it is not here the choice stays, and `missing` says so."""
        index = self.findData(name)
        self.missing = name if name in self._not_here.values() else ""
        if index >= 0:
            self.setCurrentIndex(index)
            self._chosen = name
        elif Path(name).is_absolute() and Path(name).is_dir():
            self.take_folder(Path(name))
        else:
            self._go_back()

    def take_fetched(self, name: str) -> None:
        """The data set `name` is here now: choose it."""
        text = next((text for text, known in self._not_here.items() if known == name), "")
        if text:
            del self._not_here[text]
            self.removeItem(self.findText(text))
            self._add(name)
        self.choose(name)

    def take_folder(self, folder: Path) -> None:
        """Choose the pictures in `folder`."""
        if self.findData(str(folder)) < 0:
            self.insertItem(self.count() - 1, folder.name, str(folder))
        self.setCurrentIndex(self.findData(str(folder)))
        self._chosen = str(folder)

    def _add(self, name: str) -> None:
        self.insertItem(0, f"{name}  ({self._counts[name]:,})", name)

    def _take(self) -> None:
        if self.currentText() == FOLDER:
            name = QFileDialog.getExistingDirectory(self, "A folder with one sub-folder of pictures a class, or MNIST's files")
            if name:
                self.take_folder(Path(name))
            else:
                self._go_back()
        elif self.currentText() in self._not_here:
            self.fetch_asked.emit(self._not_here[self.currentText()])
            self._go_back()
        else:
            self._chosen = self.currentData()

    def _go_back(self) -> None:
        """To what was chosen before."""
        self.setCurrentIndex(max(0, self.findData(self._chosen)))
