"""Tabs with more and with less room than they need."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from zscape.app.views import VIEWS
from zscape.app.widgets.controls.view_tabs import NARROW, WIDE, ViewTabs

WORDS = ("Image", "Class sweep", "Style sweep", "Style mixing", "Restyle", "Arithmetic", "Train")


@pytest.fixture
def tabs(qtbot):
    tabs = ViewTabs()
    qtbot.addWidget(tabs)
    for word in WORDS:
        tabs.setTabToolTip(tabs.addTab(word), f"about {word}")
    with qtbot.waitExposed(tabs):
        tabs.show()
    tabs.resize(900, 32)
    QApplication.processEvents()
    return tabs


def needed(tabs, space):
    return sum(tabs.fontMetrics().horizontalAdvance(word) + 2 + 2 * space for word in WORDS)


def shown(tabs):
    return [tabs.tabText(index) for index in range(tabs.count()) if tabs.isTabVisible(index)]


def test_with_room_for_all_there_is_no_menu(tabs):
    assert tabs.hidden == []
    assert tabs.more.isHidden()
    assert tabs.space() == WIDE
    tabs.resize(needed(tabs, NARROW), 32)
    assert tabs.hidden == []
    assert tabs.space() == NARROW


def test_the_last_ones_go_into_the_menu_the_greyed_ones_first(tabs, qtbot):
    tabs.setTabEnabled(3, False)
    tabs.resize(needed(tabs, NARROW) - 4, 32)
    assert "Style mixing" not in shown(tabs)
    assert tabs.more.isVisible()
    tabs.resize(330, 32)
    assert shown(tabs) == list(WORDS[:3])
    tabs.fill()
    entries = {action.text(): action for action in tabs.others.actions()}
    assert list(entries) == list(WORDS[3:])
    assert not entries["Style mixing"].isEnabled()
    assert entries["Train"].toolTip() == "about Train"
    with qtbot.waitSignal(tabs.currentChanged) as changed:
        entries["Train"].trigger()
    assert changed.args == [6]
    assert tabs.currentIndex() == 6
    assert "Train" in shown(tabs)
    assert all(tabs.rect().contains(tabs.tabRect(WORDS.index(word))) for word in shown(tabs))
    tabs.resize(900, 32)
    assert shown(tabs) == list(WORDS)


def test_the_arrow_keys_go_along_the_tabs_that_are_seen(tabs, qtbot):
    tabs.resize(330, 32)
    tabs.setFocus()
    for _ in range(5):
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.isTabVisible(tabs.currentIndex())
    assert tabs.tabText(tabs.currentIndex()) == shown(tabs)[-1]


def test_a_click_on_a_tab_shows_its_view_at_the_smallest_usual_size(window, qtbot):
    window.resize(1024, 700)
    QApplication.processEvents()
    for name in ("image", "restyle", "train"):
        tabs, index = window.tabs, list(VIEWS).index(name)
        assert tabs.isTabVisible(index), name
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(index).center())
        assert window.current_view == name
