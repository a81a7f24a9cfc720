"""The menus of the window."""

from itertools import pairwise

from PySide6.QtWidgets import QMenu

from zscape.app.panels import PANELS
from zscape.app.views import VIEWS
from zscape.app.window.main_window import LEAST

MARK = 18
"""Pixels reserved for the mark at the left of an entry."""


def menus(window):
    """The menus of the header and their submenus, by title; filled as if they had been opened once."""
    found = {}
    for menu in window.header.findChildren(QMenu):
        menu.aboutToShow.emit()
        found[menu.title() or menu.parent().accessibleName()] = menu
    return found


def ticked(menu):
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_views_panels_and_themes_have_menus_that_tell_what_is_chosen(window):
    found = menus(window)
    texts = {title: [action.text() for action in menu.actions()] for title, menu in found.items()}
    assert texts["View menu"][-3:] == ["Views", "Panels", "Theme"]
    assert texts["Views"] == [f"Show {entry.title}" for entry in VIEWS.values()]
    assert set(texts["Panels"]) >= {f"{entry.title} panel" for entry in PANELS.values()}
    assert len(texts["Theme"]) == 3
    found["Views"].actions()[0].trigger()
    assert window.current_view == "image"
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


def inks(menu):
    """For each entry: the x at which its text or icon begins, and whether there is a mark before it."""
    menu.ensurePolished()
    menu.adjustSize()
    picture = menu.grab().toImage()
    for action in menu.actions():
        if action.isSeparator():
            continue
        place = menu.actionGeometry(action)
        paper = picture.pixel(place.center().x(), place.top())
        down = range(place.top(), place.bottom())
        columns = [x for x in range(place.width() // 2) if any(picture.pixel(place.left() + x, y) != paper for y in down)]
        yield action, min(x for x in columns if x > MARK), min(columns) <= MARK


def test_menus_fit_the_smallest_window_align_their_entries_and_are_not_widened_by_file_names(window, tmp_path):
    """Entries with marks, with icons, or with neither."""
    begins = {}
    for title, menu in menus(window).items():
        assert menu.sizeHint().height() <= LEAST[1], title
        lines = [action.isSeparator() for action in menu.actions()]
        if title in ("File menu", "Edit menu", "Animate menu", "View menu"):
            assert sum(lines) >= 2, title
        assert not lines or not (lines[0] or lines[-1]), title
        assert not any(one and other for one, other in pairwise(lines)), title
        for action, begin, marked in inks(menu):
            assert marked == action.isChecked(), action.text()
            begins[title, action.text()] = begin
        menu.aboutToShow.emit()  # opening again duplicates no separators
        assert [action.isSeparator() for action in menu.actions()] == lines, title
    assert max(begins.values()) - min(begins.values()) <= 3, "letters begin a pixel or two apart"
    path = tmp_path / f"R&D {'x' * 200}.png"
    path.touch()
    window.settings.keep_recent(path)
    window.recent.fill()
    assert window.recent.sizeHint().width() < 420
    (entry,) = [each for each in window.recent.actions() if each.text().startswith("R&&D xx")]
    assert entry.toolTip() == str(path)
    assert f"Recent: {path.name}" in [each.words for each in window.recent.commands()]
