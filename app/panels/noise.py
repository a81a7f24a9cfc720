"""The noise panel: a switch, a seed, and a strength."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRandomGenerator, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from zscape.app.panels.base import InputControl, InputPanel
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.widgets.numbers.seed_box import SeedBox
from zscape.app.widgets.theme import set_icon
from zscape.app.work.context import Context
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.noise import Noise, NoiseValue

MOST = 3.0
"""The strength at the right end of the slider; 1 is as in training."""


class NoiseControl(InputControl):
    """A switch, a seed and a strength."""

    target: Noise

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(context, target, parent)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.on = QCheckBox("On")
        self.on.setToolTip("Random maps that give the picture its fine grain; off draws it without them")
        self.on.setAccessibleName("Noise on")
        self.seed = SeedBox()
        self.seed.refused.connect(lambda line: self.session.message.emit(line, True))
        self.seed.setToolTip("Each seed gives other noise, always the same")
        self.seed.setAccessibleName("Seed of the noise")
        self.re_roll = QToolButton()
        set_icon(self.re_roll, "dice-5-outline")
        self.re_roll.setAccessibleName("Re-roll the noise")
        self.re_roll.setToolTip("Draw other noise from a random seed")
        line.addWidget(self.on)
        line.addWidget(self.seed, 1)
        line.addWidget(self.re_roll)
        self.column.addLayout(line)
        self.strength = NumberRow((0.0, MOST), (0.0, 100.0), label_width=60)
        self.strength.describe("Strength", "Strength of the noise", "How strong the noise is; double-click for 1, as trained")
        self.column.addWidget(self.strength)
        self.column.addStretch(1)
        self._before = 1.0
        self.on.toggled.connect(self._switch)
        self.seed.valueChanged.connect(self._reseed)
        self.re_roll.clicked.connect(lambda: self._reseed(QRandomGenerator.global_().generate()))
        self.strength.valueChanged.connect(self._weigh)
        self.strength.sliderPressed.connect(self.gesture.begin)
        self.strength.sliderReleased.connect(self.gesture.end)
        self.strength.reset_asked.connect(lambda: self.edit("reset the noise", replace(self.noise, strength=1.0)))
        self.refresh()

    @property
    def noise(self) -> NoiseValue:
        """The value of the noise at the current point."""
        value = self.value
        assert isinstance(value, NoiseValue)
        return value

    def refresh(self) -> None:
        noise = self.noise
        with QSignalBlocker(self.on), QSignalBlocker(self.seed):
            self.on.setChecked(noise.strength > 0)
            self.seed.setValue(noise.seed)
        self.strength.setValue(noise.strength)
        self.strength.mark(noise.strength != 1)

    def _switch(self, on: bool) -> None:
        if not on:
            self._before = self.noise.strength
        self.edit("switch the noise", replace(self.noise, strength=self._before if on else 0.0))

    def _reseed(self, seed: float) -> None:
        if seed >= 0:
            self.edit("change the noise", NoiseValue(int(seed), self.noise.strength), self.gesture.move())

    def _weigh(self, strength: float) -> None:
        self.edit("change the noise", replace(self.noise, strength=strength), self.gesture.move())


class NoisePanel(InputPanel):
    """A control for each noise input."""

    kind = Noise
    control_type = NoiseControl
