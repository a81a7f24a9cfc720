"""The left side at 1024x700 with the bundled models: nothing is cut, and no panel takes room that another needs."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from windows import open_window

from zscape.app.state.settings import FIND_DIRECTIONS, Settings
from zscape.app.widgets.numbers.number_row import HEIGHT
from zscape.app.work.directions.directions import use
from zscape.models.inputs.directions import Direction

LEFT = ("latent", "directions", "classes")


@pytest.fixture
def window(qtbot, home, request):
    settings = Settings(home)
    settings.keep(FIND_DIRECTIONS, False)
    with open_window(qtbot, home, request.param, (1024, 700), settings=settings) as window:
        for _ in range(12):
            QApplication.processEvents()
        yield window


def in_sight(window, widget):
    """Whether `widget` lies completely inside all its ancestors."""
    whole = QRect(widget.mapToGlobal(QPoint()), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not window:
        if not QRect(above.mapToGlobal(QPoint()), above.size()).contains(whole):
            return False
        above = above.parentWidget()
    return True


@pytest.mark.parametrize("window", ["faces", "mnist", "letters", "faces-styles"], indirect=True)
def test_the_filmstrip_has_its_numbers_and_the_lists_whole_rows(window, qtbot):
    panels = window.panels
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
    for _ in range(12):
        QApplication.processEvents()
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
