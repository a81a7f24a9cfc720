"""Waits for the compare view, and reads its pictures."""


def settled(qtbot, view):
    """Wait until both sides and their difference match the current scene."""
    qtbot.waitUntil(lambda: not view.busy)
    return view


def middle(sheet):
    """The colour in the middle of the picture that `sheet` shows."""
    place = sheet.picture_rect().center().toPoint()
    return sheet.grab().toImage().pixelColor(place)
