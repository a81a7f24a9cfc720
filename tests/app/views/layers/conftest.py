"""The layers view."""

import pytest


@pytest.fixture
def view(qtbot, window):
    shown = window.show_view("layers")
    qtbot.waitUntil(lambda: shown.seen is not None and bool(shown.units.order), timeout=20_000)
    return shown
