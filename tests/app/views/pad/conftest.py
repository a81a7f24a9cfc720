"""The pad alone, of a model with two directions."""

import pytest
from pad_stage import pad_of
from stage import open_file, show

from zscape.app.views.pad.view import PadView


@pytest.fixture
def view(qtbot, context, tiny_model):
    view = show(qtbot, PadView(context), 900, 560)
    open_file(qtbot, context, tiny_model)
    return pad_of(qtbot, view)
