"""Windows with a small model."""

import pytest


@pytest.fixture
def start(start, tiny_model):
    """start(model, session): opens a window with a small model."""
    return lambda model=tiny_model, session=None: start(model, session)
