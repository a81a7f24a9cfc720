"""The dialog for a random loop: its length, its number of points and a seed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from zscape.app.widgets.dialog_parts import dim_label, question
from zscape.app.widgets.numbers.number_box import decimal_box, whole_box
from zscape.app.widgets.numbers.seed_box import SeedBox

SECONDS = 8.0


class RandomDialog(QDialog):
    """Asks for the length of a random loop, the number of points, which sets its speed, and a seed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Random loop")
        self.seconds = decimal_box((0.5, 3600), SECONDS, "How long it lasts", decimals=1, suffix=" s")
        self.points = whole_box((2, 500), 5, "Points on the way: more of them in the same time go by faster")
        self.seed = SeedBox()
        self.seed.setMinimum(0)
        self.seed.setSpecialValueText("")
        self.seed.setToolTip("Which random points")
        self.speed = dim_label()
        for box in (self.seconds, self.points):
            box.valueChanged.connect(self._say)
        controls = {"Length": self.seconds, "Points": self.points, "Seed": self.seed}
        for control in controls.values():
            control.setFixedWidth(112)
        self.start = question(
            self,
            "From the current point through random ones and back.",
            controls,
            ("Play", "Put it on the timeline, in place of what is there, and play"),
            self.speed,
        )
        self._say()

    def _say(self) -> None:
        self.speed.setText(f"{self.seconds.value() / self.points.value():.2f} s from point to point")
