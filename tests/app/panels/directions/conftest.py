"""The panel of a model that knows two directions."""

import pytest
from directions_stage import TALL, WIDE

from zscape.app.work.directions.directions import use


@pytest.fixture
def panel(window, qtbot):
    use(window.context, [WIDE, TALL])
    panel = window.panels["directions"]
    qtbot.waitUntil(lambda: panel.rows.row(0) is not None)
    return panel
