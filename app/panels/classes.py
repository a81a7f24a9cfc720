"""The classes panel: choose one class, or mix them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zscape.app.panels.base import InputControl, InputPanel
from zscape.app.widgets.classes.class_chips import MANY, ClassChips
from zscape.app.widgets.classes.class_pad import ClassPad
from zscape.app.widgets.controls.framed_button import framed_button
from zscape.app.widgets.greyed import ONE_CLASS, grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.numbers.number_list import Entry, NumberList
from zscape.app.work.context import Context
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes, ClassesValue

MOST_CORNERS = 40
"""The most classes that can be told apart around a polygon; with more, there is only the list."""


class ClassesControl(InputControl):
    """A chip for each class; for mixtures, a pad and a weight for each."""

    target: Classes

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(context, target, parent)
        names = self.target.labels
        self.chooser = ClassChips(names)
        self.chips = self.chooser.chips
        self.chooser.picked.connect(self._pick)
        self.column.addWidget(self.chooser)
        self.words = Elided("")
        self.words.setProperty("role", "small")
        tip = "Weigh several classes: the picture becomes a mixture of them"
        self.mix = framed_button("Mix", tip, name="Mix classes", checkable=True)
        if len(names) > MANY:  # beside the search field
            self.chooser.line.addWidget(self.mix)
        else:
            self.chooser.add_last(self.mix)
        self.words.setContentsMargins(6, 0, 0, 0)
        self.chooser.say_last(self.words)
        self._before = self.value
        self.pad = ClassPad(names)
        self.pad.hide()
        self.pad.mixed.connect(self._mix)
        self.pad.sliderPressed.connect(self._grab)
        self.pad.sliderReleased.connect(self.gesture.end)
        self.pad.taken_back.connect(self._take_back)
        self.column.addWidget(self.pad)
        self.mixer = NumberList((0.0, 1.0), (0.0, 100.0), label_width=52)
        self.mixer.setFixedHeight(28 * 5)
        self.mixer.hide()
        self.mix.toggled.connect(self.refresh)
        self.mix.toggled.connect(self.mixer.setVisible)
        self.mix.toggled.connect(lambda on: self.pad.setVisible(on and 1 < len(names) <= MOST_CORNERS))
        self.mixer.valueChanged.connect(self._weigh)
        self.mixer.sliderPressed.connect(self.gesture.begin)
        self.mixer.sliderReleased.connect(self.gesture.end)
        self.mixer.reset_asked.connect(lambda number: self._weigh(number, 0.0))
        self.column.addWidget(self.mixer)
        self.column.addStretch(1)
        self.mixer.set_entries(
            [
                Entry(k, name, f"Weight of class {name}", f"How much of class {name} is in the picture")
                for k, name in enumerate(names)
            ]
        )
        self.refresh()

    @property
    def mixing(self) -> QWidget:
        """What mixes the classes: the pad, or the list if there are too many for a pad."""
        return self.mixer if self.pad.isHidden() else self.pad

    @property
    def list_height(self) -> int:
        """How much of its height is the list of weights below the pad; 0 without a pad."""
        return 0 if self.pad.isHidden() else self.mixer.height() + self.column.spacing()

    def refresh(self) -> None:
        weights = self.target.weights(self.value)
        alone = weights.index(max(weights)) if sum(weight > 0 for weight in weights) == 1 else -1
        self.chooser.mark(alone)
        self.words.show_text("" if alone >= 0 else self.target.describe(self.value))
        self.mixer.show_values(weights, {number for number, weight in enumerate(weights) if weight > 0})
        self.pad.show_weights(weights)
        several = len(weights) > 1
        grey(self.mix, "" if several else f"{ONE_CLASS}: there is nothing to mix")

    def _pick(self, number: int) -> None:
        self.edit("pick a class", self.target.only(number))
        self.refresh()  # a click on the chosen chip must not uncheck it

    def _grab(self) -> None:
        self._before = self.value
        self.gesture.begin()

    def _take_back(self) -> None:
        """Escape was pressed during a drag."""
        self.edit("mix classes", self._before, self.gesture.move())
        self.gesture.end()

    def _mix(self, weights: tuple[float, ...]) -> None:
        self.edit("mix classes", ClassesValue(weights), self.gesture.move())

    def _weigh(self, number: int, weight: float) -> None:
        weights = list(self.target.weights(self.value))
        weights[number] = weight
        if sum(weights) > 0:
            self.edit("mix classes", ClassesValue(tuple(weights)), self.gesture.move())
        else:
            self.refresh()


class ClassesPanel(InputPanel):
    """A control for each class input."""

    kind = Classes
    control_type = ClassesControl

    @property
    def opened(self) -> QWidget | None:
        return next((each.mixing for each in self._mixers), None)

    @property
    def _mixers(self) -> list[ClassesControl]:
        """The controls that mix classes."""
        return [each for each in self.controls if isinstance(each, ClassesControl) and each.mix.isChecked()]

    @property
    def least(self) -> int:
        """With a pad, enough to show it together with the classes above it; its list of weights may be scrolled to."""
        if not self._mixers:
            return super().least
        lists = sum(each.list_height for each in self._mixers)
        return max(super().least, self.minimumSizeHint().height() - lists)

    @property
    def most(self) -> int | None:
        return self.minimumSizeHint().height()
