"""The class sweep: one latent in every class, with or without tiles between the classes."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from zscape.app.state.view_state import MANY_CLASSES
from zscape.app.views.base import SheetView
from zscape.app.views.class_sweep.state import ClassSweepState
from zscape.app.widgets.layouts.lines_that_fit import columns_that_fit
from zscape.app.work.bind import bind
from zscape.app.work.bound_columns import columns_box
from zscape.app.work.context import Context
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.class_sweep import ClassSweep


class ClassSweepView(SheetView):
    """A few classes with small pictures have one row each, which turns into the next from left to right. Many classes, or large
    pictures, are in lines like an alphabet, with one tile each or as many as the user wants; the space sets how many fit a line.
    """

    name = "class-sweep"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet.setAccessibleName("Every class in this style")
        self.sheet.resized.connect(self.suit_room)
        self.between = QCheckBox("In-betweens")
        self.between.setToolTip("Also show how each class turns into the next; otherwise one tile for each class")
        bind(
            self.between,
            self.session,
            context.jobs,
            "show in-betweens",
            lambda scene: self._shows_between(scene.view(ClassSweepState)),
            lambda scene, on: scene.with_view(replace(scene.view(ClassSweepState), between=on)),
        )
        self.columns = columns_box(context, ClassSweepState, lambda: self.class_count)
        self.strip.add(self.between)
        self.strip.add_gap()
        self.strip.add(self.columns, "Columns")
        self.strip.add_gap()
        self.strip.add_words("Drag a slider: every picture changes. Click a tile to go there.")

    def sweep(self) -> Sweep | None:
        space = self.session.space
        if space is not None and not space.labels:
            return None  # the model has no classes, as the view's tab says
        count, state = self.class_count, self.session.scene.view(ClassSweepState)
        between = self._shows_between(state)
        steps = state.tiles_each(count) if between else 1
        if between and count <= MANY_CLASSES:
            return ClassSweep(self.session.point, columns=steps)
        a_line = columns_that_fit(count * steps, self.tile_size, self.sheet.room, steps)
        return ClassSweep(self.session.point, columns=a_line, tiles=count * steps)

    def refresh(self) -> None:
        super().refresh()
        state = self.session.scene.view(ClassSweepState)
        pair = self.columns.parentWidget()
        assert pair is not None
        pair.setVisible(self._shows_between(state))

    def _shows_between(self, state: ClassSweepState) -> bool:
        """Depends on the classes and pictures of the open model; those of digits if there is no model."""
        model = self.session.model
        return state.shows_between(self.class_count, math.prod(model.spec.image_shape) if model else 28 * 28)
