"""Sessions that a crash, or damage, has left: offered, kept or set aside."""

import os

import pytest
from keeping_stage import kept, shelf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from recipes import scene

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import load, write
from zscape.app.state.session_text import SessionEncoder


@pytest.fixture
def crash(home):
    """crash(scene): writes the files that a killed window leaves; returns the session's file."""

    def leave(left, name="2026-01-02-030405-abc", text=None):
        path = home / "sessions" / f"{name}.zscape.json"
        write(path, SessionEncoder().encode(SessionFile("tiny", "image", scene=left)) if text is None else text)
        (home / "sessions" / f"{name}.lock").touch()
        return path

    return leave


def test_a_crash_is_offered_in_a_quiet_bar_and_restored_as_a_step_of_undo(start, qtbot, crash):
    path = crash(scene(shelf=shelf(1, 2)))
    window = start()
    before = window.session.scene
    assert before.shelf == ()
    assert window.recovery_bar.isVisible()
    assert QApplication.activeModalWidget() is None
    assert "tiny" in window.recovery_bar.label.text()
    qtbot.mouseClick(window.recovery_bar.accept_button, Qt.MouseButton.LeftButton)
    assert window.session.scene.shelf == shelf(1, 2)
    assert window.current_view == "image"
    assert not window.recovery_bar.isVisible()
    window.session.undo_stack.undo()
    assert window.session.scene == before
    assert load(path).scene.shelf == shelf(1, 2)


def test_a_declined_crash_stays_in_the_menu(start, qtbot, crash):
    path = crash(scene(shelf=shelf(1, 2)))
    window = start()
    qtbot.mouseClick(window.recovery_bar.decline_button, Qt.MouseButton.LeftButton)
    assert not window.recovery_bar.isVisible()
    assert str(path) in window.status.currentMessage()
    window.recent.fill()
    (action,) = window.recent.actions()
    action.trigger()
    assert window.session.scene.shelf == shelf(1, 2)
    assert window.keeper.file is None  # it has no file


def test_several_crashes_are_offered_one_after_the_other_newest_first(start, qtbot, crash):
    for number in (1, 2):
        os.utime(crash(scene(shelf=shelf(number)), f"s{number}"), (number, number))
    window = start()
    assert "1 of 2" in window.recovery_bar.label.text()
    qtbot.mouseClick(window.recovery_bar.accept_button, Qt.MouseButton.LeftButton)
    assert window.session.scene.shelf == shelf(2)
    qtbot.mouseClick(window.recovery_bar.accept_button, Qt.MouseButton.LeftButton)
    assert window.session.scene.shelf == shelf(1)
    assert not window.recovery_bar.isVisible()


def test_an_offer_nobody_answers_is_made_again(start, crash):
    crash(scene(shelf=shelf(1)))
    start().close()
    assert start().recovery_bar.isVisible()


def test_a_damaged_crash_is_set_aside_and_named(start, qtbot, home, crash):
    crash(scene(), text=b'{"format":2,"scene":7}')
    window = start()
    qtbot.mouseClick(window.recovery_bar.accept_button, Qt.MouseButton.LeftButton)
    aside = home / "sessions" / "2026-01-02-030405-abc.damaged.json"
    assert aside.read_bytes() == b'{"format":2,"scene":7}'
    assert str(aside) in window.message_bar.label.text()
    assert not window.recovery_bar.isVisible()


def test_a_damaged_session_that_would_be_resumed_is_set_aside_and_named(start, home):
    write(home / "sessions" / "x.zscape.json", b"\x00" * 100)
    window = start()
    assert str(home / "sessions" / "x.damaged.json") in window.message_bar.label.text()
    window.session.edit_shelf("fill", shelf(1))
    window.close()
    assert (home / "sessions" / "x.damaged.json").read_bytes() == b"\x00" * 100
    assert [each.scene.shelf for each in kept(home)] == [shelf(1)]
