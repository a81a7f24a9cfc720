"""The cost of saving the session while a slider moves: with an empty and a full shelf, written twice per second."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zscape.app.bench.slider import SECONDS, Drag

if TYPE_CHECKING:
    from zscape.app.window.main_window import MainWindow

SHELF = 500
"""The number of points on the full shelf."""


def autosave(window: MainWindow) -> dict[str, float]:
    """Gaps of the event loop and frames per second with SHELF points, and with none, in one run."""
    from PySide6.QtCore import QEventLoop, QTimer

    from zscape.app.widgets.numbers.number_list import NumberList
    from zscape.app.widgets.pictures.sheet import Sheet
    from zscape.models.inputs.kinds.latent import LatentValue

    loop = QEventLoop()
    window.first_imaged.connect(lambda: QTimer.singleShot(1000, loop.quit))
    window.show()
    loop.exec()
    session = window.session
    row = window.panels["latent"].findChildren(NumberList)[0].row(0)
    assert row is not None
    sheet = window.views["class-sweep"].findChildren(Sheet)[0]
    bare = Drag(window, row.slider, sheet.painted)
    bare.run()
    points = tuple(session.point.with_value("z", LatentValue(seeds=((seed, 1.0),))) for seed in range(SHELF))
    session.edit("fill the shelf", replace(session.scene, shelf=points))
    QTimer.singleShot(3000, loop.quit)  # until the thumbnails are drawn
    loop.exec()
    full = Drag(window, row.slider, sheet.painted)
    full.run()
    return {
        **full.gaps,
        "gap_p95_empty_shelf_ms": bare.gaps["gap_p95_ms"],
        "gap_max_empty_shelf_ms": bare.gaps["gap_max_ms"],
        "frames_a_second": len(full.latencies) / SECONDS,
        "frames_a_second_empty_shelf": len(bare.latencies) / SECONDS,
    }
