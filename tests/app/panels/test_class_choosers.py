"""Wherever a class is chosen, typing a part of its name finds it among many."""

import letters_model
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidgetAction
from stage import give_model, open_context, show

from zscape.app.panels.classes import ClassesPanel
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.arithmetic.view import ArithmeticView
from zscape.app.widgets.classes.class_box import ClassBox
from zscape.app.widgets.classes.class_chips import LINES, ClassChips
from zscape.models.inputs.kinds.classes import Classes

WORDS = ("shirt", "skirt", "t-shirt", "Shirt", "boot", *(f"hat {number}" for number in range(20)))
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


@pytest.fixture
def chips(qtbot):
    chips = ClassChips(WORDS)
    qtbot.addWidget(chips)
    chips.resize(250, 200)
    chips.show()
    return chips


def seen(chips):
    return [chip.accessibleName().removeprefix("Class ") for chip in chips.chips if chip.isVisible()]


def test_ten_classes_stand_in_one_line_once_there_is_room(qtbot):
    chips = ClassChips(tuple("0123456789"))
    qtbot.addWidget(chips)
    chips.resize(40, 200)  # as narrow as a panel is during construction: the lines scroll
    chips.show()
    bar = chips.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for width in (*range(48, 250, 8), 252):
        chips.resize(width, 200)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert {chip.y() for chip in chips.chips} == {0}
    assert chips.chips[9].visibleRegion().boundingRect() == chips.chips[9].rect()


def test_typing_leaves_the_classes_that_hold_it(qtbot, chips) -> None:
    qtbot.keyClicks(chips.search, "hirt")
    assert seen(chips) == ["shirt", "t-shirt", "Shirt"]
    qtbot.keyClick(chips.search, Qt.Key.Key_Escape)
    assert len(seen(chips)) == len(WORDS)
    qtbot.keyClicks(chips.search, "glove")
    assert seen(chips) == []
    assert chips.nothing.isVisible()


@pytest.mark.parametrize(("typed", "picked"), [("Shirt", 3), ("shirt", 0), ("SKIRT", 1), ("t-s", 2), ("boo", 4), ("glove", None)])
def test_enter_picks_the_one_that_is_called_so_or_else_the_first(qtbot, chips, typed, picked) -> None:
    got = []
    chips.picked.connect(got.append)
    qtbot.keyClicks(chips.search, typed)
    qtbot.keyClick(chips.search, Qt.Key.Key_Return)
    assert got == ([] if picked is None else [picked])


def test_the_chips_that_are_left_are_reached_by_keys(qtbot, chips) -> None:
    got = []
    chips.picked.connect(got.append)
    qtbot.keyClicks(chips.search, "hirt")
    qtbot.keyClick(chips.search, Qt.Key.Key_Down)
    for _ in range(5):
        qtbot.keyClick(chips.focusWidget(), Qt.Key.Key_Right)
    assert chips.focusWidget() is chips.chips[3]  # the last one that remains
    qtbot.keyClick(chips.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(chips.focusWidget(), Qt.Key.Key_Space)
    assert got == [2]


def test_few_classes_need_no_field(qtbot) -> None:
    chips = ClassChips(tuple("0123456789"))
    qtbot.addWidget(chips)
    chips.show()
    assert not chips.search.isVisible()


def test_chips_take_as_many_lines_as_they_need_and_then_scroll(qtbot) -> None:
    heights = {}
    for count in (10, 26, 62):
        chips = ClassChips(LETTERS[:count])
        qtbot.addWidget(chips)
        chips.resize(250, 400)
        chips.show()
        heights[count] = chips.area.height()
        assert chips.area.widget().width() <= chips.area.width()
    line = heights[10]
    assert heights[26] == 3 * line + 2 * 2
    assert heights[62] == LINES * (line + 2) - 2


@pytest.mark.parametrize("names", [tuple("0123456789"), LETTERS[:26], WORDS])
def test_the_words_of_a_mixture_stand_beside_the_chips_where_all_are_seen(qtbot, names) -> None:
    chips, words = ClassChips(names), QLabel("50% 1")
    words.setFixedHeight(16)
    qtbot.addWidget(chips)
    chips.say_last(words)
    chips.show()
    beside = {}
    for width in (60, 700, *range(60, 700, 40)):
        chips.resize(width, chips.minimumSizeHint().height())
        for _ in range(3):
            QApplication.processEvents()
        place = words.mapTo(chips, words.rect().center())
        is_beside = chips.area.geometry().contains(place)
        if is_beside:
            assert chips.area.verticalScrollBar().maximum() == 0
        else:
            assert place.y() > chips.area.geometry().bottom()
        assert beside.setdefault(width, is_beside) == is_beside  # only the width decides where
    assert (beside[60], beside[700]) == (False, True)


def test_a_chip_that_gets_the_keyboard_is_scrolled_into_sight(qtbot) -> None:
    chips = ClassChips(LETTERS)
    qtbot.addWidget(chips)
    chips.resize(250, 400)
    chips.show()
    qtbot.waitUntil(chips.isActiveWindow)
    last = chips.chips[-1]
    last.setFocus()
    assert chips.area.viewport().rect().contains(last.mapTo(chips.area.viewport(), last.rect().center()))


def test_the_panel_of_letters_picks_what_was_typed(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        give_model(qtbot, context, letters_model.model_of())
        panel = ClassesPanel(context)
        qtbot.addWidget(panel)
        panel.resize(264, 300)
        panel.show()
        control = panel.controls[0]
        qtbot.keyClicks(control.chooser.search, "q")
        qtbot.keyClick(control.chooser.search, Qt.Key.Key_Return)
        classes = context.session.space.first(Classes)
        assert classes.heaviest(context.session.point.value(classes)) == classes.labels.index("Q")
        assert control.chips[classes.labels.index("Q")].isChecked()
        assert control.chooser.search.text() == ""


def test_a_list_of_many_is_searched_by_typing(qtbot) -> None:
    box = ClassBox()
    qtbot.addWidget(box)
    box.set_names(["find it", *WORDS])
    box.show()
    box.setFocus()
    got = []
    box.chosen.connect(got.append)
    for typed, index in (("oot", 5), ("Shirt", 4), ("hirt", 1)):
        box.lineEdit().selectAll()
        qtbot.keyClicks(box, typed)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert box.currentIndex() == index
        assert box.lineEdit().text() == box.itemText(index)
    assert got == [5, 4, 1]
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "glove")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert got == [5, 4, 1]
    assert box.lineEdit().text() == "shirt"


def test_a_place_of_arithmetic_takes_its_point_in_another_class(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        view = show(qtbot, ArithmeticView(context))
        give_model(qtbot, context, letters_model.model_of())
        menu = view.menu("a")
        inner = next(action.menu() for action in menu.actions() if action.text() == "In class")
        (action,) = inner.actions()
        assert isinstance(action, QWidgetAction)
        chips = action.defaultWidget()
        qtbot.keyClicks(chips.search, "w")
        qtbot.keyClick(chips.search, Qt.Key.Key_Return)
        classes = context.session.space.first(Classes)
        put = context.session.scene.view(ArithmeticState).a
        assert classes.heaviest(put.value(classes)) == classes.labels.index("W")
        menu.deleteLater()
