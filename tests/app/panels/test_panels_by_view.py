"""Which panels each view has, and how the user's own folding changes it."""

from PySide6.QtWidgets import QApplication

from zscape.app.panels import PANELS
from zscape.app.state.settings import Settings
from zscape.app.views import VIEWS
from zscape.app.window.main_window import MainWindow

ALWAYS = ("latent", "classes", "shelf", "about", "model")
"""The panels for the model of these tests."""


def open_panels(window):
    return {name for name in ALWAYS if window.docks[name].isVisible() and not window.docks[name].is_folded}


def test_a_view_has_the_panels_that_it_uses(window):
    for name in VIEWS:
        window.show_view(name)
        wanted = VIEWS[name].panels
        assert open_panels(window) == set(ALWAYS if wanted is None else wanted) & set(ALWAYS), name


def test_a_view_has_the_room_of_panels_it_does_not_use_but_a_person_may_fold_or_open_any(window):
    window.docks["shelf"].chevron.click()
    for name in ("image", "restyle", "train", "image"):
        window.show_view(name)
        assert "shelf" not in open_panels(window), name
    window.docks["shelf"].chevron.click()
    assert open_panels(window) == set(ALWAYS)
    window.resize(1280, 720)
    QApplication.processEvents()
    before = window.stack.width()
    window.show_view("train")
    QApplication.processEvents()
    assert window.stack.width() == window.width() > before
    window.show_view("image")
    QApplication.processEvents()
    assert window.stack.width() == before
    window.show_view("train")
    window.docks["model"].toggleViewAction().trigger()
    assert open_panels(window) == {"model"}
    window.show_view("image")
    assert open_panels(window) == set(ALWAYS)
    window.show_view("train")
    assert open_panels(window) == {"model"}
    window.docks["about"].chevron.click()
    assert open_panels(window) == {"model", "about"}


def test_only_panels_changed_by_the_user_are_remembered(window, qtbot, home, tiny_model):
    window.docks["about"].chevron.click()
    window.docks["classes"].toggleViewAction().trigger()
    window.show_view("train")
    assert open_panels(window) == set()
    window.close()
    again = MainWindow(Settings(home), model=str(tiny_model))
    with qtbot.waitSignal(again.completed, timeout=30_000):
        again.show()
    try:
        assert again.current_view == "train"
        assert open_panels(again) == set()
        again.show_view("image")
        assert open_panels(again) == {"latent", "shelf", "model"}
        assert again.docks["about"].isVisible()
        assert not again.docks["classes"].isVisible()
    finally:
        again.close()
        again.deleteLater()


def test_every_panel_that_a_view_names_is_there():
    for name, view in VIEWS.items():
        assert set(view.panels or ()) <= set(PANELS), name
