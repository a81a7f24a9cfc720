"""The curves of a training run. It imports pyqtgraph, so it is imported only when a plot is first shown."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

BALANCE = math.log(2)
"""Both losses when D cannot tell real from generated pictures: -log(1/2)."""
MOST = 800
"""The most points kept of a curve; then every second one of the older points is dropped."""

SMOOTHING = {"loss_d": 0.98, "loss_g": 0.98, "mse": 0.98, "latent": 0.98}
"""The weight of the old value in the running mean at each point; figures not listed are measured less often, or vary less."""
CALM = 0.7


@dataclass
class Curve:
    """One figure over the steps.

    smooth: its running mean over about 1 / (1 - stay) points. stride: every stride-th point is kept.
    """

    stay: float
    steps: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    smooth: list[float] = field(default_factory=list)
    stride: int = 1
    _fed: int = 0
    _mean: float = 0.0

    def feed(self, step: float, value: float) -> None:
        """Add a point; if the curve is too long, drop half of it."""
        share = max(1 - self.stay, 1 / (self._fed + 1))  # a plain mean at first
        self._mean += share * (value - self._mean)
        self._fed += 1
        if (self._fed - 1) % self.stride:
            return
        self.steps.append(step)
        self.values.append(value)
        self.smooth.append(self._mean)
        if len(self.steps) > MOST:
            self.steps, self.values, self.smooth = self.steps[::2], self.values[::2], self.smooth[::2]
            self.stride *= 2


@dataclass(frozen=True)
class Layout:
    """Which figures are drawn: name of the figure -> its label.

    upper: in the larger plot, the last one in the accent colour. lower: in a smaller one below. label: of the upper axis.
    balance: whether the upper plot has the line of balance.
    """

    upper: Mapping[str, str]
    label: str
    lower: Mapping[str, str]
    balance: bool = False

    @property
    def all(self) -> dict[str, str]:
        """Every figure and its label."""
        return {**self.upper, **self.lower}


GENERATOR = Layout({"loss_d": "Discriminator", "loss_g": "Generator"}, "loss", {"chi_square": "chi\u00b2"}, balance=True)
"""Both losses with the line of balance, and the chi-square distance of the pixel histograms of real and generated pictures."""
ENCODER = Layout({"mse": "Encoder"}, "error", {"latent": "latent"})
"""The mean squared error of the reconstruction, and that of re-encoded latents."""


LEAST = 180
"""The minimum height at which both curves are readable."""


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """A left axis that shows fewer numbers if it is low, so that they do not overlap."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """The spacing of ticks and the start of each, widest first."""
        levels: list[tuple[float, float]] = list(super().tickSpacing(minVal, maxVal, size))
        line = QFontMetricsF(self.font()).height() * (maxVal - minVal) / max(size, 1.0)
        while levels and 0 < levels[0][0] < line:
            wide, begin = levels[0]
            first = round(wide / 10 ** math.floor(math.log10(wide) + 1e-9))  # 1, 2 or 5
            levels.insert(0, (wide * (2.5 if first == 2 else 2.0), begin))
        return levels


class LossPlot(QWidget):
    """Curves over the steps, as measured (faint) and as running means.

    They are redrawn at most four times per second, and only while visible.
    """

    def __init__(self, figures: Layout = GENERATOR, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Loss plot")
        self.canvas = pg.GraphicsLayoutWidget()
        self.canvas.setFrameShape(QFrame.Shape.NoFrame)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # its size hint is 480 high
        self.setMinimumHeight(LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.figures = figures
        self.curves = {name: Curve(SMOOTHING.get(name, CALM)) for name in figures.all}
        self._drawn = 0.0
        self.heading = self.canvas.addLabel(row=0, col=0, justify="right")
        self.top = self.canvas.addPlot(row=1, col=0, axisItems={"left": NumberAxis("left")})
        self.bottom = self.canvas.addPlot(row=2, col=0, axisItems={"left": NumberAxis("left")})
        self.canvas.ci.layout.setRowStretchFactor(1, 5)
        self.canvas.ci.layout.setRowStretchFactor(2, 2)
        self.canvas.ci.layout.setRowSpacing(1, 12)  # separates the lowest number of one axis from the highest of the next
        self.canvas.ci.layout.setContentsMargins(0, 0, 8, 0)
        self.bottom.setXLink(self.top)
        for plot in (self.top, self.bottom):
            plot.setMenuEnabled(False)
            plot.setMouseEnabled(x=False, y=False)
            plot.hideButtons()
            plot.getAxis("left").setWidth(56)
            for side in ("left", "bottom"):
                plot.getAxis(side).enableAutoSIPrefix(False)
        self.bottom.getAxis("left").setTickDensity(0.5)
        self.top.getAxis("bottom").setStyle(showValues=False)
        plots = {name: self.top if name in figures.upper else self.bottom for name in figures.all}
        self.clouds = {name: plot.plot() for name, plot in plots.items()}
        self.lines = {name: plot.plot() for name, plot in plots.items()}
        self.balance = pg.InfiniteLine(
            BALANCE, angle=0, label="0.693: balance", labelOpts={"position": 0.99, "anchors": [(1, 1), (1, 1)]}
        )
        if figures.balance:
            self.top.addItem(self.balance)
        self._paint()

    def feed(self, figures: Mapping[str, float]) -> None:
        """Add the values in `figures` that this plot has, at figures["step"]."""
        step = figures.get("step")
        if step is None:
            return
        for name, curve in self.curves.items():
            value = figures.get(name)
            if value is not None and math.isfinite(value):
                curve.feed(step, value)
        if self.isVisible() and time.monotonic() - self._drawn > 0.25:
            self.redraw()

    def redraw(self) -> None:
        """Draw all points."""
        self._drawn = time.monotonic()
        for name, curve in self.curves.items():
            self.clouds[name].setData(curve.steps, curve.values)
            self.lines[name].setData(curve.steps, curve.smooth)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "balance"):
            self._paint()

    def _paint(self) -> None:
        """Use the colours of the palette: one curve in the accent colour, everything else in greys."""
        palette = self.palette()
        text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
        quiet = mixed(text, ground, 0.4)
        colours = {name: mixed(text, ground, 0.2) for name in self.figures.upper} | dict.fromkeys(self.figures.lower, quiet)
        colours[list(self.figures.upper)[-1]] = palette.color(QPalette.ColorRole.Highlight)
        self.canvas.setBackground(ground)
        for name, colour in colours.items():
            self.lines[name].setPen(pg.mkPen(colour, width=2))
            self.clouds[name].setPen(pg.mkPen(mixed(colour, ground, 0.75), width=1))
        self.heading.setText(
            "&nbsp;&nbsp;&nbsp;".join(
                f'<span style="color:{colours[name].name()}">\u2014 {words}</span>' for name, words in self.figures.upper.items()
            )
        )
        self.balance.setPen(pg.mkPen(quiet, width=1, style=Qt.PenStyle.DashLine))
        self.balance.label.setColor(quiet)
        self.top.setLabel("left", self.figures.label, color=text.name())
        self.bottom.setLabel("left", next(iter(self.figures.lower.values())), color=text.name())
        self.bottom.setLabel("bottom", "step", color=text.name())
        for plot in (self.top, self.bottom):
            for side in ("left", "bottom"):
                plot.getAxis(side).setPen(pg.mkPen(mixed(text, ground, 0.75)))
                plot.getAxis(side).setTextPen(text)


def mixed(a: QColor, b: QColor, share: float) -> QColor:
    """The colour at the fraction `share` from a to b."""
    pairs = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    return QColor.fromRgbF(*(x + share * (y - x) for x, y in pairs))
