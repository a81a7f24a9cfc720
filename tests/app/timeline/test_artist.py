"""A complete task by mouse alone: four points of four classes, 3 seconds, 512x512, a title held one second, a loop, as MP4 and
GIF.
"""

from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolButton

from zscape.app.state.session_file import load
from zscape.app.window.export.dialog import ExportDialog
from zscape.app.window.timeline.dialogs.animate_dialog import AnimateDialog
from zscape.models.media.film.mark_drawing import drawn
from zscape.models.timeline.mark_edits import marks_at

LEFT = Qt.MouseButton.LeftButton


class Mouse:
    """Clicks on visible controls, as a user would."""

    def __init__(self, qtbot):
        self.qtbot = qtbot

    def click(self, widget, pos=None):
        self.qtbot.waitUntil(lambda: widget.isVisible() and widget.isEnabled(), timeout=5_000)
        self.qtbot.mouseClick(widget, LEFT, pos=pos or widget.rect().center())

    def choose(self, button, words):
        """Choose an entry of a button's menu."""
        done = []

        def click():
            menu = QApplication.activePopupWidget()
            action = next(each for each in menu.actions() if each.text().replace("&", "") == words)
            action.triggered.connect(lambda: done.append(words))
            QTimer.singleShot(0, lambda: self.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center()))

        QTimer.singleShot(0, click)
        self.click(button, QPoint(8, 8))
        self.qtbot.waitUntil(lambda: bool(done) and QApplication.activePopupWidget() is None, timeout=5_000)

    def pick(self, box, words):
        """Choose an entry of a combo box."""
        view = box.view()

        def picked():
            if box.currentText() == words and not view.isVisible():
                return True
            if not view.isVisible():
                self.click(box)
            else:  # on a later attempt: Qt ignores a click right after the one that opened the list
                place = view.visualRect(box.model().index(box.findText(words), 0)).center()
                self.qtbot.mouseMove(view.viewport(), place)
                self.qtbot.mouseClick(view.viewport(), LEFT, pos=place)
            return False

        self.qtbot.waitUntil(picked, timeout=10_000)

    def less(self, box):
        """Click the lower arrow of a spin box."""
        self.click(box, QPoint(box.width() - 8, box.height() - 7))


@pytest.fixture
def mouse(qtbot):
    return Mouse(qtbot)


def keep_four_points(window, mouse, qtbot):
    """Choose four classes by their chips, each with another seed, and keep each point by the menu."""
    edit = next(each for each in window.header.findChildren(QToolButton) if each.text().replace("&", "") == "Edit")
    for number in (3, 1, 4, 7):
        mouse.choose(edit, "Re-roll")
        chip = next(
            each for each in window.panels["classes"].findChildren(QToolButton) if each.text() == str(number) and each.isVisible()
        )
        mouse.click(chip)
        mouse.choose(edit, "Keep point")
    assert len(window.session.scene.shelf) == 4


def export(window, mouse, qtbot, words):
    """Export the film with the dialog."""
    mouse.click(window.timeline.panel.film)
    dialog = window.findChild(ExportDialog)
    mouse.pick(dialog.film.format, words)
    if not dialog.size_choice.exact:
        mouse.pick(dialog.size_choice.how, "In pixels")
    assert dialog.size_choice.pixels.text() == "512x512"
    with qtbot.waitSignal(window.context.exports.ended, timeout=110_000):
        mouse.click(dialog.save_button)
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None, timeout=5_000)


def test_a_film_by_mouse_alone(window, mouse, qtbot, tmp_path):
    window.settings.keep_folder(tmp_path / "x")
    window.show_view("image")
    keep_four_points(window, mouse, qtbot)
    mouse.click(window.panels["shelf"].animate)
    dialog = window.findChild(AnimateDialog)
    for _ in range(4):
        mouse.less(dialog.leg)  # 0.5 s for each leg: four of them and the title make 3 s
    mouse.click(dialog.start)
    panel = window.timeline.panel
    mouse.click(window.timeline.transport.play)
    assert not window.timeline.player.playing
    mouse.click(panel.track, QPoint(round(panel.track.scale.x(0.0)) + 1, 8))
    mouse.choose(panel.texts.button, "Title card")
    timeline = window.session.scene.timeline
    assert (timeline.seconds, timeline.loop, timeline.duration) == (3.0, True, 3.0)
    assert [(each.kind, each.start, each.seconds) for each in timeline.marks] == [("card", 0.0, 1.0)]

    export(window, mouse, qtbot, "MP4")
    export(window, mouse, qtbot, "GIF")
    title = drawn(marks_at(timeline, 0.0, window.session.space), (512, 512))[..., :3].astype(np.int16)
    with av.open(str(tmp_path / "image.mp4")) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (512, 512, 25)
        frames = [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in film.decode(stream)]
        assert float(stream.duration * stream.time_base) == 3.0
    assert len(frames) == 75
    off = [np.abs(frame - title).mean() for frame in frames]
    assert max(off[:25]) < 2  # exactly the title, for exactly one second
    assert min(off[25:]) > 2
    moves = [np.abs(b - a).mean() for a, b in pairwise(frames[25:])]
    assert max(moves) > 0
    first = np.abs(frames[25] - frames[-1]).mean()  # the loop closes after the title as smoothly as any two frames follow
    assert first <= 1.1 * max(moves)
    with Image.open(tmp_path / "image.gif") as film:
        assert (film.size, film.n_frames, film.info["duration"], film.info["loop"]) == ((512, 512), 75, 40, 0)
        shown = []
        for place in (0, 25, 50, 74):
            film.seek(place)
            shown.append(np.asarray(film.convert("RGB")).astype(np.int16))
    titled, begin, later, last = shown
    assert np.abs(titled - title).max() <= 8
    assert np.abs(later - frames[50]).mean() < 4
    assert np.abs(begin - last).mean() <= 1.1 * max(moves)
    for name in ("image.mp4", "image.gif"):
        assert load(tmp_path / name).scene.timeline == timeline
