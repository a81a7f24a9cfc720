"""The column beside the two pictures: settings of the search, and its progress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from zscape.app.widgets.classes.class_box import ClassBox
from zscape.app.widgets.greyed import ONE_CLASS, grey
from zscape.app.widgets.pictures.pixels import Pixels
from zscape.app.widgets.sparkline import Sparkline
from zscape.models.progress import Progress

WIDTH = 208
DRAWN = 64
"""The side of the model's picture, beside a photograph."""
NOTE_LINES = 3
"""A fixed number, so that nothing moves when the text changes."""
FIND = "Find it"
FOUND = "The class of a photograph is the one that was found"
ANOTHER_TIP = "Find another picture that matches the paint: what is not painted differs"
NOT_BUSY = "No search is running"
MOST_LOSSES = 400
"""The most points of the curve."""


class PaintSide(QWidget):
    """class_chosen(number or None: find it), rest_moved(0 to 1), only_painted_chosen(bool), another_asked(), stop_asked()."""

    class_chosen = Signal(object)
    rest_moved = Signal(float)
    only_painted_chosen = Signal(bool)
    another_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._finds = self._busy = False
        self._losses: list[float] = []
        self.classes = ClassBox()
        self.classes.setToolTip("The class of the picture: it stays while the rest changes")
        self.classes.setAccessibleName("Class of the picture")
        self.classes.chosen.connect(self._choose)
        self.rest = QSlider(Qt.Orientation.Horizontal)
        self.rest.setRange(0, 100)
        self.rest.setToolTip("How strictly what is not painted is kept: left loosely, right strictly")
        self.rest.setAccessibleName("How strictly the rest stays")
        self.rest.valueChanged.connect(lambda value: self.rest_moved.emit(value / 100))
        self.drawn = Pixels()
        self.drawn.setFixedSize(DRAWN, DRAWN)
        self.drawn.setToolTip("What the model draws: its changes are put into your picture")
        self.drawn.setAccessibleName("What the model draws")
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        self.form = form
        for words, widget in (("Class", self.classes), ("Keep rest", self.rest), ("Model", self.drawn)):
            name = QLabel(words)
            name.setProperty("role", "dim")
            form.addRow(name, widget)
        self.only = QCheckBox("Only where painted")
        self.only.setToolTip("Your picture changes only under the paint, not wherever the model would change it")
        self.only.clicked.connect(self.only_painted_chosen)
        self.another, self.stop = QPushButton("Another"), QPushButton("Stop")
        self.another.setToolTip(ANOTHER_TIP)
        self.another.clicked.connect(self.another_asked)
        self.stop.setToolTip("Leave it as it is now")
        grey(self.stop, NOT_BUSY)
        self.stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.another, 1)
        row.addWidget(self.stop, 1)
        self.curve = Sparkline()
        self.curve.setToolTip("What the search minimises: how far the picture is from what is painted")
        self.curve.setAccessibleName("Loss during the search")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setProperty("role", "small")
        self.note.setFixedHeight(NOTE_LINES * self.note.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.only)
        column.addLayout(row)
        column.addWidget(self.curve)
        column.addWidget(self.note)
        column.addStretch(1)

    def hasHeightForWidth(self) -> bool:
        """Its width is fixed, and so is its height."""
        return False

    def show_state(
        self,
        names: Sequence[str],
        chosen: int | None,
        finds: bool,
        photo: bool,
        rest: float,
        only_painted: bool,
        another: str,
    ) -> None:
        """Update the column.

        names: of the classes. chosen: the class, None if it is to be found. finds: whether it can be found. photo: whether a
        photograph is painted on. another: why no other picture can be searched for, "" if one can.
        """
        self._finds = finds
        with QSignalBlocker(self.classes):
            self.classes.set_names([FIND, *names] if finds else list(names))
            self.classes.show_index((0 if chosen is None else chosen + 1) if finds else chosen or 0)
        self.form.setRowVisible(self.classes, bool(names))
        grey(self.classes, FOUND if photo else "" if len(names) > 1 else ONE_CLASS)
        self.form.setRowVisible(self.rest, not finds)
        self.form.setRowVisible(self.drawn, photo)
        if not self.rest.isSliderDown():
            with QSignalBlocker(self.rest):
                self.rest.setValue(round(100 * rest))
        self.only.setVisible(photo)
        self.only.setChecked(only_painted)
        grey(self.another, another)

    def show_busy(self, busy: bool) -> None:
        """Set whether the search is running."""
        if busy and not self._busy:
            self._losses = []
        self._busy = busy
        grey(self.stop, "" if busy else NOT_BUSY)

    def show_progress(self, progress: Progress) -> None:
        """Show progress: the loss decreases."""
        loss = progress.figures.get("loss")
        if loss is not None:
            self._losses = [*self._losses[-MOST_LOSSES:], loss]
            self.curve.show_values(self._losses)

    def show_drawn(self, picture: QImage | None) -> None:
        """Show the model's picture, beside a photograph."""
        self.drawn.show_picture(picture)

    def _choose(self, index: int) -> None:
        self.class_chosen.emit(index if not self._finds else index - 1 if index else None)
