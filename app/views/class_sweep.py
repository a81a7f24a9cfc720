"""The class sweep: one latent in every class, each row morphing to the next class."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zscape.app.views.base import SheetView
from zscape.app.widgets.columns_box import ColumnsBox
from zscape.app.work.bind import bind
from zscape.app.work.context import Context
from zscape.models.sweeps.sweeps import ClassSweep, Sweep


class ClassSweepView(SheetView):
    """A row a class; from left to right it turns into the next."""

    name = "class-sweep"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet.setAccessibleName("Every class in this style")
        self.columns = ColumnsBox()
        bind(
            self.columns,
            self.session,
            context.jobs,
            "change the columns",
            lambda scene: scene.columns,
            lambda _, n: {"columns": n},
        )
        self.strip.add(self.columns, "Columns")
        self.strip.add_gap()
        self.strip.add_words("Drag a slider on the left: every picture changes at once. Click a tile to go there.")

    def sweep(self) -> Sweep:
        return ClassSweep(self.session.point, columns=self.session.scene.columns)
