"""The style sweep: every class on the way from the current point's style to the target's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRandomGenerator
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from zscape.app.state.view_state import MANY_CLASSES
from zscape.app.views.base import SheetView
from zscape.app.views.style_sweep.state import StyleSweepState
from zscape.app.widgets.controls.framed_button import framed_button
from zscape.app.widgets.layouts.lines_that_fit import columns_that_fit
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.small_slot import SmallSlot
from zscape.app.widgets.theme import set_icon
from zscape.app.work.bound_columns import columns_box
from zscape.app.work.context import Context
from zscape.models.inputs.blending import reseeded
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.style_sweep import StyleSweep

WAYS = {
    "slerp": "Go round on the sphere where trained latents lie: every step is as likely as the ends",
    "lerp": "Go straight through: the middle is shorter than any latent the model was trained on, and looks thinner or vaguer",
}


class StyleSweepView(SheetView):
    """One row per class; from left to right the style goes from A, the current point, to B, the target."""

    name = "style-sweep"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet.setAccessibleName("Every class from style A to style B")
        self.sheet.resized.connect(self.suit_room)
        self.start, self.end = SmallSlot("A"), SmallSlot("B")
        self.start.setToolTip("A: the style on the left, the current point. Drop a tile here to go there; drag it anywhere")
        self.end.setToolTip("B: the style on the right. Drop a tile here; drag it anywhere; click to go there")
        self.start.taken.connect(lambda recipe: self.session.edit_point("go to tile", recipe))
        self.end.taken.connect(lambda recipe: self._keep("use as target", target=recipe))
        self.end.clicked.connect(lambda: self.session.edit_point("go to the target", self.state.target))
        self.re_roll = _tool("dice-5-outline", "Re-roll B", "Draw a fresh style for the right end", self._roll)
        self.swap = _tool("swap-horizontal", "Swap", "Exchange the two ends", self._swap)
        self.columns = columns_box(context, StyleSweepState, lambda: self.class_count)
        self.strip.add(self.start, "A")
        self.strip.add(self.end, "B")
        self.strip.add(self.re_roll)
        self.strip.add(self.swap)
        self.strip.add_gap()
        self._add_ways()
        self.strip.add_gap()
        self.strip.add(self.columns, "Columns")
        self.strip.add_stretch()

    def _add_ways(self) -> None:
        self.ways: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for way, tip in WAYS.items():
            button = framed_button(way.capitalize(), tip, name=f"{way} from A to B", checkable=True)
            button.clicked.connect(lambda _=False, way=way: self._keep(f"go by {way}", way=way))
            group.addButton(button)
            self.ways[way] = button
        self.strip.add_together(*self.ways.values())

    def sweep(self) -> Sweep:
        classes, a_line = self.class_count, 1
        columns = self.state.tiles_each(classes)
        if classes > MANY_CLASSES:
            a_line = columns_that_fit(classes * columns, self.tile_size, self.sheet.room, columns) // columns
        return StyleSweep(self.session.point, self.state.target, columns, way=self.state.way, a_line=a_line)

    @property
    def state(self) -> StyleSweepState:
        """The view's state."""
        return self.session.scene.view(StyleSweepState)

    def _keep(self, label: str, **changes: Any) -> None:
        self.session.edit_view(label, replace(self.state, **changes))

    def refresh(self) -> None:
        super().refresh()
        self.ways[self.state.way].setChecked(True)
        self.start.show_recipe(self.session.point, "A", stand_in=False)
        self.end.show_recipe(self.state.target, "B", stand_in=False)

    def show_frame(self, frame: Frame) -> None:
        super().show_frame(frame)
        classes = frame.model.space.first(Classes)
        number = classes.heaviest(self.session.point.value(classes)) if classes else 0
        assert isinstance(frame.sweep, StyleSweep)
        columns = frame.sweep.columns
        self.start.show_picture(self.sheet.tile_image(number * columns))
        self.end.show_picture(self.sheet.tile_image(number * columns + columns - 1))

    def _roll(self) -> None:
        space = self.session.space
        if space is not None:
            self._keep("re-roll the target", target=reseeded(self.state.target, QRandomGenerator.global_().generate(), space))

    def _swap(self) -> None:
        scene = self.session.scene.with_view(replace(self.state, target=self.session.point))
        self.session.edit("swap the ends", scene.with_point(self.state.target))


def _tool(icon: str, name: str, tip: str, run: object) -> QToolButton:
    button = QToolButton()
    set_icon(button, icon)
    button.setToolTip(tip)
    button.setAccessibleName(name)
    button.clicked.connect(run)
    return button
