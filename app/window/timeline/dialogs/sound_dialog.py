"""The dialog for what the timeline's sound drives: a row for each number that follows a curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QToolButton,
    QWidget,
)

from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import answers, dim_label, stacked
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.beside import beside
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.app.widgets.theme import set_icon
from zscape.models.errors import ZscapeError
from zscape.models.timeline.drive import FURTHEST, Drive
from zscape.models.timeline.track_edits import Track

MOST_ROWS = 8
ANSWER = "Put what follows on the timeline as keys, in place of what followed before"


@dataclass(frozen=True)
class Target:
    """A number that can follow a curve. label: for the user. now: its current value. high: the upper end of its usual range."""

    track: Track
    label: str
    now: float
    high: float

    def proposed(self, curve: str) -> Drive:
        """A drive from the current value to half-way towards `high`."""
        high = round(self.now + (self.high - self.now) / 2, 2)
        return Drive(curve, self.track.input, self.track.number, round(self.now, 2), high)


class _Row:
    """The controls of one drive."""

    def __init__(self, curves: Sequence[str], targets: Sequence[Target], drive: Drive) -> None:
        tip = "Which curve of the sound: loudness, loudness of low, middle or high notes, or where notes begin"
        self.curve = choice_box(curves, tip, "Curve", drive.curve)
        self.target = choice_box((), "What follows it", "What it drives")
        self.target.setMinimumWidth(200)
        for each in targets:
            self.target.addItem(each.label, each.track)
        place = next((k for k, each in enumerate(targets) if each.track == drive.track), 0)
        self.target.setCurrentIndex(place)
        self.low = _box(drive.low, "From", "What it is in silence")
        self.high = _box(drive.high, "To", "What it is at the loudest moment")
        self.remove = QToolButton()
        self.remove.setFixedSize(28, 28)
        self.remove.setToolTip("Stop following the sound")
        self.remove.setAccessibleName("Remove the row")
        set_icon(self.remove, "close")

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.curve, self.target, self.low, self.high, self.remove

    @property
    def drive(self) -> Drive:
        track = self.target.currentData()
        return Drive(self.curve.currentText(), track.input, track.number, self.low.value(), self.high.value())


class SoundDialog(QDialog):
    """Asks which curve drives which number, and from which value to which; take(drives, whole) applies it, and may raise
    ZscapeError.

    words: about the sound. curves: their names. drives: the existing ones; curve: one for which a row is added if it has none.
    seconds: the length of the sound if the timeline has another length, else 0.
    """

    def __init__(
        self,
        window: QWidget,
        words: str,
        curves: Sequence[str],
        targets: Sequence[Target],
        drives: Sequence[Drive],
        take: Callable[[tuple[Drive, ...], bool], None],
        curve: str = "",
        seconds: float = 0.0,
    ) -> None:
        super().__init__(window)
        self.setWindowTitle("What the sound drives")
        self._curves, self._targets, self._take = curves, targets, take
        self.rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for place, name in enumerate(("Curve", "Drives", "From", "To")):
            self._grid.addWidget(dim_label(name), 0, place)
        self.add = text_button("Add row", "Let one more number follow the sound", lambda: self._add_proposed(curves[0]))
        self.whole = QCheckBox(f"The timeline becomes as long as the sound, {seconds:.2f} s")
        self.whole.setToolTip("Its keys keep their relative places; otherwise the sound is cut, or silent at the end")
        self.whole.setVisible(seconds > 0)
        self.note = Elided("")
        self.note.setProperty("role", "dim")
        self.note.hide()
        buttons, self.start = answers(self, "Follow", ANSWER)
        stacked(self, dim_label(words), self._grid, beside(self.add, stretch=True), self.whole, self.note, buttons)
        self.start.setDefault(True)
        known = {each.track for each in targets}
        for drive in drives:
            if drive.track in known:
                self._add_row(drive)
        if not self.rows or (curve and all(each.curve != curve for each in drives)):
            self._add_proposed(curve or curves[0])

    @property
    def drives(self) -> tuple[Drive, ...]:
        """The chosen drives."""
        return tuple(row.drive for row in self.rows)

    def accept(self) -> None:
        """Apply the choice; errors are shown, and the dialog stays open."""
        try:
            self._take(self.drives, not self.whole.isHidden() and self.whole.isChecked())
        except ZscapeError as error:
            self.note.show_text(str(error))
            self.note.show()
            return
        super().accept()

    def _add_proposed(self, curve: str) -> None:
        """Add a row for a number that does not follow a curve yet."""
        taken = {row.target.currentData() for row in self.rows}
        free = next((each for each in self._targets if each.track not in taken), None)
        if free is not None and len(self.rows) < MOST_ROWS:
            self._add_row(free.proposed(curve))
            self.rows[-1].curve.setFocus()

    def _add_row(self, drive: Drive) -> None:
        row = _Row(self._curves, self._targets, drive)
        row.remove.clicked.connect(lambda: self._remove(row))
        row.target.activated.connect(lambda place: self._suit(row, self._targets[place]))
        self.rows.append(row)
        line = self._grid.rowCount()
        for place, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, line, place, Qt.AlignmentFlag(0))
        self._offer()

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        for widget in row.widgets:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._offer()
        self.add.setFocus()

    def _offer(self) -> None:
        most = min(MOST_ROWS, len(self._targets))
        grey(self.add, "" if len(self.rows) < most else f"There are {most} already, the most there can be")

    @staticmethod
    def _suit(row: _Row, target: Target) -> None:
        """Set the values proposed for another number."""
        proposed = target.proposed(row.curve.currentText())
        row.low.setValue(proposed.low)
        row.high.setValue(proposed.high)


def _box(value: float, name: str, tip: str) -> DecimalBox:
    return decimal_box((-FURTHEST, FURTHEST), value, tip, name, step=0.1, width=88)
