"""The arithmetic view: A - B + C, and the sheet between the corners."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from zscape.app.views.arithmetic.example import TARGET, example
from zscape.app.views.arithmetic.state import OPERANDS, ArithmeticState
from zscape.app.views.base import SheetView
from zscape.app.widgets.asking import ask_words
from zscape.app.widgets.classes.class_menu import add_class_menu
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.greyed import NO_MODEL, NOTHING_KEPT, grey
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.recipe_slot import RecipeSlot
from zscape.app.work.bind import bind
from zscape.app.work.context import Context
from zscape.app.work.directions import directions
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.app.work.tiles import tool_for
from zscape.models.errors import ZscapeError
from zscape.models.inputs.blending import reseeded
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import SEED_LIMIT
from zscape.models.sweeps.analogy import Analogy
from zscape.models.sweeps.base import Sweep, caption

TIPS = {
    "a": "A: what the result is like. Drop a tile here, or click to take the current point; right click for more",
    "b": "B: what is taken away from A. Drop a tile here, or click to take the current point; right click for more",
    "c": "C: what is added instead. Drop a tile here, or click to take the current point; right click for more",
}


SIDE, GAP = 16, 4
"""The space in pixels at the sides of the row of slots, and between them."""


class ArithmeticView(SheetView):
    """Three slots for points, the result, and the sheet between them with B at the top left and the result opposite."""

    name = "arithmetic"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._moved: Recipe | None = None  # A of the sheet that is shown
        self.slots = {name: RecipeSlot(name.upper()) for name in OPERANDS}
        self.result = RecipeSlot("", takes=False)
        self.result.setAccessibleName("Result")
        self.result.setToolTip("A \u2212 B + C: drag it to the shelf, click to go there")
        self.result.clicked.connect(self._go)
        self.hint = QLabel()
        self.hint.setProperty("role", "small")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # never makes the view wider
        self.sheet.setAccessibleName("The sheet between A, B, C and the result")
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 8, SIDE, 0)
        row.setSpacing(GAP)
        row.addStretch(1)
        self._signs = [_sign(words) for words in ("\u2212", "+", "=")]
        for sign, slot in zip((None, *self._signs), (*self.slots.values(), self.result), strict=True):
            if sign is not None:
                row.addWidget(sign)
            row.addWidget(slot)
        for name in OPERANDS:
            self._connect(name)
        row.addStretch(1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(0, row)
        column.insertWidget(1, self.hint)
        column.insertSpacing(2, 8)
        self._fill_strip()

    def _connect(self, name: str) -> None:
        slot = self.slots[name]
        slot.setToolTip(TIPS[name])
        slot.taken.connect(partial(self._fill, name))
        slot.clicked.connect(lambda: self._fill(name, self.session.point))
        slot.emptied.connect(partial(self._fill, name, None))
        slot.menu_wanted.connect(partial(self._show_menu, name))

    def _fill_strip(self) -> None:
        self.keep_norm = QCheckBox("Keep lengths")
        self.keep_norm.setToolTip(
            "Give every tile a latent as long as those of A, B and C; otherwise sums are longer than any the model was trained on"
        )
        bind(
            self.keep_norm,
            self.session,
            self.context.jobs,
            "keep lengths",
            lambda scene: scene.view(ArithmeticState).keep_norm,
            lambda scene, on: scene.with_view(replace(scene.view(ArithmeticState), keep_norm=on)),
        )
        self.example_button = QPushButton("Example")
        self.example_button.setToolTip("Fill A, B and C: two classes in this style, and one of them in the target's style")
        self.example_button.clicked.connect(self._fill_example)
        self.clear_button = QPushButton("Clear")
        self.clear_button.setToolTip("Empty all three places")
        self.clear_button.clicked.connect(lambda: self._fill_all("clear operands", None, None, None))
        self.direction_button = QPushButton("A − B as direction…")
        self.direction_button.setToolTip("Give the way from B to A a name: it becomes a slider of the latent")
        self.direction_button.clicked.connect(self._ask_direction)
        self.go_button = tool_for(TILE_ACTIONS["go"], self._go, "the result")
        self.keep_button = tool_for(TILE_ACTIONS["keep"], self._keep, "the result")
        self.strip.add(self.keep_norm)
        self.strip.add_gap()
        self.strip.add(self.example_button)
        self.strip.add(self.clear_button)
        self.strip.add(self.direction_button)
        self.strip.add_stretch()
        self.strip.add_together(self.go_button, self.keep_button)

    # What is shown.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The four slots have the same width; a layout would give some of them one pixel more, and so another height."""
        super().resizeEvent(event)
        signs = sum(sign.sizeHint().width() for sign in self._signs)
        room = event.size().width() - 2 * SIDE - signs - 2 * len(self._signs) * GAP
        for slot in (*self.slots.values(), self.result):
            slot.setMaximumWidth(max(slot.minimumSizeHint().width(), room // 4))

    def sweep(self) -> Sweep | None:
        space = self.session.space
        return Analogy(*self._operands(space), keep_norm=self.state.keep_norm) if space else None

    @property
    def state(self) -> ArithmeticState:
        """The view's state."""
        return self.session.scene.view(ArithmeticState)

    def _fill_all(self, label: str, a: Recipe | None, b: Recipe | None, c: Recipe | None) -> None:
        self.session.edit_view(label, replace(self.state, a=a, b=b, c=c))

    def _operands(self, space: Space) -> tuple[Recipe, Recipe, Recipe]:
        """A, B and C: the example if the user has set none, otherwise the current point for each that is missing."""
        state, point = self.state, self.session.point
        if state.a is state.b is state.c is None:
            return example(point, TARGET, space)
        return state.a or point, state.b or point, state.c or point

    def _shown(self, space: Space) -> tuple[Recipe, Recipe, Recipe]:
        """A, B and C as they are shown: while a moment of a timeline is shown, that is in the place of A."""
        a, b, c = self._operands(space)
        return (self._moved if self._moved is not None and self.context.moment.is_shown else a), b, c

    def _result(self) -> Recipe | None:
        space = self.session.space
        return Analogy(*self._shown(space), keep_norm=self.state.keep_norm).result(space) if space else None

    def refresh(self) -> None:
        super().refresh()
        space = self.session.space
        empty = not any(self.state.operand(name) for name in OPERANDS)
        grey(self.clear_button, "Nothing has been put on A, B or C" if empty else "")
        for button in (
            self.go_button,
            self.keep_button,
            self.example_button,
            self.direction_button,
            *self.slots.values(),
            self.result,
        ):
            grey(button, "" if space is not None else NO_MODEL)
        self._show_operands()

    def _show_operands(self) -> None:
        space = self.session.space
        given = {name for name in OPERANDS if self.state.operand(name)}
        words = "B is at the top left of the sheet, the result opposite."
        if self.context.moment.is_shown:
            words = "The timeline moves A; B and C stay."
            given.add("a")
        elif not given:
            words = "An example: drop tiles on A, B, C; a click uses the current point."
        self.hint.setText(words)
        if space is None:
            return
        example_shown = not any(self.state.operand(name) for name in OPERANDS)
        for name, recipe in zip(OPERANDS, self._shown(space), strict=True):
            words = caption(recipe, space) if name in given or example_shown else "current point"
            self.slots[name].show_recipe(recipe, words, stand_in=name not in given)

    def show_frame(self, frame: Frame) -> None:
        super().show_frame(frame)
        sweep, space = frame.sweep, frame.model.space
        assert isinstance(sweep, Analogy)
        self._moved = sweep.centre
        self._show_operands()
        last = sweep.size - 1
        corners = {"a": last, "b": 0, "c": last * sweep.size}  # already on the sheet, so not drawn again
        for name, tile in corners.items():
            self.slots[name].show_picture(self.sheet.tile_image(tile))
        self.result.show_picture(self.sheet.tile_image(self.sheet.tiles - 1))
        recipe = sweep.result(space)
        self.result.show_recipe(recipe, caption(recipe, space), stand_in=False)

    # Actions.

    def _fill(self, name: str, recipe: Recipe | None) -> None:
        words = f"use as {name.upper()}" if recipe else f"empty {name.upper()}"
        self.session.edit_view(words, self.state.with_operand(name, recipe))

    def _fill_example(self) -> None:
        if self.session.space:
            self._fill_all("fill with an example", *example(self.session.point, TARGET, self.session.space))

    def _go(self) -> None:
        result = self._result()
        if result is not None:
            self.session.edit_point("go to the result", result)

    def _keep(self) -> None:
        result = self._result()
        if result is not None:
            self.session.keep(result)

    def _ask_direction(self) -> None:
        name = ask_words(self, "A − B as direction", "What the direction is called:", "Make")
        if name is not None and name.strip():
            self.keep_direction(name.strip())

    def keep_direction(self, name: str) -> None:
        """Add the way from B to A as a direction of the open model, called `name`."""
        if self.session.space is None:
            return
        a, b, _ = self._shown(self.session.space)
        try:
            directions.keep(self.context, directions.difference(self.context, a, b, name))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
        else:
            self.session.message.emit(f"{name} is a slider of the Directions panel now, and stays one.", False)

    def menu(self, name: str) -> QMenu:
        """The menu of the slot `name`."""
        scene, space = self.session.scene, self.session.space
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addAction("Current point", lambda: self._fill(name, scene.point))
        if space is not None:
            menu.addAction("Random point", lambda: self._fill(name, reseeded(scene.point, random.randrange(SEED_LIMIT), space)))
            classes = space.first(Classes)
            if classes is not None and len(classes.labels) > 1:
                point = self.slots[name].recipe or scene.point
                in_class = [point.with_value(classes.name, classes.only(k)) for k in range(len(classes.labels))]
                chosen = classes.heaviest(point.value(classes))
                add_class_menu(menu, "In class", classes.labels, chosen, lambda k: self._fill(name, in_class[k]))
        shelf = menu.addMenu("From the shelf")
        for index, recipe in enumerate(scene.shelf):
            words = caption(recipe, space) if space else ""
            shelf.addAction(menu_words(shelf, f"{index + 1}: {words}"), partial(self._fill, name, recipe))
        grey(shelf, "" if scene.shelf else NOTHING_KEPT)
        menu.addSeparator()
        menu.addAction("Go there", partial(self._go_to, name))
        clear = menu.addAction("Clear", partial(self._fill, name, None))
        grey(clear, "" if self.state.operand(name) is not None else "Nothing has been put here")
        return menu

    def _go_to(self, name: str) -> None:
        recipe = self.slots[name].recipe
        if recipe is not None:
            self.session.edit_point(f"go to {name.upper()}", recipe)

    def _show_menu(self, name: str, place: QPoint) -> None:
        menu = self.menu(name)
        pop_up(menu, place)


def _sign(words: str) -> QLabel:
    sign = QLabel(words)
    sign.setProperty("role", "large")
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return sign
