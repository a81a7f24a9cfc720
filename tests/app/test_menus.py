"""The menus of the window."""

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
