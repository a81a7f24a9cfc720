"""The train view with a small model open."""

import pytest
from stage import give_model, show, small_model
from train_stage import known

from zscape.app.views.train.view import TrainView


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, TrainView(context), 900)
    give_model(qtbot, context, small_model())
    known(qtbot, view)
    return view
