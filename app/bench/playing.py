"""The window during a film export and during playback: its responsiveness, and the number of dropped frames."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.bench.beat import Beat

if TYPE_CHECKING:
    from zscape.app.window.main_window import MainWindow
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.timeline import Timeline

SECONDS, FPS = 4.0, 30
"""Length and frame rate of the film."""
WIDTH = 560
"""The width of the film in pixels, approximated by a whole-number scale."""
PLAYED = 8.0
"""The length of playback in seconds; some before it are a warm-up."""
READY = 2.0
SETTLED = 0.5
"""Seconds for what follows the first picture, so that it is not measured."""


def export(window: MainWindow, folder: Path) -> dict[str, float]:
    """A film of the class sweep is written by the export queue, with its window open: gaps, frames per second, seconds."""
    from PySide6.QtCore import QEventLoop

    from zscape.app.window.export.exporting import show_exports
    from zscape.app.work.exporting.export import Animation, save_animation

    sweep, timeline = _shown(window)
    model = window.session.model
    assert model is not None
    columns, width = sweep.shape(model.space)[1], model.spec.image_shape[2]
    folder.mkdir(parents=True, exist_ok=True)
    animation = Animation(folder / "film.mp4", SECONDS, FPS, max(1, round(WIDTH / (columns * width))))
    device, saved = window.session.device or "auto", window.opener.snapshot()
    loop, beat, queue = QEventLoop(), Beat(), window.context.exports
    queue.ended.connect(loop.quit)
    beat.start()
    began = time.perf_counter()
    written = queue.add(
        "Export", animation.path, lambda see: save_animation(animation, model, sweep, timeline, saved, device, see)
    )
    dialog = show_exports(window, window.context)
    loop.exec()
    seconds = time.perf_counter() - began
    figures = beat.stop()
    dialog.close()
    window.jobs.shut_down()
    if written.state != "done":
        raise RuntimeError(written.line)
    return {**figures, "export_seconds": seconds, "written_frames_a_second": animation.frames / seconds}


def playback(window: MainWindow) -> dict[str, float]:
    """The class sweep plays at 30 frames per second for PLAYED seconds: frames painted, frames dropped, and gaps.

    later: in the same time after another PLAYED seconds, when cached frames are shown. prepared_seconds: the time from pressing
    play until a slow sheet moves.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    _, timeline = _shown(window)
    window.session.edit_timeline("bench", timeline)
    player = window.timeline.player
    assert player is not None
    loop, beat = QEventLoop(), Beat()
    player.play()
    QTimer.singleShot(round(1000 * READY), loop.quit)
    loop.exec()
    player.pause()
    window.session.edit_timeline("bench", replace(timeline, seconds=timeline.seconds + 0.001))  # none of it is cached
    player.seek(0.0)
    pressed = time.perf_counter()
    player.play()
    player.changed.connect(lambda: loop.quit() if player.time and player.preparing is None else None)
    loop.exec()
    player.changed.disconnect()
    began = time.perf_counter()
    prepared = began - pressed
    beat.start()
    QTimer.singleShot(round(1000 * PLAYED), loop.quit)
    loop.exec()
    seconds = time.perf_counter() - began
    figures = {
        "shown_frames_a_second": player.shown / seconds,
        "shown_frames": float(player.shown),
        "dropped_frames": float(player.dropped),
        "prepared_seconds": prepared,
        **beat.stop(),
    }
    QTimer.singleShot(round(1000 * PLAYED), loop.quit)
    loop.exec()  # until every frame of the loop was drawn once
    before = player.dropped
    QTimer.singleShot(round(1000 * PLAYED), loop.quit)
    loop.exec()
    figures["dropped_frames_later"] = float(player.dropped - before)
    player.pause()
    window.jobs.shut_down()
    return figures


def _shown(window: MainWindow) -> tuple[Sweep, Timeline]:
    """The class sweep on screen, drawn, and its own loop."""
    from PySide6.QtCore import QEventLoop, QTimer

    from zscape.models.timeline.ready_made import usual

    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(round(1000 * SETTLED), loop.quit))
    window.show()
    loop.exec()
    window.show_view("class-sweep")
    QTimer.singleShot(round(1000 * SETTLED), loop.quit)
    loop.exec()
    sweep, space = window.views["class-sweep"].sweep(), window.session.space
    assert sweep is not None
    assert space is not None
    timeline = usual(sweep, space, SECONDS)
    assert timeline is not None
    return sweep, timeline
