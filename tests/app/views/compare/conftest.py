"""The compare view with a small model open."""

import pytest
from run_models import tiny
from stage import give_model, show

from zscape.app.views.compare.view import CompareView


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, CompareView(context))
    give_model(qtbot, context, tiny(300, 1.0))
    qtbot.waitUntil(lambda: view.sheet.frame is not None)
    return view
