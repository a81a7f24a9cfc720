"""The compare view goes through the checkpoints of a run."""

import shutil

from compare_stage import middle, settled
from PySide6.QtCore import QPoint, Qt
from run_models import tiny, write_run

from zscape.app.views.compare.state import CompareState
from zscape.app.views.compare.view import FILM
from zscape.models.files.checkpoint import save_model


def lightness(view):
    return middle(view.second).lightness()


def test_the_slider_goes_through_the_ages_of_a_run(qtbot, view, tmp_path):
    run = write_run(tmp_path / "my-run")
    view.chooser.chosen.emit(str(run))
    settled(qtbot, view)
    assert view.ages.isVisible()
    assert view.ages.words.text() == "step 300, 3 of 3"
    assert lightness(view) > 250
    view.ages.slider.setFocus()
    for level, words in ((128, "step 200, 2 of 3"), (0, "step 100, 1 of 3")):
        qtbot.keyClick(view.ages.slider, Qt.Key.Key_Left)
        settled(qtbot, view)
        assert view.ages.words.text() == words
        qtbot.waitUntil(lambda level=level: abs(lightness(view) - level) < 3)
    assert view.session.scene.view(CompareState).step == 100
    assert view.titles[1].whole == "my-run, step 100"
    view.session.undo_stack.undo()  # both key presses were one gesture
    settled(qtbot, view)
    assert view.ages.slider.value() == 2


def test_a_drag_of_the_slider_is_one_step_of_undo(qtbot, view, tmp_path):
    view.chooser.chosen.emit(str(write_run(tmp_path / "my-run", [place / 20 for place in range(-20, 20)])))
    settled(qtbot, view)
    count = view.session.undo_stack.count()
    slider = view.ages.slider
    start, end = QPoint(slider.width() - 6, slider.height() // 2), QPoint(6, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for place in range(1, 11):
        qtbot.mouseMove(slider, start + (end - start) * place / 10)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=end)
    assert slider.value() == 0
    settled(qtbot, view)
    qtbot.waitUntil(lambda: lightness(view) < 3)
    assert view.session.undo_stack.count() == count + 1


def test_holes_in_the_folder_are_one_line_and_the_rest_is_shown(qtbot, view, tmp_path):
    run = write_run(tmp_path / "my-run")
    inside = run / "checkpoints" / "step-00000200.safetensors"
    data = bytearray(inside.read_bytes())
    data[-1] ^= 0xFF
    inside.write_bytes(data)  # the header is complete, the weights are not
    (run / "checkpoints" / "step-00000150.safetensors").write_bytes(b"half")
    view.chooser.chosen.emit(str(run))
    settled(qtbot, view)
    qtbot.waitUntil(lambda: "and 1 more" in view.facts.note.text())
    assert view.ages.words.text() == "step 300, 2 of 2"
    view.ages.slider.setValue(0)
    settled(qtbot, view)
    qtbot.waitUntil(lambda: lightness(view) < 3)


def test_a_run_that_goes_on_is_read_again(qtbot, view, tmp_path):
    run = write_run(tmp_path / "my-run")
    view.chooser.chosen.emit(str(run))
    settled(qtbot, view)
    shutil.copy(run / "model.safetensors", run / "checkpoints" / "step-00000300.safetensors")
    save_model(run / "model.safetensors", tiny(400, -1.0))
    view.chooser.chosen.emit(str(run))
    qtbot.waitUntil(lambda: view.ages.words.text() == "step 400, 4 of 4")
    settled(qtbot, view)
    qtbot.waitUntil(lambda: lightness(view) < 3)


def test_a_run_that_went_on_while_another_view_was_shown_is_read_again(qtbot, view, tmp_path):
    run = write_run(tmp_path / "my-run")
    view.chooser.chosen.emit(str(run))
    settled(qtbot, view)
    first = view.other.model
    view.hide()
    view.show()
    settled(qtbot, view)
    assert view.other.model is first  # not loaded again, because it has not changed
    view.hide()
    save_model(run / "model.safetensors", tiny(400, -1.0))
    view.show()
    qtbot.waitUntil(lambda: view.ages.words.text() == "step 400, 3 of 3")
    settled(qtbot, view)
    qtbot.waitUntil(lambda: lightness(view) < 3)


def test_the_ages_are_a_film_that_the_view_offers(qtbot, view, tmp_path):
    assert view.films() == {}
    view.chooser.chosen.emit(str(write_run(tmp_path / "my-run")))
    settled(qtbot, view)
    film = view.films()[FILM]
    assert (film.size, film.pictures) == ((28, 28), 3)
    with qtbot.waitSignal(view.session.export_requested) as asked:
        qtbot.mouseClick(view.ages.export, Qt.MouseButton.LeftButton)
    assert asked.args == [FILM]
