"""The pad of a model with two directions."""

import pytest
from pad_stage import pad_of


@pytest.fixture
def view(qtbot, window):
    return pad_of(qtbot, window)
