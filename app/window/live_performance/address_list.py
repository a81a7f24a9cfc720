"""The list of addresses: the name, current value, last message and controller of each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem

from zscape.app.widgets.layouts.whole_rows import WholeRows
from zscape.app.work.control.addresses import UNIT, readings
from zscape.app.work.control.remote import Remote

PATH = Qt.ItemDataRole.UserRole
COLUMNS = {"Address": 0, "What": 172, "Range": 92, "Now": 96, "Arrived": 96, "Controller": 116}
"""The columns and their widths; the first takes the remaining space."""


class AddressList(WholeRows):
    """Every number and command of `remote`, and what has arrived at unknown addresses."""

    def __init__(self, remote: Remote) -> None:
        super().__init__()
        self._remote = remote
        self._items: dict[str, QTreeWidgetItem] = {}
        self._words = ""
        self.setColumnCount(len(COLUMNS))
        self.setHeaderLabels([*COLUMNS])
        self.setAccessibleName("Addresses")
        self.setToolTip("Every number that can be controlled, and what has arrived")
        header = self.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(COLUMNS.values()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch)
            if width:
                header.resizeSection(column, width)

    def refresh(self) -> None:
        """Update everything."""
        known = {**{path: (each.words, each.range) for path, each in self._remote.addresses.items()},
                 **{path: (name.replace("_", " "), "1 does it") for path, name in self._remote.commands.items()}}  # fmt: skip
        if [*known] != [path for path in self._items if path in known] or any(path not in known for path in self._items):
            self._fill(known)
        for path, item in self._items.items():
            item.setText(5, ", ".join(self._remote.controllers.of(path)))
        self.show_numbers()

    def _fill(self, known: dict[str, tuple[str, str]]) -> None:
        chosen = self.chosen
        self.clear()
        self._items = {}
        for path, (words, extent) in known.items():
            self._add(path, words, extent)
        if chosen in self._items:
            self.setCurrentItem(self._items[chosen])
        self.filter(self._words)

    def _add(self, path: str, words: str, extent: str, place: int = -1) -> QTreeWidgetItem:
        item = self._items[path] = QTreeWidgetItem([path, words, extent, "", "", ""])
        item.setData(0, PATH, path)
        item.setToolTip(0, path)
        for column in (1, 5):
            item.setToolTip(column, words)
        self.insertTopLevelItem(place if place >= 0 else self.topLevelItemCount(), item)
        return item

    def show_numbers(self) -> None:
        """Update the current values and what has arrived; unknown addresses are at the top."""
        remote = self._remote
        space = remote.space
        now = readings(remote.point, remote.addresses, space) if space is not None else {}
        for path, number in now.items():
            words = f"{number:.3f}" if isinstance(number, float) else str(number)
            if path in self._items and self._items[path].text(3) != words:
                self._items[path].setText(3, words)
        for path, arrival in remote.arrivals.items():
            item = self._items.get(path.removesuffix(UNIT)) or self._items.get(path)
            if item is None:
                item = self._add(path, "not known here" if arrival.wrong else "", "", 0)
                if arrival.wrong:
                    item.setToolTip(0, arrival.wrong)
            words = f"{arrival.words}  ×{arrival.count}" if arrival.count > 1 else arrival.words
            if item.text(4) != words:
                item.setText(4, words)
            item.setToolTip(4, arrival.wrong or words)

    def filter(self, typed: str) -> None:
        """Show only lines that contain the words `typed`."""
        self._words = typed
        words = typed.casefold().split()
        for item in self._items.values():
            text = " ".join(item.text(column) for column in (0, 1, 5)).casefold()
            item.setHidden(not all(word in text for word in words))

    @property
    def chosen(self) -> str:
        """The path of the selected line, "" if there is none."""
        item = self.currentItem()
        return str(item.data(0, PATH)) if item is not None and not item.isHidden() else ""

    def choose(self, path: str) -> None:
        """Select the line of `path`."""
        self.setCurrentItem(self._items[path])

    def line(self, path: str) -> list[str]:
        """The texts in the line of `path`."""
        return [self._items[path].text(column) for column in range(len(COLUMNS))]
