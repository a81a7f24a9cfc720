"""The dialog that turns the kept points into a timeline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.dialog_parts import question
from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.timeline.easing import Curve, Easing
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.timeline import KeyWay, Timeline

EASINGS: dict[str, Easing] = {
    "Smooth": "smooth",
    "Even": "linear",
    "Slow start": Curve(0.42, 0.0, 1.0, 1.0),
    "Slow end": Curve(0.0, 0.0, 0.58, 1.0),
    "Step": "hold",
}
"""The labels of the easings of a leg; Step stands still and then jumps."""
WAYS: dict[str, KeyWay] = {"Curved (slerp)": "slerp", "Without a stop (spline)": "spline", "Straight (lerp)": "lerp"}
"""The labels of the interpolations between keys."""


class AnimateDialog(QDialog):
    """Asks for the seconds of a leg and of a hold, the interpolation, the easing, and whether it returns to the first point."""

    def __init__(self, window: QWidget, count: int) -> None:
        super().__init__(window)
        self.setWindowTitle("Animate the shelf")
        self.leg = _seconds(1.5, 0.1, "From one point to the next")
        self.hold = _seconds(0.0, 0.0, "How long each point stands still")
        self.easing = choice_box(EASINGS, "How the time from one point to the next is spread")
        self.way = choice_box(WAYS, "Along a great circle, along a curve through all points, or straight")
        self.way.activated.connect(self._suit_easing)
        self.loop = QCheckBox("Back to the first point")
        self.loop.setToolTip("The end joins the beginning")
        self.loop.setChecked(True)
        self.start = question(
            self,
            f"From each of the {count} kept points to the next, in the order of the shelf.",
            {"Leg": self.leg, "Hold": self.hold, "Way": self.way, "Easing": self.easing, "Loop": self.loop},
            ("Animate", "Put the kept points on the timeline, in place of what is there, and play"),
        )

    def _suit_easing(self) -> None:
        """For a spline, replace an easing that slows down at each point: it would stop there anyway."""
        if WAYS[self.way.currentText()] == "spline" and self.easing.currentText() == "Smooth":
            self.easing.setCurrentText("Even")

    def timeline(self, shelf: tuple[Recipe, ...], space: Space) -> Timeline:
        """The chosen timeline. Raises ZscapeError for points that a model of `space` cannot draw."""
        easing, way = EASINGS[self.easing.currentText()], WAYS[self.way.currentText()]
        return animate_shelf(shelf, space, self.leg.value(), self.hold.value(), easing, self.loop.isChecked(), way)


def ask(window: QWidget, count: int, then: Callable[[AnimateDialog], object]) -> AnimateDialog:
    """Show the dialog, and call `then` when it is accepted."""
    dialog = AnimateDialog(window, count)
    dialog.accepted.connect(lambda: then(dialog))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _seconds(value: float, least: float, tip: str) -> DecimalBox:
    return decimal_box((least, 60), value, tip, step=0.25, suffix=" s", width=96)
