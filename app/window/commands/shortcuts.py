"""The page of shortcuts: the keys of every action can be searched, changed and reset."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zscape.app.widgets.controls.search_field import search_field
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import close_row
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.whole_rows import WholeRows
from zscape.app.window.commands.actions import Actions, said
from zscape.app.window.commands.key_rules import refusal, remark

SIZE = (560, 640)
NO_ACTION = "Choose an action first"
NAME = Qt.ItemDataRole.UserRole


class ShortcutsPage(QDialog):
    """A separate window. Changes apply at once and are remembered."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._asked = QKeySequence()  # keys of another action, until the user confirms to take them
        self.setWindowTitle("Shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(SIZE[0], min(SIZE[1], max(parent.height() - 64, 320)))
        self.search = search_field("Find an action or a key", "Find a shortcut", "Shows only actions with these words or keys")
        self.search.textChanged.connect(self._filter)
        self.list = WholeRows()
        self.list.setObjectName("shortcuts")
        self.list.setAccessibleName("Actions and their shortcuts")
        self.list.setToolTip("Choose an action, then press its new keys below")
        self.list.setColumnCount(2)
        self.list.setHeaderLabels(["Action", "Shortcut"])
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.list.header().resizeSection(1, 152)
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName("New shortcut")
        self.keys.setToolTip("Press the new keys of the chosen action")
        self.take = text_button("Take it", "Give these keys to the chosen action; the other loses them")
        self.none = text_button("None", "Remove the keys of the chosen action")
        self.reset = text_button("Reset", "Give the chosen action its default keys")
        self.every = text_button("Reset all", "Give every action its default keys")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "dim")
        self.words.setMinimumHeight(2 * self.words.fontMetrics().height())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keys, 1)
        for button in (self.take, self.none, self.reset):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        for widget in (self.search, self.list):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(close_row(self, self.every))
        self._items = {name: self._item(name) for name in actions.by_name}
        self._show_every()
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        self.list.itemActivated.connect(lambda *_: self.keys.setFocus())
        self.keys.keySequenceChanged.connect(self._try)
        self.take.clicked.connect(lambda: self._set(self._asked))
        self.none.clicked.connect(lambda: self._set(QKeySequence()))
        self.reset.clicked.connect(self._reset)
        self.every.clicked.connect(self._reset_every)
        actions.keys_changed.connect(self._show_every)
        self.choose(next(iter(self._items)))

    def _item(self, name: str) -> QTreeWidgetItem:
        spec = self._actions.specs[name]
        item = QTreeWidgetItem([spec.text.replace("&", "").rstrip("…"), ""])
        item.setData(0, NAME, name)
        item.setToolTip(0, spec.tip)
        self.list.addTopLevelItem(item)
        return item

    @property
    def chosen(self) -> str:
        """The name of the selected action, "" if the search finds none."""
        item = self.list.currentItem()
        return str(item.data(0, NAME)) if item is not None and not item.isHidden() else ""

    def choose(self, name: str) -> None:
        """Select the action called `name`."""
        self.list.setCurrentItem(self._items[name])

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        for item in self._items.values():
            text = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in text for word in words))
        if not self.chosen:
            seen = [item for item in self._items.values() if not item.isHidden()]
            if seen:
                self.list.setCurrentItem(seen[0])
        self._choose()

    def _show_every(self) -> None:
        for name, item in self._items.items():
            item.setText(1, self._actions.keys(name))
            font = item.font(1)
            font.setBold(self._own(name))
            item.setFont(1, font)
        self._choose()

    def _own(self, name: str) -> bool:
        """Whether the user has changed the keys of an action."""
        return self._actions[name].shortcut() != QKeySequence(self._actions.specs[name].keys)

    def _choose(self, words: str = "") -> None:
        """Show what can be done with the selected action. words: what was done."""
        name = self.chosen
        self._asked = QKeySequence()
        self.keys.blockSignals(True)
        self.keys.setKeySequence(self._actions[name].shortcut() if name else QKeySequence())
        self.keys.blockSignals(False)
        grey(self.keys, "" if name else NO_ACTION)
        self.take.setVisible(False)
        grey(self.none, NO_ACTION if not name else "It has no keys" if self._actions[name].shortcut().isEmpty() else "")
        grey(self.reset, NO_ACTION if not name else "" if self._own(name) else "It has its default keys")
        grey(self.every, "" if any(map(self._own, self._items)) else "No keys have been changed")
        if not name:
            words = "No action has these words or keys. Try a shorter one."
        self.words.setText(words or f"Click the field and press the keys for {self._title(name)}.")

    def _title(self, name: str) -> str:
        return f"\u201c{self._items[name].text(0)}\u201d"

    def _try(self, keys: QKeySequence) -> None:
        """The user has pressed `keys` in the field."""
        name = self.chosen
        if not name or keys.isEmpty():
            return
        if keys == self._actions[name].shortcut():
            self._choose()  # it stays as it is, and takes nothing from another
        elif reason := refusal(keys):
            self._choose(reason)
        elif holder := self._holder(keys, name):
            self._asked = keys
            self.take.setVisible(True)
            self.words.setText(f"{said(keys)} is {self._title(holder)} already. Take it from there, or press other keys.")
        else:
            self._set(keys)

    def _holder(self, keys: QKeySequence, name: str) -> str:
        """The other action with these keys, "" if there is none."""
        return next((each for each in self._items if each != name and self._actions[each].shortcut() == keys), "")

    def _set(self, keys: QKeySequence) -> None:
        name = self.chosen
        holder = self._holder(keys, name) if not keys.isEmpty() else ""
        self._actions.set_keys({**({holder: QKeySequence()} if holder else {}), name: keys})
        now = f"{said(keys)} is {self._title(name)} now." if not keys.isEmpty() else f"{self._title(name)} has no keys now."
        lost = f" {self._title(holder)} has none now." if holder else ""
        self._choose(f"{now}{lost} {remark(keys) if not keys.isEmpty() else ''}".strip())

    def _reset(self) -> None:
        usual = QKeySequence(self._actions.specs[self.chosen].keys)
        holder = self._holder(usual, self.chosen) if not usual.isEmpty() else ""
        if holder:
            self._asked = usual
            self.take.setVisible(True)
            self.words.setText(f"{said(usual)} is {self._title(holder)} now. Take it from there, or leave it.")
        else:
            self._set(usual)

    def _reset_every(self) -> None:
        own = [name for name in self._items if self._own(name)]
        self._actions.set_keys({name: QKeySequence(self._actions.specs[name].keys) for name in own})
        self._choose("Every action has its default keys.")
