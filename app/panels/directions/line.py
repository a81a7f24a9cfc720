"""The line above the sliders of the directions panel: layers, locks, own directions, reset; a search if there are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from zscape.app.widgets.controls.framed_button import framed_menu
from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.controls.ticking_menu import TickingMenu
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.theme import set_icon
from zscape.models.inputs.kinds.styles import ZONES

LOCK_TIP = "Choose what stays while you move something else. What can be measured is held in each picture, the rest on average"


CHOOSE = "?"
"""Stands for layers that are still to be entered."""


class DirectionsLine(QWidget):
    """layers_chosen(layers); layers_asked(): layers are to be entered by number. lock_toggled(name), reset_asked().
    search_asked(): its last button was pressed, which starts and stops a search.

    own: the menu of the user's own directions.
    """

    layers_chosen = Signal(str)
    layers_asked = Signal()
    lock_toggled = Signal(str)
    reset_asked = Signal()
    search_asked = Signal()

    def __init__(self, own: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers = QComboBox()
        self.layers.addItem("All layers", "")
        for zone in ZONES:
            self.layers.addItem(f"{zone.capitalize()} layers", zone)
        self.layers.addItem("By number…", CHOOSE)
        self.layers.setToolTip("In which layers of the styles the sliders move: coarse for pose and shape, fine for colours")
        self.layers.setAccessibleName("Layers that directions move")
        self.layers.activated.connect(self._choose_layers)
        self.lock = framed_menu("Lock", LOCK_TIP, "Lock directions")
        self.locks = TickingMenu(self.lock)
        self.lock.setMenu(self.locks)
        self.add_button = MenuButton()
        set_icon(self.add_button, "plus")
        self.add_button.setToolTip("Make, open or save directions")
        self.add_button.setAccessibleName("Own directions")
        self.add_button.setMenu(own)
        self.reset_button = QToolButton()
        set_icon(self.reset_button, "restore")
        self.reset_button.setAccessibleName("Reset all directions")
        self.reset_button.setToolTip("Reset every direction; double-click a slider to reset one")
        self.reset_button.clicked.connect(self.reset_asked)
        self.find_button = QPushButton("Find directions")
        self.find_button.setToolTip(
            "Find what changes the pictures most, and what can be measured in them; it takes some seconds"
        )
        self.find_button.clicked.connect(self.search_asked)
        self.progress = Elided("")  # in the line, because the panel's height must not change with a search
        self.progress.setProperty("role", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.find_button)
        row.addWidget(self.layers)
        row.addWidget(self.progress, 1)
        row.addWidget(self.lock)
        row.addWidget(self.add_button)
        row.addWidget(self.reset_button)
        for widget in (self.layers, self.lock, self.reset_button):
            widget.hide()  # until there is a model, so that the panel is not as wide as all of them

    def sizeHint(self) -> QSize:
        """The minimum height, as for the strip."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def _choose_layers(self, _: int) -> None:
        layers = self.layers.currentData()
        if layers == CHOOSE:
            self.layers_asked.emit()
        else:
            self.layers_chosen.emit(layers)

    def list_locks(self, names: Iterable[str]) -> None:
        """List these directions for locking, in their order."""
        self.locks.clear()
        for name in names:
            action = self.locks.addAction(menu_words(self.locks, name))
            action.setData(name)
            action.setCheckable(True)
            action.triggered.connect(partial(self._toggle, name))

    def _toggle(self, name: str, *_: object) -> None:
        self.lock_toggled.emit(name)

    def show_locked(self, names: Collection[str]) -> None:
        """Show which directions are locked."""
        self.lock.say(f"{len(names)} locked" if names else "Lock")
        for action in self.locks.actions():
            action.setChecked(action.data() in names)

    def show_layers(self, there: bool, layers: str) -> None:
        """Show which layers the sliders move; the choice is shown only if there are layers."""
        self.layers.setVisible(there)
        last = self.layers.findData(CHOOSE)
        own = last - 1 if self.layers.itemData(last - 1) not in ZONES else last  # the entry of layers by number
        if layers not in ("", *ZONES, self.layers.itemData(own)):
            if own < last:
                self.layers.removeItem(own)
            self.layers.insertItem(own, f"Layers {layers}", layers)
        self.layers.setCurrentIndex(self.layers.findData(layers))

    def show_search(self, any_known: bool, busy: bool, words: str, short: str = "") -> None:
        """Show what can be done: a search as long as no direction is known, with `words` about it while it is `busy`, `short` in
        a narrow panel; otherwise locks.
        """
        self.lock.setVisible(any_known)
        self.reset_button.setVisible(any_known)
        self.find_button.setVisible(not any_known)
        self.find_button.setText("Stop" if busy else "Find directions")
        said = (words, short) if busy and not any_known else ("", "")
        self.progress.show_text(*said)
