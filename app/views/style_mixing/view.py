"""The style mixing view: layers of the points in the first row, put into those of the first column."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRandomGenerator
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from zscape.app.views.base import SheetView
from zscape.app.views.style_mixing.layer_row import LayerRow
from zscape.app.views.style_mixing.state import StyleMixingState
from zscape.app.widgets.controls.framed_button import framed_button
from zscape.app.widgets.greyed import NOTHING_KEPT, grey
from zscape.app.work.context import Context
from zscape.models.inputs.kinds.styles import ZONES
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.style_mixing import StyleMixing

TIPS = {
    "coarse": "Take the first layers from the points of the first row: where things are and how they are turned",
    "middle": "Take the layers between from the points of the first row: shapes and features",
    "fine": "Take the last layers from the points of the first row: colours and fine detail",
}


class StyleMixingView(SheetView):
    """A table of points: the current point and others in the first column, with layers of those in the first row."""

    name = "style-mixing"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet.setAccessibleName("Points of the first column with layers of those in the first row")
        self.sheet.heads = (1, 1)
        self.zones: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for zone in ZONES:
            button = framed_button(zone.capitalize(), TIPS[zone], name=f"{zone} layers", checkable=True)
            button.clicked.connect(lambda _=False, zone=zone: self._keep(f"mix {zone} layers", zone=zone, layers=()))
            group.addButton(button)
            self.strip.add(button)
            self.zones[zone] = button
        self.group = group
        self.layers = LayerRow()
        self.layers.changed.connect(self._choose)
        self.strip.add(self.layers, "Layers")
        tips = "Draw fresh points for the rows below the current point", "Draw fresh points for the first row"
        self.roll_rows = framed_button("Rows", tips[0], self._roll_rows, "Re-roll rows")
        self.roll_columns = framed_button("Columns", tips[1], self._roll_columns, "Re-roll columns")
        tip = "Let the points of the shelf give the layers: a column each"
        self.from_shelf = framed_button("From the shelf", tip, self._take_shelf, "Columns from the shelf")
        self.strip.add_together((self.roll_rows, "Re-roll"), self.roll_columns, self.from_shelf)
        self.strip.add_stretch()

    @property
    def state(self) -> StyleMixingState:
        """The view's state."""
        return self.session.scene.view(StyleMixingState)

    def sweep(self) -> Sweep | None:
        space = self.session.space
        if space is not None and space.styles is None:
            return None  # the model has no styles, as the view's tab says
        state = self.state
        return StyleMixing(self.session.point, state.sources, state.donors, state.zone, state.layers)

    def refresh(self) -> None:
        super().refresh()
        space, state = self.session.space, self.state
        styles = space.styles if space else None
        self.group.setExclusive(False)  # with layers chosen by hand no zone is checked
        for zone, button in self.zones.items():
            button.setChecked(zone == state.zone and not state.layers)
        self.group.setExclusive(True)
        self.layers.setVisible(styles is not None)
        if styles is not None:
            self.layers.show_layers(styles.layers, state.layers or styles.zone(state.zone))
        grey(self.from_shelf, "" if self.session.scene.shelf else NOTHING_KEPT)

    def _keep(self, label: str, **changes: Any) -> None:
        self.session.edit_view(label, replace(self.state, **changes))

    def _choose(self, layers: tuple[int, ...]) -> None:
        space = self.session.space
        styles = space.styles if space else None
        zone = next((zone for zone in ZONES if styles and styles.zone(zone) == layers), None)
        if zone is not None:
            self._keep(f"mix {zone} layers", zone=zone, layers=())
        else:
            self._keep("choose mixed layers", layers=layers)

    def _roll_rows(self) -> None:
        self._keep("re-roll the rows", sources=_fresh(len(self.state.sources)))

    def _roll_columns(self) -> None:
        self._keep("re-roll the columns", donors=_fresh(len(self.state.donors)))

    def _take_shelf(self) -> None:
        shelf = self.session.scene.shelf
        if shelf:
            self._keep("mix the shelf", donors=tuple(shelf[-MOST_DONORS:]))


MOST_DONORS = 8
"""The most columns filled from a shelf: more would be too small to see."""


def _fresh(count: int) -> tuple[Recipe, ...]:
    return tuple(Recipe.seed(QRandomGenerator.global_().generate()) for _ in range(count))
