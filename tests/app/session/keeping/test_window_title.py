"""The title of the window (session, file and model), and the files that were open."""

from keeping_stage import shelf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from recipes import recipe, scene, with_seed, z

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import load, save


def test_the_title_says_session_model_and_what_is_not_saved(window, qtbot, tmp_path):
    assert window.windowTitle() == "Unnamed session[*] \u2013 tiny \u2013 Zscape"
    assert not window.isWindowModified()
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    assert window.isWindowModified()
    window.opener.save_session(tmp_path / "mine.zscape.json")
    assert window.windowTitle() == "mine[*] \u2013 tiny \u2013 Zscape"
    assert not window.isWindowModified()
    window.session.edit_point("seed", with_seed(window.session.point, 5))
    assert window.isWindowModified()
    window.session.undo_stack.undo()
    assert not window.isWindowModified()
    window.session.undo_stack.redo()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # saves to the same file without asking
    assert z(load(tmp_path / "mine.zscape.json").scene.point).seed == 5
    assert load(tmp_path / "mine.zscape.json").files == SessionFile().files  # no paths of this computer
    assert not window.isWindowModified()


def test_the_name_and_the_mark_outlive_the_window(start, tmp_path):
    window = start()
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    window.opener.save_session(tmp_path / "mine.zscape.json")
    window.close()
    again = start()
    assert again.windowTitle().startswith("mine[*]")
    assert not again.isWindowModified()
    again.session.edit_point("seed", with_seed(again.session.point, 5))
    again.close()
    assert start().isWindowModified()


def test_recent_files_open_from_the_menu(window, qtbot, tmp_path, monkeypatch):
    first, second = tmp_path / "a.zscape.json", tmp_path / "b.zscape.json"
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    window.opener.save_session(first)
    window.session.edit_point("seed", with_seed(window.session.point, 5))
    window.opener.save_session(second)
    first_words = lambda: [action.text() for action in window.recent.actions()][:2]  # noqa: E731
    window.recent.fill()
    assert first_words() == ["b.zscape.json", "a.zscape.json"]
    window.recent.actions()[1].trigger()
    assert z(window.session.point).seed == 4
    second.unlink()
    window.recent.fill()
    assert first_words()[0] == "a.zscape.json"
    assert "b.zscape.json" not in first_words()
    assert window.recent.menuAction() in window.actions_by_name.menus["File"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    for name in ("mine", "mine 2"):  # adds the suffix that the open dialog looks for; replaces no file
        window.actions_by_name["save_session_as"].trigger()
        assert load(tmp_path / f"{name}.zscape.json").model == "tiny"


def test_undo_of_opening_a_session_restores_the_file_to_save_to(start, qtbot, tmp_path, monkeypatch):
    paths = [tmp_path / f"{name}.zscape.json" for name in "ab"]
    for number, path in enumerate(paths):
        save(path, SessionFile("tiny", "image", scene=scene(shelf=shelf(number))))
    window = start(session=paths[0])
    qtbot.waitUntil(lambda: window.keeper.file == paths[0], timeout=10_000)
    actions, written = window.actions_by_name, paths[1].read_bytes()
    window.opener.open_file(paths[1])
    assert window.keeper.file == paths[1]
    actions["undo"].trigger()
    assert (window.keeper.file, window.session.scene.shelf) == (paths[0], shelf(0))
    assert window.windowTitle().startswith("a[*]")
    assert not window.isWindowModified(), "it equals its file"
    actions["redo"].trigger()
    assert not window.isWindowModified()
    actions["undo"].trigger()
    window.session.keep(recipe(seeds=((7, 1.0),)))  # a new edit, after which redo cannot return to the other session
    assert window.isWindowModified()
    window.session.keep(recipe(seeds=((8, 1.0),)))
    actions["save_session"].trigger()
    assert not window.isWindowModified()
    assert load(paths[0]).scene.shelf == shelf(0, 7, 8)
    assert paths[1].read_bytes() == written
    actions["undo"].trigger()
    assert window.keeper.file == paths[0]  # states before the save belong to the same file
    window.opener.open_file(paths[1])
    for action, path in (("undo", paths[0]), ("redo", paths[1])):
        actions[action].trigger()
        assert window.keeper.file == path


def test_a_session_that_is_not_saved_stays_so_when_undo_returns_to_it(window, tmp_path):
    save(tmp_path / "a.zscape.json", SessionFile("tiny", "image", scene=scene(shelf=shelf(0))))
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    window.opener.open_file(tmp_path / "a.zscape.json")
    assert not window.isWindowModified()
    window.session.undo_stack.undo()
    assert window.isWindowModified()
    window.session.undo_stack.undo()
    assert not window.isWindowModified(), "the start of a session without a name"
