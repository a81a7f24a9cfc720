import pytest
from paint_stage import STEPS, view_of

from zscape.models.inference import painting


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    monkeypatch.setattr(painting, "STEPS", STEPS)


@pytest.fixture
def view(qtbot, context):
    return view_of(qtbot, context)
