"""The restyle view with a small model open."""

import pytest
from stage import give_model, show, small_model

from zscape.app.views.restyle.view import RestyleView


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, RestyleView(context))
    give_model(qtbot, context, small_model())
    return view
