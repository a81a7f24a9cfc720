"""The artist: four points of four classes, six seconds, 512x512, as a loop, as MP4 and GIF, by the mouse and what is typed."""

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from test_window import sheet_of

from zscape.app.window.export.dialog import ExportDialog
from zscape.app.window.timeline.animate_dialog import AnimateDialog

LEFT = Qt.MouseButton.LeftButton


def film(window, qtbot, form):
    """Export what the timeline plays; returns the file."""
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    dialog = next(each for each in window.findChildren(ExportDialog) if each.isVisible())
    assert dialog.motion.currentText() == "The timeline"
    dialog.format.setCurrentText(form)
    dialog.size_choice.how.setCurrentText("In pixels")
    dialog.size_choice.pixels.selectAll()
    qtbot.keyClicks(dialog.size_choice.pixels, "512x512")
    path = dialog.chosen
    with qtbot.waitSignal(window.context.exports.ended, timeout=60_000):
        qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save), LEFT)
    return path


def frames_of(path):
    if path.suffix == ".mp4":
        with av.open(str(path)) as read:
            assert read.streams.video[0].average_rate == 25
            return [frame.to_ndarray(format="gray") for frame in read.decode(video=0)]
    with Image.open(path) as read:
        found = []
        for place in range(read.n_frames):
            read.seek(place)
            assert read.info["duration"] == 40
            found.append(np.asarray(read.convert("L")))
        return found


@pytest.mark.timeout(240)
def test_from_four_tiles_to_two_films(window, qtbot, tmp_path):
    window.settings.keep_folder(tmp_path / "x")
    about = window.panels["about"]
    for row, tile in enumerate((2, 33, 65, 97), 1):
        sheet_of(window).hovered.emit(tile)
        qtbot.mouseClick(about.buttons["keep"], LEFT)
        assert len(window.session.scene.shelf) == row
    button = window.panels["shelf"].animate
    qtbot.waitUntil(button.isVisible, timeout=5_000)  # panels follow the scene a moment later
    qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(window.findChild(AnimateDialog).start, LEFT)
    timeline = window.session.scene.timeline
    assert (timeline.seconds, timeline.loop) == (6.0, True)
    window.timeline.player.pause()
    window.show_view("image")
    found = {}
    for form in ("MP4", "GIF"):
        found[form] = frames = frames_of(film(window, qtbot, form))
        assert (len(frames), frames[0].shape) == (150, (512, 512))
        steps = [np.abs(b.astype(int) - a).mean() for a, b in zip(frames, [*frames[1:], frames[0]], strict=True)]
        assert steps[-1] <= max(steps[:-1]) * 1.1, "the last frame meets the first as closely as neighbours meet"
        assert max(steps) > 0
    off = np.abs(np.array(found["MP4"][::30]).astype(int) - np.array(found["GIF"][::30]))
    assert off.mean() < 6, "both show the same"
