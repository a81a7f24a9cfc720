"""The controls of the pad view: the plane, its points, and its background."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QPushButton, QWidget

from zscape.app.views.pad.class_choice import ClassChoice
from zscape.app.views.pad.state import (
    KINDS,
    LETTERS,
    MOST_THUMBNAILS,
    PadState,
    directions_of,
    kind_of,
    lacks,
    points_of,
)
from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.greyed import NOTHING_KEPT, grey
from zscape.app.widgets.numbers.number_box import inset
from zscape.app.widgets.numbers.whole_number import WholeNumber
from zscape.app.widgets.pictures.small_slot import SmallSlot
from zscape.app.widgets.strip import Strip
from zscape.app.work.bind import bind
from zscape.app.work.context import Context
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from zscape.models.heatmap.choices import Choice

NOTHING = "Nothing"


class PadControls(QObject):
    """Fills `strip`, and keeps it up to date with the scene."""

    def __init__(self, context: Context, strip: Strip, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.session, self._strip, self._parent = context, context.session, strip, parent
        self.kind = _combo("Plane", "On which plane the point is moved")
        for kind, (title, tip) in KINDS.items():
            self.kind.addItem(title, kind)
            self.kind.setItemData(self.kind.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.kind.activated.connect(lambda _: self._choose_kind(self.kind.currentData()))
        strip.add(self.kind, "Plane")
        self.axes = {axis: _combo(f"Direction of {axis}", f"The direction that {axis} goes along") for axis in "xy"}
        for axis, box in self.axes.items():
            box.activated.connect(lambda _, axis=axis, box=box: self._choose_direction(axis, box.currentText()))
        self._both = strip.add_together(*((box, axis) for axis, box in self.axes.items()))
        self.slots = {name: SmallSlot(name.upper()) for name in LETTERS["corners"]}
        for name, slot in self.slots.items():
            slot.setToolTip(
                f"{name.upper()}: drop a tile here, or click to take the current point; right click for more. "
                "Without one a seed stands in"
            )
            slot.taken.connect(partial(self._put, name))
            slot.clicked.connect(partial(self._put_point, name))
            slot.emptied.connect(partial(self._put, name, None))
            slot.menu_wanted.connect(partial(self._show_menu, name))
            strip.add(slot, name.upper())
        self.from_shelf = QPushButton("From the shelf")
        self.from_shelf.setToolTip("Put the first kept points in these places")
        self.from_shelf.clicked.connect(self._take_shelf)
        strip.add(self.from_shelf)
        self.keep_norm = QCheckBox("Keep lengths")
        self.keep_norm.setToolTip(
            "Latents between the points are as long as these; otherwise the plane is flat, and its middle vague"
        )
        bind(
            self.keep_norm,
            self.session,
            context.jobs,
            "keep lengths",
            lambda scene: scene.view(PadState).keep_norm,
            lambda scene, on: scene.with_view(replace(scene.view(PadState), keep_norm=on, at=())),
        )
        strip.add(self.keep_norm)
        self.classes = ClassChoice(self.session, self.keep, parent)
        strip.add(self.classes.button)
        strip.add_gap()
        self.heat = _combo("Heat map", "What the colours behind the pad show")
        self.heat.activated.connect(lambda _: self.keep("choose a heat map", heat=self.heat.currentData()))
        self.thumbnails = WholeNumber()
        self.thumbnails.setRange(0, MOST_THUMBNAILS)
        self.thumbnails.setSpecialValueText("None")
        self.thumbnails.setFixedWidth(64)
        inset(self.thumbnails)
        self.thumbnails.setToolTip("How many thumbnails stand side by side: fewer are larger")
        self.thumbnails.setAccessibleName("Thumbnails side by side")
        guard(self.thumbnails)
        bind(
            self.thumbnails,
            self.session,
            context.jobs,
            "change the thumbnails",
            lambda scene: scene.view(PadState).thumbnails,
            lambda scene, count: scene.with_view(replace(scene.view(PadState), thumbnails=count)),
        )
        strip.add(self.thumbnails, "Thumbnails")
        strip.add(self.heat, "Behind")
        self._choices: Sequence[Choice] = ()
        self._names: tuple[str, ...] = ()
        self._space: Space | None = None
        self._key: tuple[Any, ...] = ()

    @property
    def state(self) -> PadState:
        """The view's state."""
        return self.session.scene.view(PadState)

    def keep(self, label: str, **changes: Any) -> None:
        """Change the view's state."""
        self.session.edit_view(label, replace(self.state, **changes))

    # What is shown.

    def refresh(self, space: Space, choices: Sequence[Choice]) -> None:
        """Update all controls."""
        state, kind = replace(self.state, at=(), seen=()), kind_of(self.state, space)
        points = points_of(state, kind, self.session.point, space) if kind in LETTERS else ()
        key = state, points, bool(self.session.scene.shelf), tuple(choices)
        if space is self._space and key == self._key:
            return  # a move of a drag: nothing has changed here
        self._space, self._key = space, key
        for place, (each, (_, tip)) in enumerate(KINDS.items()):
            _grey(self.kind, place, lacks(each, space), tip)
        self.kind.setCurrentIndex(list(KINDS).index(kind))
        self._show_directions(state, kind == "directions", space)
        for name, slot in self.slots.items():
            self._show(slot, name in LETTERS.get(kind, ()))
        for name, recipe in zip(LETTERS.get(kind, ()), points, strict=True):
            self.slots[name].show_recipe(recipe, caption(recipe, space), stand_in=state.point(name) is None)
        for control in (self.from_shelf, self.keep_norm):
            control.setVisible(kind in LETTERS)
        grey(self.from_shelf, "" if self.session.scene.shelf else NOTHING_KEPT)
        self.classes.button.setVisible(kind == "classes")
        if choices != self._choices:
            self._choices = choices
            self.heat.clear()
            self.heat.addItem(NOTHING, "")
            for place, choice in enumerate(choices, 1):
                self.heat.addItem(choice.label, choice.name)
                _grey(self.heat, place, choice.lacks, choice.tip)
        self.heat.setCurrentIndex(max(0, self.heat.findData(state.heat)))

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """Set the pictures of the points, in order."""
        for slot, picture in zip(self.slots.values(), pictures, strict=False):
            slot.show_picture(picture)

    def _show_directions(self, state: PadState, shown: bool, space: Space) -> None:
        names = tuple(space.directions)
        self._both.setVisible(shown)
        for box in self.axes.values():
            if names != self._names:
                box.clear()
                box.addItems(list(names))
        self._names = names
        if shown:
            for box, name in zip(self.axes.values(), directions_of(state, space), strict=True):
                box.setCurrentText(name)

    @staticmethod
    def _show(control: QWidget, shown: bool) -> None:
        pair = control.parentWidget()  # with its label
        assert pair is not None
        pair.setVisible(shown)

    # Actions.

    def _choose_kind(self, kind: str) -> None:
        self.keep("choose a plane", kind=kind, at=(), seen=())

    def _choose_direction(self, axis: str, name: str) -> None:
        space = self.session.space
        if space is None:
            return
        chosen = dict(zip("xy", directions_of(self.state, space), strict=True))
        other = "y" if axis == "x" else "x"
        if chosen[other] == name:  # both would be the same, so swap them
            chosen[other] = chosen[axis]
        chosen[axis] = name
        self.keep(f"choose the direction of {axis}", kind="directions", **chosen, seen=())

    def _put(self, name: str, recipe: Recipe | None) -> None:
        words = f"use as {name.upper()} of the pad" if recipe else f"empty {name.upper()} of the pad"
        self.session.edit_view(words, self.state.with_point(name, recipe))

    def _put_point(self, name: str) -> None:
        self._put(name, self.session.point)

    def _take_shelf(self) -> None:
        state, shelf, space = self.state, self.session.scene.shelf, self.session.space
        if space is None:
            return
        for name, kept in zip(LETTERS[kind_of(state, space)], shelf, strict=False):
            state = state.with_point(name, kept)
        self.session.edit_view("put kept points on the pad", state)

    def menu(self, name: str) -> QMenu:
        """The menu of the slot `name`."""
        scene, space = self.session.scene, self.session.space
        menu = QMenu(self._parent)
        menu.addAction("Current point", partial(self._put_point, name))
        shelf = menu.addMenu("From the shelf")
        for number, recipe in enumerate(scene.shelf, 1):
            words = f"{number}: {caption(recipe, space) if space else ''}"
            shelf.addAction(menu_words(shelf, words), partial(self._put, name, recipe))
        grey(shelf, "" if scene.shelf else NOTHING_KEPT)
        menu.addSeparator()
        there = self.slots[name].recipe
        go = menu.addAction("Go there", lambda: self._go_to(name, there))
        grey(go, "" if there is not None else "There is no point here")
        clear = menu.addAction("Clear", partial(self._put, name, None))
        grey(clear, "" if self.state.point(name) is not None else "Nothing has been put here")
        return menu

    def _go_to(self, name: str, recipe: Recipe | None) -> None:
        if recipe is not None:
            self.session.edit_point(f"go to {name.upper()} of the pad", recipe)

    def _show_menu(self, name: str, place: QPoint) -> None:
        menu = self.menu(name)
        pop_up(menu, place)


def _combo(name: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setToolTip(tip)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaximumWidth(176)
    return box


def _grey(box: QComboBox, place: int, reason: str, tip: str) -> None:
    """Disable an entry and show the reason as its tooltip."""
    model: Any = box.model()
    item = model.item(place)
    item.setEnabled(not reason)
    item.setToolTip(reason or tip)
