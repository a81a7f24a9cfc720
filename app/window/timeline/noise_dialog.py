"""What a noise loop is asked for: its length, its speed and a seed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel, QWidget

from zscape.app.widgets.decimal_box import DecimalBox
from zscape.app.widgets.seed_box import SeedBox
from zscape.app.window.timeline.question import fill

SECONDS, SPEED = 8.0, 40.0
QUARTER = 90.0
"""Degrees that another seed mostly is away."""


class NoiseDialog(QDialog):
    """Asks for the length of a noise loop, for its speed, and for a seed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Noise loop")
        self.seconds = DecimalBox()
        self.seconds.setRange(0.5, 120)
        self.seconds.setDecimals(1)
        self.seconds.setSuffix(" s")
        self.seconds.setValue(SECONDS)
        self.seconds.setToolTip("How long it lasts")
        self.speed = DecimalBox()
        self.speed.setRange(1, 90)
        self.speed.setDecimals(0)
        self.speed.setSuffix(" \u00b0/s")
        self.speed.setValue(SPEED)
        self.speed.setToolTip("Degrees a second on the sphere of latents: 90 are as far as another seed")
        self.seed = SeedBox()
        self.seed.setMinimum(0)
        self.seed.setSpecialValueText("")
        self.seed.setToolTip("Which random curve")
        self.words = QLabel()
        self.words.setProperty("role", "dim")
        for box in (self.seconds, self.speed):
            box.lineEdit().setTextMargins(5, 0, 0, 0)
            box.valueChanged.connect(self._say)
        controls = {"Length": self.seconds, "Speed": self.speed, "Seed": self.seed}
        for control in controls.values():
            control.setFixedWidth(112)
        self.start = fill(
            self,
            "From the current point on a random curve and back, at the same speed everywhere.",
            controls,
            ("Play", "Put it on the timeline, in place of what is there, and play"),
            self.words,
        )
        self._say()

    def _say(self) -> None:
        self.words.setText(f"As far as through {self.seconds.value() * self.speed.value() / QUARTER:.1f} random points")
