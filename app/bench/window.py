"""Measurements in the real window, each in a separate process.

`main` prints JSON.

start: first paint and first image, in milliseconds from process start. frames: a slider moved at 120 Hz over a class sweep of 100
images, from the move to the painted frame. frames-training: the same while dcgan trains in a background job. pen: a digit drawn
in the restyle view, see `pen`. pad: the point dragged over the pad, see `pad`. map: 70,000 pictures in the map view, see `map`.
layers: some units moved in the layers view, see `layers`. paint: a circle painted in the paint view, see `pen.paint`.
export: a film written while the window is open; playback: a playing timeline, see `playing`. autosave: see `autosave`.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zscape.app.bench.slider import SECONDS, Drag

STARTED = time.time()

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from zscape.app.window.main_window import MainWindow

BARE = 60
"""The number of bare forward passes before the slider moves, and again after."""


def process_start() -> float:
    """When this process started, as time.time(): includes the start of the interpreter."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return STARTED
    ticks = int(stat.read_text().rpartition(")")[2].split()[19])
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return time.time() - (uptime - ticks / os.sysconf("SC_CLK_TCK"))


def start(window: MainWindow) -> dict[str, float]:
    """First paint and first image, in milliseconds from process start."""
    from PySide6.QtCore import QEventLoop

    began, loop, figures = process_start(), QEventLoop(), {}

    def painted() -> None:
        figures["first_paint_ms"] = 1000 * (time.time() - began)

    def drawn() -> None:
        figures["first_image_ms"] = 1000 * (time.time() - began)
        loop.quit()

    window.first_painted.connect(painted)
    window.first_imaged.connect(drawn)
    window.show()
    loop.exec()
    return figures


def frames(window: MainWindow, path: Path, device: str, training: bool) -> dict[str, float]:
    """Slider to painted frame, and the bare forward pass before and after it in the same process; draft: of drafts, if used."""
    import tempfile

    import numpy as np
    from PySide6.QtCore import QEventLoop, QTimer

    from zscape.app.bench.forward import bare_ms
    from zscape.app.widgets.numbers.number_list import NumberList
    from zscape.app.widgets.pictures.sheet import Sheet
    from zscape.models.files.checkpoint import load_model
    from zscape.models.inference.runner import GeneratorRunner

    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.show()
    loop.exec()
    runner = GeneratorRunner(load_model(path), device)
    runner.prepare_drafts()
    kinds = (False, True) if runner.drafted(100) else (False,)
    bare = {draft: bare_ms(runner, BARE, draft) for draft in kinds}
    with tempfile.TemporaryDirectory(prefix="zscape-bench-") as folder:
        if training:
            _train(window, Path(folder))
        row = window.panels["latent"].findChildren(NumberList)[0].row(0)
        assert row is not None
        drag = Drag(window, row.slider, window.views["class-sweep"].findChildren(Sheet)[0].painted)
        drag.run()
        window.jobs.shut_down()
    fast, *draft = (float(np.median(bare[kind] + bare_ms(runner, BARE, kind))) for kind in kinds)
    latency = np.percentile(drag.latencies, [50, 95, 100])
    return {
        "fast_ms": fast,
        "p50_ms": latency[0],
        "p95_ms": latency[1],
        "max_ms": latency[2],
        "p50_over_fast": latency[0] / fast,
        **{name: value for each in draft for name, value in (("draft_ms", each), ("p50_over_draft", latency[0] / each))},
        "frames_a_second": len(drag.latencies) / SECONDS,
        **drag.gaps,
    }


def layers(window: MainWindow) -> dict[str, float]:
    """In the layers view in its initial state: from a move of the slider that moves the maps of eight units right and left, until
    the units and the picture are painted.
    """
    import numpy as np
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    window.context.renderer.may_draft = False  # for a large model testing drafts takes seconds, and this view does not use them
    window.first_imaged.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.show()
    loop.exec()
    view: Any = window.show_view("layers")
    view.units.painted.connect(lambda _: QTimer.singleShot(500, loop.quit))
    loop.exec()
    view.units.select(view.units.order[:8])
    drag = Drag(window, view.box.rows["right"].slider, view.units.painted)
    drag.run()
    window.jobs.shut_down()
    latency = np.percentile(drag.latencies, [50, 95, 100])
    names = ("layers_p50_ms", "layers_p95_ms", "layers_max_ms")
    return {**dict(zip(names, latency.tolist(), strict=True)), "frames_a_second": len(drag.latencies) / SECONDS}


def _train(window: MainWindow, folder: Path) -> None:
    """Start training a dcgan on the bundled digits in a background job and wait until it has begun."""
    from PySide6.QtCore import QEventLoop

    from zscape.models.data.sources import load
    from zscape.models.training.config import load_config
    from zscape.models.training.train import train

    loop = QEventLoop()
    config, data = load_config("mnist-dcgan"), load("digits")
    job = window.jobs.start("training", lambda: train(config, data, folder), background=True)
    steps: list[int] = []

    def progressed(progress: Any) -> None:
        steps.append(progress.done)
        if progress.done >= 3:
            loop.quit()

    job.progressed.connect(progressed)
    loop.exec()


def started(path: Path, device: str) -> tuple[QApplication, MainWindow]:
    """A window as `zscape` creates it."""
    from zscape.app.window.startup.start import made, speed_up_imports

    speed_up_imports()
    return made(str(path), None, device)


def at_once(path: Path, device: str) -> tuple[QApplication, MainWindow]:
    """A window whose parts exist before it is shown."""
    from PySide6.QtWidgets import QApplication

    from zscape.app.state.settings import Settings
    from zscape.app.widgets import theme
    from zscape.app.window.main_window import MainWindow

    app = QApplication(["zscape"])
    theme.set_up(app)
    theme.apply("light")
    return app, MainWindow(Settings(), str(path), None, device)


def main(what: str, model: str, device: str, settings: str) -> None:
    """Measure `what` and print it as one line of JSON. Imports nothing before the window that the program itself does not.

    model: its file. settings: the settings folder.
    """
    os.environ["ZSCAPE_HOME"] = settings
    path = Path(model)
    _app, window = started(path, device) if what == "start" else at_once(path, device)
    from zscape.app.state.settings import FIND_DIRECTIONS
    from zscape.app.window.startup import collector

    window.settings.keep(FIND_DIRECTIONS, False)  # no search for directions: the process ends with the window
    window.first_imaged.connect(collector.leave_out)  # as in the program
    if what == "start":
        figures = start(window)
    elif what in ("pen", "paint"):
        from zscape.app.bench.pen import paint, pen

        figures = (pen if what == "pen" else paint)(window)
    elif what == "pad":
        from zscape.app.bench.pad import pad

        figures = pad(window)
    elif what == "map":
        from zscape.app.bench.map import map_figures

        figures = map_figures(window, Path(settings))
    elif what == "layers":
        figures = layers(window)
    elif what == "export":
        from zscape.app.bench.playing import export

        figures = export(window, Path(settings))
    elif what == "autosave":
        from zscape.app.bench.autosave import autosave

        figures = autosave(window)
    elif what == "playback":
        from zscape.app.bench.playing import playback

        figures = playback(window)
    else:
        figures = frames(window, path, device, what == "frames-training")
    window.close()
    import json

    print(json.dumps(figures))
