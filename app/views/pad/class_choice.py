"""The choice of the classes around the pad's polygon: a menu of check boxes, or their names typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zscape.app.state.session import Session
from zscape.app.views.pad.state import PadState, classes_of
from zscape.app.widgets.asking import ask_words
from zscape.app.widgets.controls.framed_button import framed_menu
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.controls.ticking_menu import TickingMenu
from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes

TOO_FEW = "A polygon needs two classes: choose another one first."
LABEL = "choose classes"


class ClassChoice(QObject):
    """A button with a menu. keep(label, **changes): changes the view's state."""

    def __init__(self, session: Session, keep: Callable[..., Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self._keep, self._parent = session, keep, parent
        self.button = framed_menu("Choose classes", "Which classes stand round the polygon", "Classes of the polygon")
        self.menu = TickingMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)

    @property
    def _chosen(self) -> tuple[int, ...]:
        space = self.session.space
        return classes_of(self.session.scene.view(PadState), space) if space else ()

    def _fill(self) -> None:
        self.menu.clear()
        space = self.session.space
        if space is None:
            return
        self.menu.addAction("All", lambda: self._keep(LABEL, classes=(), at=(), seen=()))
        self.menu.addAction("Type their names…", self.ask)
        self.menu.addSeparator()
        chosen = self._chosen
        for number, label in enumerate(space.labels):
            action = self.menu.addAction(menu_words(self.menu, label))
            action.setCheckable(True)
            action.setChecked(number in chosen)
            action.triggered.connect(partial(self.toggle, number))

    def toggle(self, number: int, *_: object) -> None:
        """Add a class to the polygon, or remove it; at least two stay."""
        self._choose(tuple(sorted({*self._chosen} ^ {number})))
        for place, action in enumerate(each for each in self.menu.actions() if each.isCheckable()):
            action.setChecked(place in self._chosen)  # the menu stays open, so undo the tick of a refused change

    def ask(self) -> None:
        """Ask for the names of the classes, in their order around the polygon."""
        space = self.session.space
        classes = space.first(Classes) if space else None
        if classes is None:
            return
        before = ", ".join(classes.labels[number] for number in self._chosen)
        question = "Round the polygon, separated by commas:"
        words = ask_words(self._parent, "Classes of the polygon", question, "Choose", before)
        if words is None:
            return
        try:
            named = [classes.number(each) for each in words.split(",") if each.strip()]
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            return
        self._choose(tuple(dict.fromkeys(named)))

    def _choose(self, chosen: tuple[int, ...]) -> None:
        if len(chosen) > 1:
            self._keep(LABEL, classes=chosen, at=())
        else:
            self.session.message.emit(TOO_FEW, False)
