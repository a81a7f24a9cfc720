import pytest
from map_stage import digits_in, view_of


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A file of 60 digits."""
    return digits_in(tmp_path_factory.mktemp("digits"))


@pytest.fixture
def view(qtbot, tmp_path, data):
    """The map view with a map of those digits."""
    with view_of(qtbot, tmp_path, data) as view:
        yield view
