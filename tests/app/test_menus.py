"""The menus of the window."""

from itertools import pairwise

from PySide6.QtWidgets import QMenu

from zscape.app.panels import PANELS
from zscape.app.views import VIEWS
from zscape.app.window.main_window import LEAST


def menus(window):
    """The menus of the header, and those in them, by title: opened once, as a person does."""
    found = {}
    for menu in window.header.findChildren(QMenu):
        menu.aboutToShow.emit()
        found[menu.title() or menu.parent().accessibleName()] = menu
    return found


def test_no_menu_is_higher_than_the_smallest_window(window):
    for title, menu in menus(window).items():
        assert menu.sizeHint().height() <= LEAST[1], title


def test_views_panels_and_themes_have_menus_of_their_own(window):
    found = menus(window)
    texts = {title: [action.text() for action in menu.actions()] for title, menu in found.items()}
    assert texts["View menu"][-3:] == ["Views", "Panels", "Theme"]
    assert texts["Views"] == [f"Show {entry.title}" for entry in VIEWS.values()]
    assert set(texts["Panels"]) >= {f"{entry.title} panel" for entry in PANELS.values()}
    assert len(texts["Theme"]) == 3
    found["Views"].actions()[0].trigger()
    assert window.current_view == "image"


def test_long_menus_are_in_groups(window):
    for title, menu in menus(window).items():
        lines = [action.isSeparator() for action in menu.actions()]
        if title in ("File menu", "Edit menu", "Animate menu", "View menu"):
            assert sum(lines) >= 2, title
        assert not lines or not (lines[0] or lines[-1]), title
        assert not any(one and other for one, other in pairwise(lines)), title
        menu.aboutToShow.emit()  # once more: no line comes twice
        assert [action.isSeparator() for action in menu.actions()] == lines, title


def ticked(menu):
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_menus_tell_what_is_chosen(window):
    found = menus(window)
    window.show_view("pad")
    assert ticked(found["Views"]) == [f"Show {VIEWS['pad'].title}"]
    window.actions_by_name["view style-mixing"].trigger()  # which this model has not
    assert ticked(found["Views"]) == [f"Show {VIEWS['pad'].title}"]
    window.actions_by_name["dark"].trigger()
    assert ticked(found["Theme"]) == ["Dark theme"]
    window.actions_by_name["light"].trigger()
    assert ticked(found["Theme"]) == ["Light theme"]
    assert "Timeline" not in ticked(found["Animate menu"])
    window.actions_by_name["timeline"].trigger()
    assert "Timeline" in ticked(found["Animate menu"])
