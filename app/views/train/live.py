"""A running training: curves, fixed points redrawn, figures."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from zscape.app.widgets.pictures.pixels import Pixels, image_of
from zscape.models.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.views.train.loss_plot import LossPlot

SHEET_ROWS = 10
SHEET = 280
"""The minimum side of the sheet: one screen pixel for each pixel of ten digits."""
LEAST = 192
"""The minimum width in pixels."""
GAP = 8
WELCOME = (
    "Two networks learn from each other: one draws, the other tells drawn pictures from real ones.\n\n"
    "The first shapes appear within a minute or two. You can go on exploring meanwhile, and stop at any time: the work is kept."
)
ENCODER_WELCOME = (
    "The encoder learns to find the point of a picture, from the data and from pictures that the generator draws.\n\n"
    "The error falls as reconstructions come closer. You can go on exploring meanwhile, and stop at any time: the work is kept."
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
"""The figures of every kind of training."""


class TrainLive(QWidget):
    """A text before the first run; then the newest run's curves, sheet and figures, which stay after it has ended."""

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
        for label in (self.status, self.notice):  # at the top: in a low window the rest scrolls
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
        """If there is too little space for the figures beside the sheet, place them below it."""
        wide = self.width() >= SHEET + GAP + self.form.minimumSize().width()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self._below.direction():
            self._below.setDirection(direction)
            self.sheet.setMinimumWidth(SHEET if wide else 0)

    def welcome_to(self, encoder: bool) -> None:
        """Say before the first run what it will be like: an encoder's or a generator's."""
        self.welcome.setText(ENCODER_WELCOME if encoder else WELCOME)

    def begin(self, encoder: bool) -> None:
        """A run begins: clear the curves."""
        from zscape.app.views.train.loss_plot import ENCODER, GENERATOR, LossPlot  # imports pyqtgraph

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
        """Take a progress report."""
        past = getattr(progress, "past", ())
        for figures in (*past, progress.figures):
            self._figures |= figures
            if self.plot is not None:
                self.plot.feed(figures)
        if past and self.plot is not None:
            self.plot.redraw()  # the next report may be a minute away
        if progress.notice and progress.notice not in self._notices:  # earlier notices still apply
            self._notices.append(progress.notice)
            self.notice.setText("\n".join(self._notices))
            self.notice.show()
        if "step" in progress.figures:  # other work on the way counts something else
            self._total = progress.total
        if time.monotonic() - self._written > 0.1:
            self._write()
        if "step" not in progress.figures:
            if 0 < self._figures.get("step", 0) < self._total:
                return  # a short step in between: a line that comes and goes would move the curves
            share = f" {progress.done / progress.total:.0%}" if progress.figures and progress.total else ""
            self.show_status(f"{progress.label}{share}\u2026")
        elif self.status.text().endswith("\u2026"):
            self.show_status("")

    def _write(self) -> None:
        """Update the figures, at most ten times per second, which is as often as one can read them."""
        self._written = time.monotonic()
        for name, words in figures_in_words(self._figures, self._total).items():
            self.form.setRowVisible(self._values[name], True)
            self._values[name].setText(words)
        self._arrange()

    def show_sheet(self, images: NDArray[np.uint8]) -> None:
        """Show the fixed points, uint8 [10 * classes, H, W, C], one style after the other; few classes have a line each."""
        classes = max(1, len(images) // SHEET_ROWS)
        if classes < SHEET_ROWS and len(images) == classes * SHEET_ROWS:
            images = images.reshape(SHEET_ROWS, classes, *images.shape[1:]).swapaxes(0, 1).reshape(images.shape)
            classes = SHEET_ROWS
        self.sheet.show_picture(image_of(images, classes))

    def show_status(self, words: str) -> None:
        """Show what is happening, what went wrong, or where the result is."""
        self.status.setText(words)
        self.status.setVisible(bool(words))

    def show_stopping(self) -> None:
        """The run is stopping and being saved: the estimated time no longer applies."""
        self._values["seconds_left"].setText("\u2013")
        self.show_status("Stopping: saving the work\u2026")

    def finish(self) -> None:
        """The run has ended: draw the remaining points of the curves."""
        self._write()
        for name in ("images_per_second", "seconds_left"):
            self._values[name].setText("\u2013")
        if self.plot is not None:
            self.plot.redraw()


def figures_in_words(figures: Mapping[str, float], total: int) -> dict[str, str]:
    """The values in `figures` of FIGURES, as text. total: the steps of the run."""
    words = {name: f"{value:.4f}" for name, value in figures.items() if name in FIGURES}
    if "step" in words:
        words["step"] = f"{figures['step']:,.0f} of {total:,}"
    if "images_per_second" in words:
        words["images_per_second"] = f"{figures['images_per_second']:,.0f}"
    if "seconds_left" in words:
        words["seconds_left"] = duration(figures["seconds_left"])
    return words


def duration(seconds: float) -> str:
    """Seconds as text: 45 s, 12 min, 3 h 05 min."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def kept(out: Path) -> str:
    """Where the result of a stopped run is, and how to resume it."""
    model = out / "model.safetensors"
    if not model.exists():
        return "Stopped before there was anything to keep."
    return f"Stopped. The work is kept in {model}; choose {out.name} under Run to go on."
