"""A recipe as text: copied from one window, through another program, into another window."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from recipes import recipe, with_class
from stage import drop
from windows import open_window

from zscape.app.state.clipboard import recipe_in_text, recipe_json
from zscape.models.errors import ZscapeError

POINT = with_class(recipe(seeds=((4, 1.0), (7, 0.5)), coordinates=((2, 1.5),), truncation=0.8), 3, 10)
TEXT = recipe_json(POINT)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"\n  {TEXT}\n",
        f"Look at this one:\n```json\n{TEXT}\n```\nNice, isn't it?",
        f"> {TEXT}",
        f"'{TEXT}'",
        TEXT.replace(",", ",\n   "),
        TEXT.replace('"', "\u201d").replace(":", ":\u00a0"),
    ],
    ids=["alone", "space", "markdown", "quoted", "quotation marks", "wrapped", "typographic"],
)
def test_a_recipe_is_found_in_text_that_other_programs_changed(text):
    assert recipe_in_text(text) == POINT


@pytest.mark.parametrize("text", ["", "no recipe", "{}", "def f(): { }", "} {", "{1, 2}", '{"root": -1}', '{"a": {"root": 1}}'])
def test_text_without_a_recipe_is_one_line(text):
    with pytest.raises(ZscapeError) as caught:
        recipe_in_text(text)
    assert "\n" not in str(caught.value)


def test_the_current_point_is_copied_and_pasted_into_another_window(window, qtbot, tmp_path, tiny_model):
    window.session.edit_point("go", POINT)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    text = QGuiApplication.clipboard().text()
    assert recipe_in_text(text) == POINT
    QGuiApplication.clipboard().setText(f"from a friend: {text}")  # as in a message
    with open_window(qtbot, tmp_path / "other", tiny_model) as other:
        before = other.session.point
        other.actions_by_name["paste"].trigger()
        assert other.session.point == POINT
        other.actions_by_name["undo"].trigger()
        assert other.session.point == before


def test_text_is_dropped_on_the_window_unless_it_is_of_another_model(window):
    data = QMimeData()
    data.setText(f"see {TEXT}")
    assert drop(window, data)
    assert window.session.point == POINT
    assert "the one that was pasted or dropped" in window.status.currentMessage()
    data.setText("not {this}")
    assert not drop(window, data)
    window.message_bar.hide()
    before = window.session.point
    QGuiApplication.clipboard().setText(recipe_json(recipe(seeds=(), numbers=(0.5,) * 5)))
    window.actions_by_name["paste"].trigger()
    assert window.session.point == before
    assert window.message_bar.isVisible()
