"""Panels without the window around them."""

import pytest
from stage import open_file, show


@pytest.fixture
def alone(qtbot, context, tiny_model):
    """alone(kind): a panel of that class, with a small model open."""

    def shown(kind, width=280, height=640, model=tiny_model):
        open_file(qtbot, context, model)
        panel = show(qtbot, kind(context), width, height)
        panel.refresh()
        return panel

    return shown
