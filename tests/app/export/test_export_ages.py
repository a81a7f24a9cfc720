"""Exporting the ages of a run (its pictures at each checkpoint) from the window."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from run_models import write_run

from zscape.app.state import session_file
from zscape.app.views.compare.state import CompareState
from zscape.app.window.export.dialog import ExportDialog


@pytest.fixture
def run(tmp_path):
    return write_run(tmp_path / "my-run")


def compared(qtbot, window, run):
    """The compare view with `run` on the right."""
    view = window.show_view("compare")
    window.session.edit_view("choose", CompareState(str(run)))
    qtbot.waitUntil(lambda: len(view.films()) == 1, timeout=10_000)
    return view


def test_film_and_contact_sheet_through_the_checkpoints(window, qtbot, run, tmp_path):
    view = compared(qtbot, window, run)
    qtbot.mouseClick(view.ages.export, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ExportDialog)
    assert dialog.motion.currentText() == "Through the checkpoints"
    assert dialog.film.pictures.value() == 3
    dialog.film.format.setCurrentText("Folder of PNGs")
    dialog.scale.setValue(4)
    assert dialog.size_choice.words.text() == "112 × 112 pixels", "a film of the ages has one sheet a frame"
    qtbot.waitUntil(lambda: dialog.preview.pixels is not None, timeout=20_000)
    shown, film = dialog.preview.pixels, tmp_path / "film"
    dialog.path.setText(str(film))
    dialog.seconds.setValue(0.5)
    with qtbot.waitSignal(window.context.exports.ended, timeout=20_000):
        dialog.accept()
    with Image.open(sorted(film.iterdir())[-1]) as frame:
        assert np.array_equal(np.asarray(frame.convert("RGB")), shown)
    qtbot.mouseClick(view.ages.export, Qt.MouseButton.LeftButton)
    dialog = next(each for each in window.findChildren(ExportDialog) if each.isVisible())
    dialog.film.format.setCurrentText("Contact sheet, PNG")
    dialog.scale.setValue(2)
    out = tmp_path / "ages.png"
    dialog.path.setText(str(out))
    with qtbot.waitSignal(window.context.exports.ended, timeout=20_000) as ended:
        dialog.accept()
    assert ended.args[0].state == "done"
    with Image.open(out) as picture:
        sheet = np.asarray(picture.convert("L"))
    assert [int(sheet[44, 44 + 72 * place]) for place in range(3)] == pytest.approx([0, 128, 255], abs=1)
    saved = session_file.load(out)
    assert saved.scene.point == window.session.point
    assert saved.scene.view(CompareState).second == ""  # the location of the run is not saved in the picture


def test_the_menu_says_what_is_missing_and_a_session_brings_the_comparison_back(window, qtbot, run, tmp_path):
    with qtbot.waitSignal(window.session.message) as told:
        window.actions_by_name["film_ages"].trigger()
    assert window.current_view == "compare"
    assert "training run" in told.args[0]
    view = compared(qtbot, window, run)
    window.actions_by_name["film_ages"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog.motion.currentText() == "Through the checkpoints"
    dialog.reject()
    view.ages.slider.setValue(0)
    state = window.session.scene.view(CompareState)
    assert state.step == 100
    window.opener.save_session(tmp_path / "a.zscape.json")
    window.session.edit_view("forget", CompareState())
    window.opener.open_session(tmp_path / "a.zscape.json")
    qtbot.waitUntil(lambda: window.session.scene.view(CompareState) == state)
    qtbot.waitUntil(lambda: view.other.step == 100, timeout=10_000)


def test_the_picture_that_is_saved_or_copied_and_a_film_of_the_view_have_both_sides(window, qtbot, run, tmp_path):
    compared(qtbot, window, run)
    view = window.views["compare"]
    qtbot.waitUntil(lambda: view.apart.frame is not None, timeout=10_000)
    window.actions_by_name["copy"].trigger()
    assert QGuiApplication.clipboard().image().size().toTuple() == (3 * 28, 28)
    window.actions_by_name["save_picture"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.scale.setValue(2)
    dialog.path.setText(str(tmp_path / "both.png"))
    with qtbot.waitSignal(window.context.exports.ended, timeout=20_000):
        dialog.accept()
    with Image.open(tmp_path / "both.png") as picture:
        assert picture.size == (6 * 28, 56)
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None)
    window.actions_by_name["export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.film.format.setCurrentText("Contact sheet, PNG")
    dialog.motion.setCurrentText("Round the classes")
    dialog.film.pictures.setValue(2)
    dialog.scale.setValue(1)
    out = tmp_path / "film.png"
    dialog.path.setText(str(out))
    with qtbot.waitSignal(window.context.exports.ended, timeout=20_000) as ended:
        dialog.accept()
    assert ended.args[0].state == "done", ended.args[0].line
    with Image.open(out) as picture:
        assert picture.width == 2 * (3 * 28 + 16) + 16
        sheet = np.asarray(picture.convert("L"))
    assert (sheet[20:40, 16 + 28 : 16 + 50] > 250).all()  # the second model draws white
