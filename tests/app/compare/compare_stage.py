"""What is waited for in the compare view, and seen in it."""


def settled(qtbot, view):
    """Wait until both sides and their difference are of the scene as it is now."""
    qtbot.waitUntil(lambda: not view.busy)
    return view


def middle(sheet):
    """The colour in the middle of what `sheet` has on screen."""
    place = sheet.picture_rect().center().toPoint()
    return sheet.grab().toImage().pixelColor(place)
