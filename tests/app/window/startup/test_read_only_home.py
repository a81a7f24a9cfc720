"""A home folder that cannot be written: reported at the start, the window works, and everything ends well (case 19)."""

import os

import pytest
from PySide6.QtCore import Qt

from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow
from zscape.models.inputs.recipe import Recipe


@pytest.fixture(params=["a folder without permission", "a file in the way"])
def closed_home(request, tmp_path, monkeypatch):
    """A home folder that the user cannot write to; root can write anywhere except below a file."""
    if request.param == "a file in the way":
        (tmp_path / "file").write_text("no folder")
        home = tmp_path / "file" / "home"
    elif hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.skip("root may write into every folder")
    else:
        home = tmp_path / "closed"
        home.mkdir()
        home.chmod(0o500)
    monkeypatch.setenv("ZSCAPE_HOME", str(home))
    yield home
    if home.is_dir():
        home.chmod(0o700)


def test_a_read_only_home_is_reported_at_the_start(qtbot, closed_home, tiny_model, caplog):
    window = MainWindow(Settings(closed_home), model=str(tiny_model))
    window.resize(1024, 700)
    with qtbot.waitSignals([window.first_imaged, window.completed], timeout=30_000):
        window.show()
    try:
        qtbot.waitUntil(window.message_bar.isVisible, timeout=10_000)
        assert str(closed_home) in window.message_bar.label.text()
        shown = window.message_bar.grab().toImage()
        assert len({shown.pixel(x, shown.height() // 2) for x in range(shown.width())}) > 3  # there is text to read
        # The window works: a click changes what is drawn, and the list of models opens.
        sheet = window.views[window.current_view].main_sheet()
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.tile_rect(3).center().toPoint())
        assert window.session.undo_stack.canUndo()
        window.session.keep(Recipe.seed(7))
        window.header.models.showPopup()
        window.header.models.hidePopup()
        job = window.jobs.start("Work", lambda: (each for each in ()))
        qtbot.waitUntil(lambda: job not in window.jobs.jobs, timeout=10_000)
    finally:
        window.close()
        unsaved = window.isVisible(), window.message_bar.label.text()
        window.close()  # now it is given up
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=20_000)
    assert unsaved[0]
    assert "session cannot be saved" in unsaved[1]
    assert not [record for record in caplog.records if record.exc_info]
    window.deleteLater()
