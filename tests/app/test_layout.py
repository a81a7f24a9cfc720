"""The window at small sizes: it keeps the size it was given, and no control lies on another."""

from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from zscape.app.panels.model_info import ModelPanel
from zscape.app.views import VIEWS
from zscape.app.views.restyle.side import RestyleSide
from zscape.app.widgets.pixels import Pixels
from zscape.app.widgets.strip import Strip
from zscape.app.window.dock import LEAST

SIZES = [(860, 480), (1024, 600), (1280, 720)]
CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, Pixels)


def lay_out():
    """Let layouts come to an end: each asks its parent's in another turn of the event loop."""
    for _ in range(8):
        QApplication.processEvents()


def overlaps(area):
    """Pairs of visible controls in `area` that lie on each other, and those that reach out of it."""
    places = []
    for widget in area.findChildren(QWidget):
        inner = isinstance(widget.parent(), CONTROLS)  # the arrow or the text of a control is part of it
        if isinstance(widget, CONTROLS) and not inner and widget.isVisible():
            places.append((widget, QRect(widget.mapTo(area, QPoint(0, 0)), widget.size())))
    assert len(places) > 1
    pairs = [(a, b) for (a, at), (b, to) in combinations(places, 2) if at.intersects(to)]
    return pairs, [widget for widget, at in places if not area.rect().contains(at)]


def test_no_view_makes_the_window_grow_or_controls_overlap(qtbot, window):
    for size, name in product([*SIZES, SIZES[0]], VIEWS):  # what is hidden while the window changes must follow too
        window.resize(*size)
        view = window.show_view(name)
        lay_out()
        assert window.size().toTuple() == size, name
        for area in (window.header, *view.findChildren(Strip), *view.findChildren(RestyleSide)):
            assert overlaps(area) == ([], []), (name, area)


@pytest.mark.parametrize("size", SIZES[1:])
def test_restyle_fits_without_scrolling(qtbot, window, size):
    window.resize(*size)
    view = window.show_view("restyle")
    view.strip.example.click()
    qtbot.waitUntil(lambda: view.sheet.frame is not None and not view.busy, timeout=20_000)
    lay_out()
    assert view.size() == window.stack.size()


def test_the_window_can_be_as_small_as_it_says(window):
    assert window.minimumSizeHint().width() <= window.minimumWidth()
    assert window.minimumSizeHint().height() <= window.minimumHeight()


def test_panels_stay_readable_when_the_window_shrinks_and_grows(qtbot, window):
    window.resize(window.minimumSize())
    lay_out()
    window.resize(1280, 720)
    lay_out()
    assert window.docks["latent"].width() >= LEAST["left"]
    panel = window.panels["model"]
    assert isinstance(panel, ModelPanel)
    assert panel.width() >= LEAST["right"]
    value = next(label for label in panel.findChildren(QLabel) if label.text() == "tiny")
    assert value.width() > value.fontMetrics().horizontalAdvance(value.text())


def test_the_note_is_as_high_whatever_it_says(qtbot):
    side = RestyleSide()
    qtbot.addWidget(side)
    heights = set()
    for words in ("", "short", "as close as held-out images of its data, and then some more words"):
        side.show_state(None, (), "", encoder=True, refining=False, words=words)
        heights.add((side.note.sizeHint().height() and side.note.height(), side.minimumSizeHint().height()))
    assert len(heights) == 1
