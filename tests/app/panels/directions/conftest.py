"""The panel of a model that knows two directions: in the window, or alone."""

import pytest
from directions_stage import TALL, WIDE

from zscape.app.panels.directions.panel import DirectionsPanel
from zscape.app.work.directions.directions import use


def knowing(qtbot, panel):
    use(panel.context, [WIDE, TALL])
    qtbot.waitUntil(lambda: panel.rows.row(0) is not None)
    return panel


@pytest.fixture
def panel(window, qtbot):
    return knowing(qtbot, window.panels["directions"])


@pytest.fixture
def lone(alone, qtbot):
    """The panel without the window."""
    return knowing(qtbot, alone(DirectionsPanel))
