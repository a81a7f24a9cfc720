"""A side with more panels than fit: some are folded, none is cut, and the user can change which."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from stage import write_styled

from zscape.app.panels import PANELS
from zscape.app.widgets.pictures.latent_tiles import LatentTiles

LEFT = ("latent", "styles", "classes", "noise")
NAMES = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.fixture(scope="module")
def styled(tmp_path_factory):
    """The file of a small untrained StyleGAN2 with 26 classes and noise: a model with four panels."""
    return write_styled(tmp_path_factory.mktemp("styled") / "styled.safetensors", NAMES, z_size=64, noise=True)


@pytest.fixture
def window(start, styled):
    window = start(styled, size=(1024, 700))
    lay_out()
    return window


def lay_out():
    for _ in range(12):
        QApplication.processEvents()


def open_ones(window):
    return [name for name in LEFT if not window.docks[name].is_folded]


def parts_of(tiles):
    """The places of the rows of tiles and of the scale below them."""
    rows = [tiles.tile_rect(number).toAlignedRect() for number in range(0, 64, tiles.columns)]
    return [*rows, QRect(0, tiles.height() - 13, tiles.width(), 12)]


def check(window):
    """No panel overlaps another or leaves the window, and open panels are completely visible or scroll."""
    places = {name: window.docks[name].geometry() for name in LEFT}
    assert not [pair for pair in combinations(LEFT, 2) if places[pair[0]].intersects(places[pair[1]])]
    assert all(window.rect().contains(place) for place in places.values())
    for name in open_ones(window):
        area = window.docks[name].widget()
        title = window.docks[name].titleBarWidget()
        assert area.geometry().top() >= title.sizeHint().height(), name
        panel = window.panels[name]
        assert panel.height() >= panel.minimumSizeHint().height(), name
        if panel.height() > area.viewport().height():
            assert area.verticalScrollBar().isVisible(), name
        seen = area.viewport().height()
        parts = [
            part.translated(each.mapTo(panel, QPoint(0, 0)))
            for each in panel.findChildren(LatentTiles)
            for part in parts_of(each)
        ]
        assert area.verticalScrollBar().value() or not [part for part in parts if part.top() < seen <= part.bottom()], name
        for child in panel.children():
            if isinstance(child, QWidget) and child.isVisible():
                assert panel.rect().contains(QRect(child.mapTo(panel, QPoint(0, 0)), child.size())), (name, child)


def test_nothing_lies_on_anything_and_nothing_is_cut(qtbot, window):
    for size in ((1024, 700), (1280, 720), (860, 480), (1280, 1400)):
        window.resize(*size)
        lay_out()
        qtbot.waitUntil(lambda: check(window) is None)  # docks move as if animated
        assert "latent" in open_ones(window), size
        if size[1] >= 700:
            assert open_ones(window) == list(LEFT), size


def test_in_a_low_window_the_highest_ranks_are_folded_until_another_gives_its_room(qtbot, window):
    window.resize(1024, 500)
    lay_out()
    assert open_ones(window) in (["latent", "classes"], ["latent", "classes", "noise"])
    assert PANELS["styles"].rank > PANELS["noise"].rank > PANELS["classes"].rank > PANELS["latent"].rank
    before = open_ones(window)
    window.docks["latent"].chevron.click()
    lay_out()
    assert "latent" not in open_ones(window)
    assert len(set(open_ones(window)) - set(before)) > 0
    qtbot.waitUntil(lambda: check(window) is None)


def test_one_click_on_the_words_of_a_folded_panel_opens_it_and_others_give_way(qtbot, window):
    window.resize(1024, 500)
    lay_out()
    for name in LEFT:
        dock = window.docks[name]
        if dock.is_folded:
            assert dock.title.isVisible()
            qtbot.mouseClick(dock.title.label, Qt.MouseButton.LeftButton)
            assert not dock.is_folded, name
            qtbot.mouseClick(dock.title, Qt.MouseButton.LeftButton, pos=dock.title.rect().center())
            assert dock.is_folded, name
            break
    else:
        raise AssertionError("no panel was folded")
    for name in ("styles", "noise", "classes", "latent", "styles"):
        if window.docks[name].is_folded:
            window.docks[name].chevron.click()
        lay_out()
        assert name in open_ones(window)
        qtbot.waitUntil(lambda: check(window) is None)  # docks move as if animated


def test_a_drag_does_not_fold_a_double_click_does_and_a_panel_that_grows_has_room(qtbot, window):
    dock = window.docks["latent"]
    qtbot.mousePress(dock.title, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    qtbot.mouseMove(dock.title, QPoint(40, 60))
    qtbot.mouseRelease(dock.title, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    assert not dock.is_folded
    dock.setFloating(False)
    qtbot.mouseClick(dock.title, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(dock.title, Qt.MouseButton.LeftButton)
    assert dock.is_folded
    assert not dock.isFloating()
    lay_out()
    window.panels["classes"].controls[0].mix.click()
    lay_out()
    assert window.panels["classes"].controls[0].mixer.isVisible()
    qtbot.waitUntil(lambda: check(window) is None)
