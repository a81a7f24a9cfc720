"""The loss curves of a training run."""

import math
from collections import Counter

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from stage import show

from zscape.app.views.train.loss_plot import BALANCE, ENCODER, MOST, Curve, LossPlot, NumberAxis


@pytest.fixture
def plot(qtbot):
    return show(qtbot, LossPlot(), 560, 260)


def test_figures_become_curves(plot):
    plot.feed({"step": 1.0, "loss_d": 0.7})
    plot.feed({"step": 1.0, "loss_g": 0.9, "chi_square": 0.3})
    plot.feed({"step": 2.0, "loss_g": 1.1, "images_per_second": 100.0})
    plot.feed({"loss_g": 5.0})  # without a step
    plot.redraw()
    assert plot.clouds["loss_g"].getData()[0].tolist() == [1.0, 2.0]
    assert plot.clouds["loss_g"].getData()[1].tolist() == [0.9, 1.1]
    assert plot.lines["loss_g"].getData()[1].tolist() == pytest.approx([0.9, 1.0])
    assert plot.clouds["loss_d"].getData()[1].tolist() == [0.7]
    assert plot.clouds["chi_square"].getData()[1].tolist() == [0.3]


def test_what_is_no_number_is_left_out(plot):
    plot.feed({"step": 1.0, "loss_g": math.nan, "loss_d": math.inf})
    assert plot.curves["loss_g"].steps == plot.curves["loss_d"].steps == []


def test_the_line_of_balance_is_where_neither_wins(plot):
    assert plot.balance.value() == pytest.approx(math.log(2))
    assert round(BALANCE, 3) == 0.693
    assert plot.balance in plot.top.items


def test_an_encoder_has_no_balance_but_an_error(qtbot):
    plot = show(qtbot, LossPlot(ENCODER), 400, 200)
    plot.feed({"step": 3.0, "mse": 0.02, "latent": 0.9})
    assert plot.balance not in plot.top.items
    assert plot.curves["mse"].values == [0.02]


def test_a_long_curve_is_thinned_but_keeps_its_ends_and_mean():
    curve = Curve(0.9)
    for step in range(10 * MOST):
        curve.feed(step, 0.5)
    assert MOST / 4 < len(curve.steps) <= MOST
    assert len(curve.steps) == len(curve.values) == len(curve.smooth)
    assert curve.steps[0] == 0
    assert curve.steps[-1] > 9.9 * MOST
    assert curve.steps == sorted(curve.steps)
    assert curve.smooth[-1] == pytest.approx(0.5)


def test_a_hidden_plot_draws_when_it_is_shown_again(qtbot, plot):
    plot.hide()
    for step in range(20):
        plot.feed({"step": float(step), "loss_g": 1.0})
    assert plot.lines["loss_g"].getData()[0] is None
    plot.show()
    assert len(plot.lines["loss_g"].getData()[0]) == 20


def colours(plot):
    """How many sampled pixels of the plot are close to the accent colour."""
    image, accent = plot.grab().toImage(), plot.palette().color(QPalette.ColorRole.Highlight).hslHue()
    seen = Counter(image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height()))
    near = {value: QColor(value) for value in seen}
    return sum(
        count for value, count in seen.items() if abs(near[value].hslHue() - accent) < 12 and near[value].hslSaturation() > 90
    )


@pytest.mark.parametrize("ground", ["#f7f7f8", "#222326"])
def test_curve_and_ground_take_the_themes_colours(qtbot, plot, ground):
    palette = QPalette(plot.palette())
    palette.setColor(QPalette.ColorRole.Window, QColor(ground))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#2563d4"))
    plot.setPalette(palette)
    empty = colours(plot)
    for step in range(200):
        plot.feed({"step": float(step), "loss_g": 1 + step / 200, "loss_d": 0.6})
    plot.redraw()
    assert plot.grab().toImage().pixelColor(1, 1) == QColor(ground)
    assert colours(plot) > empty + 100


def test_numbers_of_a_low_axis_do_not_lie_on_each_other(qapp):
    axis = NumberAxis("left")
    for most in (0.9, 0.09, 0.44, 1.9, 7.0):
        for height in (30.0, 45.0, 120.0):
            (wide, begin), *_ = axis.tickSpacing(0.0, most, height)
            assert wide * height / most >= QFontMetricsF(axis.font()).height()
            assert begin == 0.0
            assert round(wide / 10 ** math.floor(math.log10(wide) + 1e-9), 6) in (1, 2, 5)
    assert axis.tickSpacing(0.5, 0.5, 30.0) == []  # a curve that is still flat
