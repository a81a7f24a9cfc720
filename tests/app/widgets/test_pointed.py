"""Widgets with several parts: which part is under the mouse, and its description."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from recipes import recipe
from stage import show

from zscape.app.widgets import tipped
from zscape.app.widgets.map.near_grid import NearGrid
from zscape.app.widgets.pictures.filmstrip import Filmstrip
from zscape.app.widgets.pictures.thumbs import Thumbs


def pictures(count):
    return [QImage(28, 28, QImage.Format.Format_RGB32) for _ in range(count)]


def thumbs():
    widget = Thumbs("nothing")
    widget.show_recipes([recipe(seeds=((seed, 1.0),)) for seed in range(3)])
    widget.show_pictures(pictures(3), ["a", "b", "c"])
    return widget, "b"


def near_grid():
    widget = NearGrid(3, 1)
    widget.show_pictures(pictures(3), ["a", "b", "c"])
    return widget, "b"


def filmstrip():
    widget = Filmstrip()
    widget.show_pictures([-1.0, 0.0, 1.5], pictures(3))
    return widget, "+0: click to go there"


@pytest.mark.parametrize("make", [thumbs, near_grid, filmstrip])
def test_pointed_part_is_signalled_once_and_on_leave(qtbot, make):
    widget, _ = make()
    show(qtbot, widget, 300, 80)
    told = []
    widget.hovered.connect(told.append)
    middle = widget.rect_of(1).center().toPoint()
    for place in (middle, middle + QPoint(2, 0)):
        QTest.mouseMove(widget, place)
    qtbot.waitUntil(lambda: told == [1])
    assert widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
    assert told == [1, -1]
    assert widget.cursor().shape() == Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("make", [thumbs, near_grid, filmstrip])
def test_the_tooltip_is_that_of_the_part_and_else_the_widgets_own(qtbot, make, monkeypatch):
    widget, words = make()
    show(qtbot, widget, 300, 80)
    widget.setToolTip("the widget's own")
    shown = []
    monkeypatch.setattr(tipped, "QToolTip", SimpleNamespace(showText=lambda where, text, of: shown.append(text)))
    for place in (widget.rect_of(1).center().toPoint(), QPoint(-5, -5)):
        QApplication.sendEvent(widget, QHelpEvent(QHelpEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    assert shown == [words, "the widget's own"]
