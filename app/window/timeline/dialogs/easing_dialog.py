"""The dialog for the easing of a leg: a curve shaped by hand or taken from presets, applied at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zscape.app.widgets.controls.curve_pad import CurvePad
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import close_row, stacked
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.models.timeline.easing import Curve, Easing

CURVES: dict[str, Curve] = {
    "Even": Curve(1 / 3, 1 / 3, 2 / 3, 2 / 3),
    "Smooth": Curve(1 / 3, 0.0, 2 / 3, 1.0),
    "Slow start": Curve(0.42, 0.0, 1.0, 1.0),
    "Slow end": Curve(0.0, 0.0, 0.58, 1.0),
    "Very smooth": Curve(0.65, 0.0, 0.35, 1.0),
    "Very slow end": Curve(0.16, 1.0, 0.3, 1.0),
}
"""Presets. The first two are exactly the easings "linear" and "smooth" as curves."""
NAMED: dict[Easing, Curve] = {"linear": CURVES["Even"], "smooth": CURVES["Smooth"]}


class EasingDialog(QDialog):
    """Shows `easing` and calls `change(easing, gesture)` at every move; changes apply at once. Close keeps them."""

    def __init__(self, window: QWidget, context: Context, easing: Easing, change: Callable[[Easing, int], object]) -> None:
        super().__init__(window)
        self.setWindowTitle("Easing")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._change = change
        self._gesture = Gesture(context.session, context.jobs)
        self.pad = CurvePad()
        self.pad.show_curve(easing if isinstance(easing, Curve) else NAMED.get(easing, CURVES["Smooth"]))
        self.pad.grabbed.connect(self._gesture.begin)
        self.pad.changed.connect(self._take)
        self.pad.released.connect(self._gesture.end)
        self.numbers = QLabel()
        self.numbers.setProperty("role", "small")
        self.numbers.setToolTip("The two handles, as cubic-bezier() of CSS has them")
        self.presets: dict[str, QPushButton] = {}
        names = QVBoxLayout()
        names.setSpacing(4)
        for name, curve in CURVES.items():
            button = self.presets[name] = text_button(name, "Take this curve", lambda _=False, curve=curve: self.choose(curve))
            button.setCheckable(True)
            names.addWidget(button)
        names.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(names)
        stacked(self, row, self.numbers, close_row(self), spacing=8)
        self._say()
        self.pad.setFocus()

    def choose(self, curve: Curve) -> None:
        """Use `curve`, as one undo step."""
        self._gesture.end()
        self.pad.show_curve(curve)
        self._take(curve)
        self._gesture.end()

    def _take(self, curve: Curve) -> None:
        named = next((name for name, known in NAMED.items() if known == curve), None)
        self._say()
        self._change(curve if named is None else named, self._gesture.move())

    def _say(self) -> None:
        """Show the name of the preset, if it is one, and the numbers of the curve."""
        c = self.pad.curve
        for name, button in self.presets.items():
            button.setChecked(CURVES[name] == c)
        self.numbers.setText(f"{c.x1:.2f}, {c.y1:.2f}, {c.x2:.2f}, {c.y2:.2f}")
