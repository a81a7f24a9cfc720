"""A sheet to be exported, without the window around it."""

import pytest
from stage import open_file, show

from zscape.app.views.class_sweep.view import ClassSweepView


@pytest.fixture
def view(qtbot, context, tiny_model):
    view = show(qtbot, ClassSweepView(context), 640, 560)
    open_file(qtbot, context, tiny_model)
    qtbot.waitUntil(lambda: view.sheet.frame is not None and view.sheet.frame.complete, timeout=10_000)
    return view
