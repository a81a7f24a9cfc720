"""Simulated input on the restyle view, and waiting for what is found."""

from PySide6.QtGui import QColor, QImage, QPainter
from stage import stroke

from zscape.app.views.restyle.state import RestyleState
from zscape.models.sweeps.single import Single

SEVEN = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]


def restyle(view):
    return view.session.scene.view(RestyleState).given


def encoded(qtbot, view):
    """Wait until the picture is encoded and both sheets show the result."""
    qtbot.waitUntil(lambda: restyle(view) is not None and restyle(view).found is not None and not view.busy, timeout=20_000)
    qtbot.waitUntil(lambda: view.sheet.frame is not None and view.sheet.frame.sweep == view.sweep())
    qtbot.waitUntil(
        lambda: view.reconstruction.frame is not None and view.reconstruction.frame.sweep == Single(restyle(view).found)
    )
    return restyle(view)


def draw_seven(qtbot, view):
    stroke(qtbot, view.pad, SEVEN)
    return encoded(qtbot, view)


def photo(path, ink="black", paper="white"):
    image = QImage(300, 240, QImage.Format.Format_RGB32)
    image.fill(QColor(paper))
    with QPainter(image) as painter:
        painter.fillRect(140, 40, 24, 160, QColor(ink))
    assert image.save(str(path))
    return path
