"""The left side at 1024x700 with the bundled models: nothing is cut, and no panel takes room that another needs."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from windows import open_window

from zscape.app.state.settings import FIND_DIRECTIONS, Settings
from zscape.app.widgets.numbers.number_row import HEIGHT
from zscape.app.window.docking.dock import HEIGHT as TITLE
from zscape.app.work.directions.directions import use
from zscape.models.inputs.directions import Direction

LEFT = ("latent", "directions", "classes")


@pytest.fixture
def window(qtbot, home, request):
    settings = Settings(home)
    settings.keep(FIND_DIRECTIONS, False)
    with open_window(qtbot, home, request.param, (1024, 700), settings=settings) as window:
        lay_out()
        yield window


def lay_out():
    for _ in range(12):
        QApplication.processEvents()


def in_sight(window, widget):
    """Whether `widget` lies completely inside all its ancestors."""
    whole = QRect(widget.mapToGlobal(QPoint()), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not window:
        if not QRect(above.mapToGlobal(QPoint()), above.size()).contains(whole):
            return False
        above = above.parentWidget()
    return True


def fit(window, qtbot):
    """The panels and the pad of classes fit a usual window."""
    for size in ((1024, 700), (1280, 720)):
        window.resize(*size)
        lay_out()
        assert [each for each in ("latent", "directions", "classes") if window.docks[each].is_folded] == []
        for each in ("directions", "classes"):
            area = window.docks[each].widget()  # at least two lines of its contents
            assert area.viewport().height() >= min(100, window.docks[each].need - TITLE), (each, size)
        film = window.panels["directions"].strip.film  # the second slider makes room for it
        assert film.visibleRegion().boundingRect() == film.rect(), size
        before = window.docks["latent"].height()
        control = window.panels["classes"].controls[0]
        qtbot.mouseClick(control.mix, Qt.MouseButton.LeftButton)
        for each in (control.pad, control.mix, control.chips[0], control.chips[-1]):  # the chips are not scrolled away for it
            qtbot.waitUntil(lambda each=each: each.visibleRegion().boundingRect() == each.rect())
        qtbot.mouseClick(control.mix, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda before=before: window.docks["latent"].height() > before - 16)


@pytest.mark.parametrize("window", ["faces", "mnist", "letters", "faces-styles"], indirect=True)
def test_the_class_pad_fits_the_filmstrip_has_its_numbers_and_the_lists_whole_rows(window, qtbot):
    panels = window.panels
    if "styles" not in panels:  # with that panel there is too little room for all
        fit(window, qtbot)
        window.resize(1024, 700)
        lay_out()
    classes, latent = panels["classes"].controls[0], panels["latent"].controls[0]
    if not panels["directions"].known:
        rows = np.eye(len(latent.rows.entries)).tolist()
        use(window.context, [Direction(str(place), "z", tuple(row)) for place, row in enumerate(rows)])
    for rows in (panels["directions"].rows, latent.rows):
        qtbot.waitUntil(lambda rows=rows: rows.viewport().height() >= 2 * HEIGHT)
        assert rows.viewport().height() % HEIGHT == 0
    for widget in (panels["directions"].rows, panels["directions"].strip.film, latent.tiles, classes.mix, classes.chips[-1]):
        qtbot.waitUntil(lambda widget=widget: in_sight(window, widget))
    for name in LEFT if "styles" not in panels else ():  # with the styles panel there is too little room for all
        bar = panels[name].parent().parent().verticalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.maximum() == 0)
    window.resize(860, 480)
    qtbot.waitUntil(lambda: window.docks["directions"].is_folded)
    lay_out()
    bar = panels["classes"].parent().parent().verticalScrollBar()  # it is not scrolled for the last pixels
    assert bar.maximum() == 0


@pytest.mark.parametrize("window", ["fashion-mnist"], indirect=True)  # without bundled directions
def test_a_panel_with_little_in_it_leaves_its_room_to_the_others(window, qtbot):
    docks, rows = window.docks, window.panels["latent"].controls[0].rows
    for name in ("directions", "classes"):
        qtbot.waitUntil(lambda name=name: docks[name].height() < docks[name].need + HEIGHT / 4)
    assert rows.viewport().height() >= 6 * HEIGHT
    docks["latent"].fold(True)
    qtbot.waitUntil(lambda: docks["latent"].height() < 2 * HEIGHT)
    assert docks["classes"].height() < docks["classes"].need + HEIGHT / 4
    docks["latent"].fold(False)
    window.panels["classes"].controls[0].mix.click()
    qtbot.waitUntil(lambda: in_sight(window, window.panels["classes"].controls[0].pad), timeout=10_000)
    window.panels["classes"].controls[0].mix.click()
    qtbot.waitUntil(lambda: rows.viewport().height() >= 6 * HEIGHT, timeout=10_000)
