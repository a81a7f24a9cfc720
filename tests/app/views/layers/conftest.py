"""The layers view alone."""

import pytest
from layers_stage import ranked
from stage import open_file, show

from zscape.app.views.layers.view import LayersView


@pytest.fixture
def view(qtbot, context, tiny_model):
    view = show(qtbot, LayersView(context), 900, 560)
    open_file(qtbot, context, tiny_model)
    return ranked(qtbot, view)
