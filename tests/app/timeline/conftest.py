"""The dock of the timeline, with kept points and with keys."""

import pytest
from dock_stage import POINTS

from zscape.models.timeline.edits import animate_shelf


@pytest.fixture
def dock(window):
    window.session.edit_shelf("fill", POINTS)
    return window.timeline


@pytest.fixture
def filled(window, dock):
    """A dock with four keys, 1 s apart, that is not playing."""
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    return dock
