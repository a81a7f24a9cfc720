"""The column beside the map: the current point and its neighbours, the selection, and a histogram of each attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zscape.app.views.map.likeness import LikenessBox
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.histogram import Histogram
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.layouts.tall_scroll import WHOLE, TallScroll
from zscape.app.widgets.map.near_grid import NearGrid
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.widgets.theme import set_icon

WIDTH, SIDE = 224, 72
MARGIN, GAP = 16, 4
"""The margins left and right of the contents; the histograms' scroll bar is in the right one, with GAP at both sides."""
NONE_CHOSEN = "No picture is left: clear a histogram or the lasso"


class Chosen(QWidget):
    """The number of selected pictures, and actions on them."""

    averaged, directed, kept, exported, cleared = Signal(), Signal(), Signal(), Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.buttons: dict[str, QPushButton] = {}
        clear = QToolButton()
        set_icon(clear, "close", 16)
        clear.setToolTip("Choose all pictures again")
        clear.setAccessibleName("Choose all pictures again")
        clear.clicked.connect(self.cleared)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(clear)
        grid = QGridLayout()
        grid.setSpacing(4)
        entries = (
            ("average", "Average", "Go to the mean of their points: what they have in common", self.averaged),
            ("direction", "Direction…", "From the mean of the others to theirs: a slider of the Directions panel", self.directed),
            ("keep", "Keep some", "Keep nine of them on the shelf, chosen at random", self.kept),
            ("export", "Export…", "Save them as npz, CSV or a picture, or for TensorBoard's projector", self.exported),
        )
        for number, (name, text, tip, signal) in enumerate(entries):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(signal)
            self.buttons[name] = button
            grid.addWidget(button, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(grid)

    def show_count(self, count: int, of: int, known: str) -> None:
        """Show how many of how many are selected. known: why their points are unknown, "" if they are known."""
        self.words.setText(f"{count:,} of {of:,} chosen")
        for name in ("average", "direction", "keep"):
            button = self.buttons[name]
            grey(button, known if count else NONE_CHOSEN)
        grey(self.buttons["export"], "" if count else NONE_CHOSEN)
        self.words.setToolTip(known)


class MapSide(QWidget):
    """compare_chosen(Likeness). brushed(name, low, high), released(name), brush_cleared(name): from an attribute's histogram."""

    compare_chosen = Signal(str)
    brushed = Signal(str, float, float)
    released = Signal(str)
    brush_cleared = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.sheet = Sheet(words)
        self.sheet.setFixedSize(SIDE, SIDE)
        self.sheet.setAccessibleName("The current point")
        self.title = QLabel("Current point")
        self.title.setProperty("role", "small")
        self.nearest = QLabel("Nearest by")
        self.nearest.setProperty("role", "dim")
        self.where = Elided("")  # a label of several lines would need its own height, and make the view scroll
        self.compare = LikenessBox("How the pictures nearest to the current point are found", "Nearest by")
        self.nearest.setBuddy(self.compare)
        self.compare.activated.connect(lambda _: self.compare_chosen.emit(self.compare.currentData()))
        self.near = NearGrid(4, 2)
        self.near.setToolTip("The pictures nearest to the current point: a model that has memorised its data draws one of them")
        self.chosen = Chosen()
        self.chosen.hide()
        self.histograms: dict[str, Histogram] = {}
        self._extents: dict[str, QLabel] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setFixedWidth(WIDTH - 2 * MARGIN)  # with and without a scroll bar beside it
        inside.setLayout(self._column)
        self.area = TallScroll(inside)
        self.area.setMinimumHeight(56)
        self._lay_out()

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(2)
        beside.addWidget(self.title)
        beside.addWidget(self.where)
        beside.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.sheet)
        top.addLayout(beside, 1)
        near = QHBoxLayout()
        near.setSpacing(8)
        near.addWidget(self.nearest)
        near.addWidget(self.compare, 1)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, MARGIN - GAP, 0)
        above.setSpacing(8)
        above.addLayout(top)
        above.addLayout(near)
        above.addWidget(self.near)
        above.addWidget(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, GAP, 8)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.area, 1)

    def show_attributes(self, attributes: Mapping[str, NDArray[np.float64]]) -> None:
        """Set a histogram for each attribute."""
        if list(attributes) != list(self.histograms):
            while (item := self._column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self.histograms = {name: self._histogram(name) for name in attributes}
            self._column.addStretch(1)
        for name, values in attributes.items():
            self.histograms[name].show_values(values)
            self._extents[name].setText(self.histograms[name].words)
        self._column.activate()  # the new ones have their place before they are painted

    def _histogram(self, name: str) -> Histogram:
        title, extent = Elided(name), QLabel()
        for each in (title, extent):
            each.setProperty("role", "small")
        self._extents[name] = extent
        made = Histogram(name)
        made.brushed.connect(lambda low, high: self.brushed.emit(name, low, high))
        made.released.connect(lambda: self.released.emit(name))
        made.cleared.connect(lambda: self.brush_cleared.emit(name))
        both = QWidget()
        both.setProperty(WHOLE, True)
        pair = QVBoxLayout(both)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(extent)
        pair.addLayout(head)
        pair.addWidget(made)
        self._column.addWidget(both)
        both.show()  # at once, not a turn of the event loop later: a screenshot of the window must contain it
        return made

    def show_chosen(
        self,
        attributes: Mapping[str, NDArray[np.float64]],
        active: NDArray[np.bool_] | None,
        ranges: Sequence[tuple[str, float, float]],
        known: str,
    ) -> None:
        """Set the selected pictures, None for all, and the ranges that select them. known: see `Chosen.show_count`."""
        by_name = {name: (low, high) for name, low, high in ranges}
        for name, histogram in self.histograms.items():
            histogram.show_range(by_name.get(name))
            self._extents[name].setText(histogram.words)
            histogram.show_chosen(None if active is None else attributes[name][active])
        self.chosen.setVisible(active is not None)
        if active is not None:
            self.chosen.show_count(int(np.count_nonzero(active)), len(active), known)
