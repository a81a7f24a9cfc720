"""The classes panel: pick one, or mix them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QToolButton, QWidget
from superqt.utils import QFlowLayout

from zscape.app.panels.base import Panel
from zscape.app.widgets.number_list import Entry, NumberList
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context

CHIP = 23
"""Least width of a chip: ten stand side by side."""


class ClassesPanel(Panel):
    """A chip for each class, and a mixer with a weight for each."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gesture = Gesture(self.session, context.jobs)
        self._names: tuple[str, ...] = ()
        self.chips: list[QToolButton] = []
        self.chip_area = QScrollArea()
        self.chip_area.setWidgetResizable(True)
        self.chip_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chip_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chip_area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.column.addWidget(self.chip_area)
        line = QHBoxLayout()
        self.words = QLabel()
        self.words.setProperty("role", "small")
        self.mix = QToolButton()
        self.mix.setText("Mix")
        self.mix.setCheckable(True)
        self.mix.setProperty("role", "framed")
        self.mix.setToolTip("Weigh several classes: the picture becomes a mixture of them")
        self.mix.setAccessibleName("Mix classes")
        line.addWidget(self.words, 1)
        line.addWidget(self.mix)
        self.column.addLayout(line)
        self.mixer = NumberList((0.0, 1.0), (0.0, 100.0), label_width=52)
        self.mixer.setFixedHeight(28 * 5)
        self.mixer.hide()
        self.mix.toggled.connect(self.mixer.setVisible)
        self.mixer.valueChanged.connect(self._weigh)
        self.mixer.sliderPressed.connect(self._gesture.begin)
        self.mixer.sliderReleased.connect(self._gesture.end)
        self.mixer.reset_asked.connect(lambda number: self._weigh(number, 0.0))
        self.column.addWidget(self.mixer)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        space = self.session.space
        if space is None:
            return
        if space.class_names != self._names:
            self._build(space.class_names)
        from zscape.models.sweeps.sweeps import name_of_class

        weights = self.session.point.classes or tuple(float(k == 0) for k in range(space.classes))
        alone = weights.index(max(weights)) if sum(weight > 0 for weight in weights) == 1 else -1
        for number, chip in enumerate(self.chips):
            chip.setChecked(number == alone)
        self.words.setText("" if alone >= 0 else name_of_class(weights, space.class_names))
        self.mixer.show_values(weights, {number for number, weight in enumerate(weights) if weight > 0})
        self.mix.setEnabled(space.classes > 1)
        self.mix.setToolTip(
            "Weigh several classes" if space.classes > 1 else "This model has only one class: there is nothing to mix"
        )

    def _build(self, names: tuple[str, ...]) -> None:
        self._names = names
        holder = QWidget()
        flow = QFlowLayout(holder)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setHorizontalSpacing(2)
        flow.setVerticalSpacing(2)
        self.chips = []
        for number, name in enumerate(names):
            chip = QToolButton()
            chip.setText(name)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.setFixedWidth(max(CHIP, chip.fontMetrics().horizontalAdvance(name) + 12))
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setToolTip(f"Draw class {name} alone")
            chip.setAccessibleName(f"Class {name}")
            chip.clicked.connect(lambda _=False, number=number: self._pick(number))
            flow.addWidget(chip)
            self.chips.append(chip)
        self.chip_area.setWidget(holder)
        self.chip_area.setFixedHeight(min(flow.heightForWidth(250), 140) + 2)
        self.mixer.set_entries(
            [
                Entry(k, name, f"Weight of class {name}", f"How much of class {name} is in the picture")
                for k, name in enumerate(names)
            ]
        )

    def _pick(self, number: int) -> None:
        self.session.edit_point("pick a class", self.session.point.with_class(number, len(self._names)))
        self.refresh()  # a click on the chip that is picked already must not uncheck it

    def _weigh(self, number: int, value: float) -> None:
        point = self.session.point
        weights = list(point.classes or (float(k == 0) for k in range(len(self._names))))
        weights[number] = value
        if sum(weights) > 0:
            self.session.edit_point("mix classes", replace(point, classes=tuple(weights)), self._gesture.move())
        else:
            self.refresh()
