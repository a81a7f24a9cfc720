"""The timeline with kept points and with keys: in its dock in the window, or alone."""

import pytest
from dock_stage import POINTS, alone

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


@pytest.fixture
def empty(qtbot, context, tiny_model):
    """The panel without the window, with nothing to play; it shows the moments of a single picture."""
    with alone(qtbot, context, tiny_model) as panel:
        yield panel


@pytest.fixture
def panel(empty):
    """That panel with four keys, 1 s apart."""
    empty.session.edit_timeline("animate", animate_shelf(POINTS, empty.session.space, leg=1.0))
    return empty
