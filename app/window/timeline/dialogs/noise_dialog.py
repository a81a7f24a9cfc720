"""The dialog for a noise loop: its length, its speed and a seed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from zscape.app.widgets.dialog_parts import dim_label, question
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.app.widgets.numbers.seed_box import SeedBox

SECONDS, SPEED = 8.0, 40.0
QUARTER = 90.0
"""The typical distance of another seed, in degrees."""


class NoiseDialog(QDialog):
    """Asks for the length of a noise loop, for its speed, and for a seed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Noise loop")
        self.seconds = decimal_box((0.5, 120), SECONDS, "How long it lasts", decimals=1, suffix=" s")
        tip = "Degrees a second on the sphere of latents: 90 are as far as another seed"
        self.speed = decimal_box((1, 90), SPEED, tip, decimals=0, suffix=" \u00b0/s")
        self.seed = SeedBox()
        self.seed.setMinimum(0)
        self.seed.setSpecialValueText("")
        self.seed.setToolTip("Which random curve")
        self.words = dim_label()
        for box in (self.seconds, self.speed):
            box.valueChanged.connect(self._say)
        controls = {"Length": self.seconds, "Speed": self.speed, "Seed": self.seed}
        for control in controls.values():
            control.setFixedWidth(112)
        self.start = question(
            self,
            "From the current point on a random curve and back, at the same speed everywhere.",
            controls,
            ("Play", "Put it on the timeline, in place of what is there, and play"),
            self.words,
        )
        self._say()

    def _say(self) -> None:
        self.words.setText(f"As far as through {self.seconds.value() * self.speed.value() / QUARTER:.1f} random points")
