"""Names beside the corners of a pad cover no corner and no other name."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPalette

from zscape.app.widgets.classes.class_pad import ClassPad
from zscape.app.widgets.pad.names import DOT, EDGE, places_of

FACES = ("calm", "smile", "laugh", "sad", "angry", "surprised", "scared", "wink", "asleep", "silly")
CLOTHES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
NAMES = {
    "digits": tuple("0123456789"),
    "faces": FACES,
    "clothes": CLOTHES,
    "letters": tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "two": ("cat", "dog"),
    "long": ("a long name here", "another long name", "third"),
    "forty": tuple(f"class {number}" for number in range(40)),
}


@pytest.fixture
def pad(qtbot, request):
    pad = ClassPad(NAMES[request.param])
    qtbot.addWidget(pad)
    pad.resize(232, 192)
    with qtbot.waitExposed(pad):
        pad.show()
    return pad


def placed(pad):
    """The dots of the corners, and the places of their names, with None for those without."""
    spots = [pad.square.pixel(place) for place, _ in pad.ground.corners]
    metrics = pad.fontMetrics()
    sizes = [QSizeF(metrics.horizontalAdvance(name) + 8.0, metrics.height()) for _, name in pad.ground.corners]
    dots = [QRectF(spot.x() - DOT, spot.y() - DOT, 2 * DOT, 2 * DOT) for spot in spots]
    return dots, places_of(spots, sizes, QRectF(pad.rect()))


@pytest.mark.parametrize("pad", NAMES, indirect=True)
def test_no_name_covers_a_corner_or_another_name(pad):
    dots, places = placed(pad)
    there = [place for place in places if place is not None]
    assert len(there) == len(dots) or len(dots) == 40
    assert len(there) > 2 or len(dots) == 2
    for place in there:
        assert QRectF(pad.rect()).contains(place)
        assert not any(place.intersects(dot) for dot in dots)
    for one, other in combinations(there, 2):
        assert not one.adjusted(EDGE, EDGE, -EDGE, -EDGE).intersects(other.adjusted(EDGE, EDGE, -EDGE, -EDGE))


@pytest.mark.parametrize("pad", ["faces", "two"], indirect=True)
def test_every_corner_is_seen(pad):
    pad.show_spot((0.0, 0.0))
    seen = pad.grab().toImage()
    ink = pad.palette().color(QPalette.ColorRole.WindowText)
    for place, _ in pad.ground.corners:
        assert QColor(seen.pixelColor(pad.square.pixel(place).toPoint())) == ink
