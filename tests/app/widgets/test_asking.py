"""Dialogs that ask for a name or a number: their look and their results."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QInputDialog, QPushButton, QWidget
from stage import show

from zscape.app.widgets.asking import WIDTH, ask_number, ask_words


@pytest.fixture
def page(qtbot):
    return show(qtbot, QWidget())


def meanwhile(act):
    """Call `act(dialog)` while the dialog is open."""

    def begin():
        act(next(each for each in QApplication.topLevelWidgets() if isinstance(each, QInputDialog) and each.isVisible()))

    QTimer.singleShot(0, begin)


def test_it_looks_as_all_dialogs_do(page, qtbot):
    seen = {}

    def look(dialog):
        first = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
        seen.update(title=dialog.windowTitle(), margin=dialog.layout().contentsMargins().left(), width=dialog.width())
        middle = first.grab().toImage().pixelColor(6, first.height() // 2)
        seen.update(words=first.text(), default=first.isDefault(), accent=middle == first.palette().highlight().color())
        seen.update(buttons=[each.text().replace("&", "") for each in dialog.findChildren(QPushButton)])
        dialog.reject()

    meanwhile(look)
    assert ask_words(page, "New shelf", "What the shelf is called:", "Make") is None
    assert seen.pop("width") >= WIDTH
    assert sorted(seen.pop("buttons")) == ["Cancel", "Make"]
    assert seen == {"title": "New shelf", "margin": 24, "words": "Make", "default": True, "accent": True}


def test_words_that_are_typed_and_entered_are_the_answer(page, qtbot):
    def type_and_enter(dialog):
        assert dialog.textValue() == "before"
        qtbot.keyClicks(dialog.focusWidget(), "after")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    meanwhile(type_and_enter)
    assert ask_words(page, "Rename", "What it is called:", "Rename", "before") == "after"  # all of it was selected


def test_a_number_stays_between_its_ends(page):
    def enter(dialog):
        dialog.setIntValue(99)
        dialog.accept()

    meanwhile(enter)
    assert ask_number(page, "Random points", "How many pictures:", "Map", 20, (10, 50), 10) == 50
    meanwhile(lambda dialog: dialog.reject())
    assert ask_number(page, "Random points", "How many pictures:", "Map", 20, (10, 50), 10) is None
