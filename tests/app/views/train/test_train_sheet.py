"""The fixed points of a run: a column for each class, or a line for each if there are few."""

import numpy as np
import pytest

from zscape.app.views.train.live import SHEET_ROWS, TrainLive

COLOURS = np.array([(220, 30, 30), (30, 30, 220), *((20 * k, 120, 0) for k in range(8))], np.uint8)


@pytest.mark.parametrize(("classes", "lines"), [(1, True), (2, True), (9, True), (10, False)])
def test_each_class_has_a_line_or_a_column(qtbot, classes, lines):
    live = TrainLive()
    qtbot.addWidget(live)
    across, down = (SHEET_ROWS, classes) if lines else (classes, SHEET_ROWS)
    live.sheet.setFixedSize(40 * across, 40 * down)
    images = np.tile(np.repeat(COLOURS[:classes], 64, axis=0).reshape(classes, 8, 8, 3), (SHEET_ROWS, 1, 1, 1))
    live.show_sheet(images)
    seen = live.sheet.grab().toImage()
    for row in range(down):
        for column in range(across):
            colour = seen.pixelColor(40 * column + 20, 40 * row + 20)
            assert (colour.red(), colour.green(), colour.blue()) == tuple(COLOURS[row if lines else column])
