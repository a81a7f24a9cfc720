"""The train view with a small model open."""

import pytest
from stage import give_model, show, small_model, write_noise
from train_stage import known

from zscape.app.views.train.view import TrainView


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, TrainView(context), 900)
    give_model(qtbot, context, small_model())
    known(qtbot, view)
    return view


@pytest.fixture
def data(tmp_path):
    return write_noise(tmp_path / "noise.npz")
