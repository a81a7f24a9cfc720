"""The column beside the picture and its reconstruction: the encoder's result, and its settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zscape.app.views.restyle.state import Restyle
from zscape.app.widgets.classes.class_box import ClassBox
from zscape.app.widgets.greyed import ONE_CLASS, grey
from zscape.app.widgets.numbers.number_box import inset
from zscape.app.widgets.numbers.whole_number import WholeNumber
from zscape.app.widgets.pictures.pixels import Pixels
from zscape.app.widgets.sparkline import Sparkline
from zscape.models.progress import Progress

WIDTH = 208
SEEN = 64
"""The maximum side of the picture as seen by the model, drawn with a whole-number zoom."""

NOTE_LINES = 3
"""A fixed number, so that the sheet below does not move when the text changes."""

NOTHING = "\u2013"
NO_ENCODER = "This model has no encoder, which finds the point of a picture."
TRAINABLE = {
    True: " It can be trained.",
    False: " None can be trained from it: it holds no discriminator. Open another model.",
}
REFINE_TIP = "Bring the reconstruction closer to the picture by optimising the point"
STOP_TIP = "Stop and keep what was found before"


class RestyleSide(QWidget):
    """label_chosen(number or None), refine_asked(steps, keep the style), stop_asked(), train_asked()."""

    label_chosen = Signal(object)
    refine_asked = Signal(int, bool)
    stop_asked = Signal()
    train_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._losses: list[float] = []
        self._refining = False
        self.classes = ClassBox()
        self.classes.setToolTip("Which class the picture is: found by trying every class, or the one you choose")
        self.classes.setAccessibleName("Class of the picture")
        self.classes.chosen.connect(lambda index: self.label_chosen.emit(index - 1 if index else None))
        self.seen = Pixels()
        self.size_seen(28)
        self.seen.setToolTip("The picture as the model sees it: white on black, centred, as large as those it was trained on")
        self.seen.setAccessibleName("The picture as the model sees it")
        self.found = QLabel()
        self.found.setToolTip("The class in which the encoder found the picture")
        self.error = QLabel()
        self.error.setToolTip("Mean squared difference between picture and reconstruction, pixels from 0 to 1")
        self.curve = Sparkline()
        self.curve.setToolTip("What refinement minimises: the error, plus a little for straying far from typical points")
        self.curve.setMinimumWidth(48)
        self.curve.setAccessibleName("Loss during refinement")
        seen = QHBoxLayout()
        seen.setSpacing(8)
        seen.addWidget(self.seen)
        seen.addWidget(self.curve, 1)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(4)
        for words, what in (("Class", self.classes), ("Found", self.found), ("Error", self.error), ("Seen as", seen)):
            name = QLabel(words)
            name.setProperty("role", "dim")
            form.addRow(name, what)

        self.steps = WholeNumber()
        self.steps.setRange(0, 500)
        self.steps.setSingleStep(50)
        self.steps.setValue(100)
        self.steps.setSuffix(" steps")
        inset(self.steps)
        self.steps.setToolTip("How long to refine: each step brings the reconstruction a little closer to the picture")
        self.steps.setAccessibleName("Refinement steps")
        self.refine = QPushButton("Refine")
        self.refine.setToolTip(REFINE_TIP)
        self.refine.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.steps, 1)
        row.addWidget(self.refine)
        self.keep = QCheckBox("Keep the style")
        self.keep.setChecked(True)
        self.keep.setToolTip("Without it the reconstruction comes a little closer, but the other classes match its style less")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setProperty("role", "small")
        self.note.setFixedHeight(NOTE_LINES * self.note.fontMetrics().lineSpacing())
        self.train = QPushButton("Train an encoder")
        self.train.setToolTip("Show the view in which this model's encoder is trained")
        self.train.clicked.connect(self.train_asked)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addSpacing(8)
        column.addLayout(row)
        column.addWidget(self.keep)
        column.addWidget(self.note)
        column.addWidget(self.train)
        column.addStretch(1)

    def hasHeightForWidth(self) -> bool:
        """Its width and height are fixed; otherwise the wrapped note would make the whole view depend on its width."""
        return False

    def show_state(
        self,
        restyle: Restyle | None,
        names: Sequence[str],
        found: str,
        encoder: bool,
        refining: bool,
        words: str,
        trainable: bool = True,
    ) -> None:
        """Update the column. names: of the classes. found: the class that was found.

        encoder: whether the model has one. refining: whether refinement is running.
        words: the error of the reconstruction, "" if unknown. trainable: whether an encoder can be trained for the model.
        """
        self._show_classes(restyle, names)
        there = restyle is not None and encoder
        lacks = "" if there else NO_ENCODER if not encoder else "Draw or open a picture first"
        grey(self.classes, lacks or ("" if len(names) > 1 else ONE_CLASS))
        for control in (self.steps, self.keep):
            grey(control, lacks or ("It is being refined: stop that first" if refining else ""))
        grey(self.refine, lacks)
        if refining != self._refining:
            self._show_refining(refining)
        elif not refining and not (restyle and restyle.refine):
            self.curve.show_values(())  # it is for another picture, or an undone refinement
        self.found.setText(found or NOTHING)
        refined = f", {restyle.refine} steps" if restyle and restyle.refine else ""
        self.error.setText(f"{restyle.mse:.4f}{refined}" if restyle and restyle.mse is not None else NOTHING)
        self.train.setVisible(not encoder and trainable)
        if not refining:
            sentence = f"{words[:1].upper()}{words[1:]}." if words else ""
            self.note.setText(sentence if encoder else NO_ENCODER + TRAINABLE[trainable])

    def _show_classes(self, restyle: Restyle | None, names: Sequence[str]) -> None:
        choices = ["Find it", *names]
        with QSignalBlocker(self.classes):
            self.classes.set_names(choices)
            self.classes.show_index(0 if restyle is None or restyle.label is None else restyle.label + 1)

    def _show_refining(self, refining: bool) -> None:
        self._refining = refining
        if refining:
            self._losses = []
            self.curve.show_values(())
            self.note.setText("Refining\u2026")
        self.refine.setText("Stop" if refining else "Refine")
        self.refine.setToolTip(STOP_TIP if refining else REFINE_TIP)

    def show_progress(self, progress: Progress) -> None:
        """Show the progress of refinement: the error decreases."""
        loss = progress.figures.get("loss")
        if loss is not None:
            self._losses.append(loss)
            self.note.setText(f"Step {progress.done} of {progress.total}, loss {loss:.4f}")
            self.curve.show_values(self._losses)

    def size_seen(self, pixels: int) -> None:
        """Set the size for pictures of that many pixels on each side."""
        side = SEEN // pixels * pixels or SEEN
        self.seen.setFixedSize(side, side)

    def show_seen(self, picture: QImage | None) -> None:
        """Show the picture as prepared for the encoder."""
        self.seen.show_picture(picture)

    def _ask(self) -> None:
        if self._refining:
            self.stop_asked.emit()
        else:
            self.refine_asked.emit(self.steps.value(), self.keep.isChecked())
