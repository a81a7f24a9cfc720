"""A training run as it goes: curves, fixed points redrawn, figures."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from zscape.app.widgets.pixels import Pixels, image_of
from zscape.models.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.views.train.loss_plot import LossPlot

SHEET_ROWS = 10
SHEET = 280
"""Side of the sheet at least: one screen pixel for each of ten digits of 28."""
LEAST = 192
"""Pixels across: as narrow as it may be."""
GAP = 8
WELCOME = (
    "Two networks learn from each other: one draws, the other tells drawn pictures from real ones.\n\n"
    "The first shapes appear within a minute or two. You can go on exploring meanwhile, and stop at any time: the work is kept."
)
SHEET_WORDS = "The same points, drawn again and again as it learns, appear here."
ENCODER_WORDS = "An encoder draws nothing itself. When training has ended, explore its weights and give Restyle a picture."
FIGURES = {
    "step": ("Step", "How many batches both networks have seen"),
    "images_per_second": ("Images/s", "How fast it learns on this machine; it gives way while you move a control"),
    "seconds_left": ("Time left", "At the speed of the last minute; it is known after some seconds"),
    "loss_d": ("Discriminator", "Its loss: lower means that it tells real from drawn better; at 0.693 it cannot tell them apart"),
    "loss_g": ("Generator", "Its loss: lower means that its pictures are taken for real more often"),
    "chi_square": ("Chi-square", "Distance between the pixel histograms of real and drawn pictures; 0 is the same"),
    "attributes": ("Named sliders", "How far slant and the like are from what their sliders ask for, in standard deviations"),
    "moments": ("Spread", "Frechet distance within the classes: falls as rare variants become as frequent as they should be"),
    "path_length": ("Path length", "How much a small step among the styles changes the picture, on average so far"),
    "mse": ("Error", "Mean squared difference between pictures and their reconstructions, pixels from 0 to 1"),
    "latent": ("Latent", "Mean squared distance between points and where their pictures are found"),
}
ALWAYS = ("step", "images_per_second", "seconds_left")
"""The figures that every kind of training has."""


class TrainLive(QWidget):
    """Words before the first run; from then on the newest run's curves, sheet and figures, which stay when it has ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot: LossPlot | None = None
        self._figures: dict[str, float] = {}
        self._total = 0
        self._written = 0.0
        self.welcome = QLabel(WELCOME)
        self.welcome.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.welcome.setWordWrap(True)
        self.welcome.setProperty("role", "dim")
        self.sheet = Pixels()
        self.sheet.setMinimumSize(SHEET, SHEET)
        self.sheet.setAccessibleName("Fixed points drawn by the newest averaged weights")
        self.sheet.setToolTip(
            "The same points every time, a column a class (a line a class where there are few), drawn by the averaged weights"
        )
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setProperty("role", "small")
        self._notices: list[str] = []
        self._values = {name: QLabel() for name in FIGURES}
        self._names = {name: QLabel(words) for name, (words, _) in FIGURES.items()}
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(8)
        self.form.setVerticalSpacing(4)
        for name, (words, tip) in FIGURES.items():
            self._names[name].setProperty("role", "dim")
            self._values[name].setAccessibleName(words)
            self._values[name].setToolTip(tip)
            self.form.addRow(self._names[name], self._values[name])
        side = QVBoxLayout()
        side.addLayout(self.form)
        side.addStretch(1)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(GAP)
        self._below.addWidget(self.sheet, 1)
        self._below.addLayout(side, 1)
        running = QWidget()
        self._column = QVBoxLayout(running)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for label in (self.status, self.notice):  # above all: where the window is low the rest scrolls
            label.hide()  # until there is something to say
            self._column.addWidget(label)
        self._column.addLayout(self._below, 6)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(running)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where there is too little room for the figures beside the sheet they stand below it."""
        wide = self.width() >= SHEET + GAP + self.form.minimumSize().width()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self._below.direction():
            self._below.setDirection(direction)
            self.sheet.setMinimumWidth(SHEET if wide else 0)

    def begin(self, encoder: bool) -> None:
        """A run begins: empty curves."""
        from zscape.app.views.train.loss_plot import ENCODER, GENERATOR, LossPlot  # pyqtgraph, for the first time

        if self.plot is not None:
            self._column.removeWidget(self.plot)
            self.plot.hide()
            self.plot.deleteLater()
        self._figures = {}
        self.plot = LossPlot(ENCODER if encoder else GENERATOR)
        self._column.insertWidget(self._column.indexOf(self._below), self.plot, 5)
        self.sheet.words = ENCODER_WORDS if encoder else SHEET_WORDS
        self.sheet.show_picture(None)
        for name, value in self._values.items():
            value.setText("\u2013" if name in ALWAYS else "")  # until it is known
            self.form.setRowVisible(value, name in ALWAYS or name in self.plot.curves)
        self.show_status("")
        self._notices.clear()
        self.notice.hide()
        self._stack.setCurrentIndex(1)

    def show_progress(self, progress: Progress) -> None:
        """A sign of life."""
        past = getattr(progress, "past", ())
        for figures in (*past, progress.figures):
            self._figures |= figures
            if self.plot is not None:
                self.plot.feed(figures)
        if past and self.plot is not None:
            self.plot.redraw()  # another sign of life may be a minute away
        if progress.notice and progress.notice not in self._notices:  # what was said before holds on
            self._notices.append(progress.notice)
            self.notice.setText("\n".join(self._notices))
            self.notice.show()
        if "step" in progress.figures:  # what else is done on the way counts something else
            self._total = progress.total
        if time.monotonic() - self._written > 0.1:
            self._write()
        if "step" not in progress.figures:
            if 0 < self._figures.get("step", 0) < self._total:
                return  # in between, and soon over: a line that comes and goes would move the curves
            share = f" {progress.done / progress.total:.0%}" if progress.figures and progress.total else ""
            self.show_status(f"{progress.label}{share}\u2026")
        elif self.status.text().endswith("\u2026"):
            self.show_status("")

    def _write(self) -> None:
        """Write the figures down; ten times a second is as often as one can read them."""
        self._written = time.monotonic()
        for name, words in figures_in_words(self._figures, self._total).items():
            self.form.setRowVisible(self._values[name], True)
            self._values[name].setText(words)
        self._arrange()

    def show_sheet(self, images: NDArray[np.uint8]) -> None:
        """The fixed points, uint8 [10 * classes, H, W, C], a style after the other; of few classes each has a line."""
        classes = max(1, len(images) // SHEET_ROWS)
        if classes < SHEET_ROWS and len(images) == classes * SHEET_ROWS:
            images = images.reshape(SHEET_ROWS, classes, *images.shape[1:]).swapaxes(0, 1).reshape(images.shape)
            classes = SHEET_ROWS
        self.sheet.show_picture(image_of(images, classes))

    def show_status(self, words: str) -> None:
        """What happens, what went wrong, where the work is."""
        self.status.setText(words)
        self.status.setVisible(bool(words))

    def show_stopping(self) -> None:
        """It was told to stop, and what it has learned is being written: how long all of it would have taken is past."""
        self._values["seconds_left"].setText("\u2013")
        self.show_status("Stopping: saving the work\u2026")

    def finish(self) -> None:
        """The run has ended: draw what the curves still hold back, and nothing is to come any more."""
        self._write()
        for name in ("images_per_second", "seconds_left"):
            self._values[name].setText("\u2013")
        if self.plot is not None:
            self.plot.redraw()


def figures_in_words(figures: Mapping[str, float], total: int) -> dict[str, str]:
    """Each of FIGURES that is in `figures`, as a person reads it. total: the steps of the run."""
    words = {name: f"{value:.4f}" for name, value in figures.items() if name in FIGURES}
    if "step" in words:
        words["step"] = f"{figures['step']:,.0f} of {total:,}"
    if "images_per_second" in words:
        words["images_per_second"] = f"{figures['images_per_second']:,.0f}"
    if "seconds_left" in words:
        words["seconds_left"] = duration(figures["seconds_left"])
    return words


def duration(seconds: float) -> str:
    """Seconds in words: 45 s, 12 min, 3 h 05 min."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def kept(out: Path) -> str:
    """Where the work of a run that was stopped is, and how it goes on."""
    model = out / "model.safetensors"
    if not model.exists():
        return "Stopped before there was anything to keep."
    return f"Stopped. The work is kept in {model}; choose {out.name} under Run to go on."
