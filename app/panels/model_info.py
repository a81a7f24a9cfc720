"""The model panel: what the open model is, its training data, and measures of its quality."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from zscape.app.panels.base import Panel
from zscape.app.widgets.greyed import NO_MODEL, grey
from zscape.app.widgets.layouts.whole_lines import WholeLines
from zscape.app.work.context import Context
from zscape.app.work.jobs import Job
from zscape.models.files.measure_names import label_of, value_text
from zscape.models.progress import Work

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

    from zscape.models.evaluation.report import Report
    from zscape.models.files.checkpoint import Model

BUSY = "It is being measured"
LATER_MS = 500
"""Milliseconds after a model was opened, when its first picture is drawn."""
DATA_OF_MODEL = "zscape.models.data.data_of_model"
"""The module that knows where a model's data is; its import takes 30 ms."""
MEASURE_TIP = "Compare 2,000 pictures it draws with real ones, and see what its encoder finds: half a minute in the background"

TIPS = {
    "Name": "What the model is called in lists",
    "Family": "Which kind of networks it is made of",
    "Trained on": "The pictures it has learned from",
    "Steps": "How many small corrections training made",
    "Images seen": "How many pictures it was shown, the same ones again and again",
    "Pictures": "The size of what it draws, in pixels",
    "Takes": "What a picture is drawn from",
    "Encoder": "Whether it finds the latent of a picture of your own",
    "Licence": "The terms on which it may be shared",
}
"""The tooltips of facts; those of measures contain the conditions of the measurement."""


class ModelPanel(Panel):
    """The open model's spec in words, and the results of a measurement made here."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.area = WholeLines()
        self.column.addWidget(self.area, 1)
        self.measure = QPushButton("Measure")
        self.measure.setToolTip(MEASURE_TIP)
        grey(self.measure, NO_MODEL)
        self.measure.clicked.connect(self._measure)
        self.column.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignLeft)
        self._job: Job | None = None
        self._report: Report | None = None
        self._names: dict[str, QLabel] = {}
        self._shown: object = None
        self._fill({"Name": "loading"})
        self.refresh()

    def refresh(self) -> None:
        model = self.session.model
        if model is None or model is self._shown:
            return
        self._shown, self._report = model, None
        self._show(model)

    def _show(self, model: Model) -> None:
        spec, report = model.spec, self._report
        if DATA_OF_MODEL in sys.modules:
            self._suit_measure()
        else:  # its import takes as long as the model's first picture
            grey(self.measure, BUSY if self._job is not None else "")
            QTimer.singleShot(LATER_MS, self, self._suit_measure)
        measures = {name: value_text(name, value) for name, value in spec.measures.items()}
        notes = dict(spec.notes)
        for figure in report.figures if report else ():
            measures[figure.name], notes[figure.name] = figure.text(figure.value), figure.conditions
        channels, height, width = spec.image_shape
        facts = {
            "Name": spec.name,
            "Family": spec.family,
            "Trained on": spec.data,
            "Steps": f"{spec.step:,}" if spec.step else "",
            "Images seen": f"{spec.images:,}" if spec.images else "",
            "Pictures": f"{width} × {height} {'grey' if channels == 1 else 'colour'}",
            "Takes": ", ".join(each.summary for each in spec.inputs),
            "Encoder": "yes" if model.encoder is not None else "none yet",
            **{label_of(name): text for name, text in measures.items()},
            "Licence": spec.licence,
        }
        tips = {label_of(name): note for name, note in notes.items()}
        self._fill({name: text for name, text in facts.items() if text}, tips)

    def _suit_measure(self) -> None:
        """Show in advance why nothing can be measured now."""
        from zscape.models.data.data_of_model import why_not_here

        model = self.session.model
        grey(self.measure, NO_MODEL if model is None else BUSY if self._job is not None else why_not_here(model.spec))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._suit_measure()  # data may have been added meanwhile

    def _measure(self) -> None:
        """Measure the open model in the background."""
        model = self.session.model
        if model is None or self._job is not None:
            return

        def work() -> Work[Report]:
            from zscape.models.evaluation.evaluate import measure_model
            from zscape.models.evaluation.reference import default_data
            from zscape.models.evaluation.run import QUICK

            return (yield from measure_model(model, default_data(model.spec), QUICK, "cpu"))

        self._job = job = self.context.jobs.start(f"Measure {model.spec.name}", work, background=True)
        grey(self.measure, BUSY)
        job.finished.connect(lambda report: self._take(model, report))
        job.failed.connect(lambda line: self.session.message.emit(line, True))
        job.ended.connect(self._end)

    def _take(self, model: Model, report: Report) -> None:
        if model is not self.session.model:  # another one was opened meanwhile
            return
        self._report = report
        self._show(model)
        first = self._names[label_of(report.figures[0].name)]
        QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(first.y()))
        instead = f" on {report.data}, because {model.spec.data} is not here" if report.data != model.spec.data else ""
        self.session.message.emit(f"{model.spec.name} is measured{instead}: see the Model panel.", False)

    def _end(self) -> None:
        self._job = None
        self._suit_measure()

    def _fill(self, facts: dict[str, str], notes: dict[str, str] | None = None) -> None:
        holder, self._names = QWidget(), {}
        labels: list[QLabel] = []
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 7)  # its share of the width fits the longest word of a measure's name
        grid.setColumnStretch(1, 5)
        for row, (name, text) in enumerate(facts.items()):
            value = QLabel(text)
            value.setWordWrap(True)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setMinimumWidth(1)  # text may wrap, but no word makes the column wider
            tip = (notes or {}).get(name, "") or TIPS.get(name, "")
            value.setToolTip(tip)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = QLabel(name)
            label.setProperty("role", "dim")
            label.setToolTip(tip)
            label.setWordWrap(True)
            label.setMinimumWidth(1)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._names[name] = label
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
            labels += (label, value)
        grid.setRowStretch(len(facts), 1)
        self.area.show_labels(holder, labels)
