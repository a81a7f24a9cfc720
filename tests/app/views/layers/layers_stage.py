"""Reads what the layers view shows, and simulates input on it."""

from PySide6.QtCore import Qt

from zscape.models.inputs.units import UNITS

LAST = "norms.1"
"""The layer that is shown first: the second of two, with 4 units."""


def ranked(qtbot, view):
    """Wait until the units have their tiles; returns the view."""
    qtbot.waitUntil(lambda: view.seen is not None and bool(view.units.order), timeout=20_000)
    return view


def drawn(qtbot, view):
    """The picture, once it shows the current scene: uint8 [H, W, C]."""
    qtbot.waitUntil(
        lambda: view.sheet.frame is not None and view.sheet.frame.sweep == view.sweep() and view.layer_name == LAST,
        timeout=20_000,
    )
    return view.sheet.frame.images[0].copy()


def middle(view, unit):
    return view.units.tile_rect(view.units.order.index(unit)).center().toPoint()


def click(qtbot, view, unit, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(view.units, Qt.MouseButton.LeftButton, modifiers, middle(view, unit))


def edits(view):
    return UNITS.said(view.session.point).of(view.layer_name)
