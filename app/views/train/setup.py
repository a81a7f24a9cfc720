"""The setup of a training run: the form, beside the data or the curves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zscape.app.views.train.choices import Choices
from zscape.app.views.train.data_look import DataLook
from zscape.app.views.train.data_page import DataPage
from zscape.app.views.train.estimate import Trial
from zscape.app.views.train.form import TrainForm
from zscape.app.views.train.form_scroll import FormScroll
from zscape.app.views.train.proposed import words_for
from zscape.app.views.train.time_box import STEPS, options
from zscape.app.widgets.greyed import grey
from zscape.app.work.jobs import JobQueue
from zscape.app.work.training_run import Request
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.data.overview import Overview

WIDTH = 232
NEW = ("New", None)
NOTHING = ("Random weights", None)
FILE = ("File\u2026", "file")
START_TIP = "Train in the background; everything else stays usable"
COLOURS = {1: "Grey", 3: "Colour"}


class TrainSetup(QWidget):
    """The form, its start button, and `page`, which shows the data. opened(): as in Choices.

    start_asked(Request): the user has pressed start. fetch_asked(name): this data set is to be downloaded. data_chosen(): the
    user has chosen data.

    The user's values are kept; the other fields follow the data. `populate` reads presets, data sets, devices, models and earlier
    runs; before that there is nothing to choose.
    """

    start_asked = Signal(object)
    fetch_asked = Signal(str)
    data_chosen = Signal()

    def __init__(self, jobs: JobQueue, opened: Callable[[], Path | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.populated = self._running = False
        self.choices = Choices(opened)
        self._values: dict[str, Any] = {}
        self._summaries: dict[str, str] = {}
        self._refused = ""
        self._shown: Overview | None = None
        self.page = DataPage()
        self.look = DataLook(jobs, self)
        self.trial = Trial(jobs, self)
        self.generator, self.encoder = QPushButton("Generator"), QPushButton("Encoder")
        self.generator.setToolTip("Train a network that draws, from nothing or from where an earlier run stopped")
        self.encoder.setToolTip("Train the network that finds the point of a picture, for a generator that is already there")
        modes = QButtonGroup(self)
        mode_row = QHBoxLayout()
        mode_row.setSpacing(8)
        for button in (self.generator, self.encoder):
            button.setCheckable(True)
            modes.addButton(button)
            mode_row.addWidget(button, 1)
        self.generator.setChecked(True)
        self.form = TrainForm()
        self.start = QPushButton("Start")
        self.start.setProperty("role", "primary")
        self.start.setToolTip(START_TIP)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "small")
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())  # an estimate that arrives must not move the button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(mode_row)
        column.addWidget(FormScroll(self.form))
        column.addWidget(self.start)
        column.addWidget(self.note)
        column.addStretch(1)

        self.encoder.toggled.connect(self._take_mode)
        self.form.changed.connect(self._take)
        self.form.data.fetch_asked.connect(self.fetch_asked)
        self.look.changed.connect(self._follow_data)
        self.trial.changed.connect(self._fit_time)
        self.start.clicked.connect(self._ask)
        self._show_start()

    # Available choices.

    def populate(self) -> None:
        """Read the choices; called again after each run."""
        self.choices.read()
        if not self.populated:
            self._fill_once()
            self.populated = True
        self.show_choices()

    def recall(self, data: str) -> None:
        """Propose the data that was selected when the window was closed, if it still exists."""
        if self.form.data.has(data):
            self.choices.draft.set("data", data)
            self.show_choices()

    def _fill_once(self) -> None:
        from zscape.models.inference.device import available
        from zscape.models.training.presets import summaries

        self._summaries = summaries()
        self.form.offer(self.form.preset, [(name, name) for name in self._summaries], self._summaries)
        self.form.offer(self.form.device, [("Auto", "auto"), *((name.upper(), name) for name in available())])
        self.form.offer(self.form.colours, [(words, channels) for channels, words in COLOURS.items()])
        self.form.data.fill()

    # Choices made.

    def train_encoder(self, model: Path | None) -> None:
        """Propose to train the encoder of the model in that file on the model's own training data."""
        self.choices.start_encoder(model)
        self.encoder.setChecked(True)
        self.show_choices()

    def _take_mode(self, encoder: bool) -> None:
        if encoder != self.choices.encoder:
            self.choices.encoder = encoder
            self.show_choices()

    def _take(self, name: str, value: Any) -> None:
        """A field was changed."""
        self._refused = ""
        if name == "run":
            self.choices.go_on(value)
        elif name == "model" and value == FILE[1]:
            self._ask_model()
        elif name != "device":
            self.choices.draft.set(name, value)
        if name == "data":
            self.look.look(value, again=True)
            self.data_chosen.emit()
        if name in ("seed", "keep_steps", "name"):
            self._values[name] = value
            self._show_note()
        else:
            self.show_choices()

    def _ask_model(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "The generator", str(self.choices.folder), "Models (*.safetensors)")
        if name:
            try:
                self.choices.add_model(Path(name))
                self.choices.draft.chosen["model"] = Path(name)
            except ZscapeError as error:
                self._refused = str(error)

    def take_fetched(self, name: str) -> None:
        """The data set `name` was downloaded: select it."""
        self.form.data.take_fetched(name)

    def show_choices(self) -> None:
        """Update every field, and read the overview of the selected data."""
        if not self.populated:
            return
        form, choices = self.form, self.choices
        form.offer(form.run, [NEW, *((f"{run.out.name}  (step {run.step:,})", run) for run in choices.runs)])
        with_run = choices.earlier
        form.show_values({"run": with_run})
        form.offer(form.model, [*choices.models, FILE])
        values = choices.values(self.look.found)
        form.show_values({"data": values["data"]})
        self.look.look(form.data.currentData() or "")
        values = choices.values(self.look.found)
        if "preset" in values:
            self._offer_networks(values)
        form.offer(form.time, options(values["time"] == STEPS))
        form.show_rows(choices.encoder, with_run)
        form.show_values(values)
        self._values = {**values, "data": form.data.currentData()}
        form.summary.setText(words_for(with_run) if with_run else self._summaries.get(values.get("preset", ""), ""))
        self.start.setText("Go on" if with_run else "Start")
        self._show_data()
        self._try()

    def _offer_networks(self, values: dict[str, Any]) -> None:
        from zscape.models.training.config import load_config
        from zscape.models.training.proposal import sizes_of

        form, config = self.form, load_config(values["preset"])
        sizes = [(f"{size} px", size) for size in sizes_of(config)]
        form.offer(form.size_box, sizes or [("as made", None)])
        if values["size"] not in [size for _, size in sizes]:
            values["size"] = config.model.get("size")
        beginnings = self.choices.beginnings(values)
        form.offer(form.begin, [NOTHING, *beginnings])
        if values["begin"] not in [path for _, path in beginnings]:
            values["begin"] = None

    def _follow_data(self) -> None:
        """The overview of the data has arrived: the proposed values may change."""
        self.show_choices()

    # Information before the start.

    def _show_data(self) -> None:
        look, page = self.look, self.page
        if look.found is None:
            page.show_looking(self.form.data.currentText(), *([look.error] if look.error else []))
        else:
            if self._shown is not look.found:
                page.show_overview(look.found)
            page.show_advice(self._advice())
        self._shown = look.found
        self._show_start()

    def _advice(self) -> list[str]:
        from zscape.models.data.data_warnings import each_warning

        assert self.look.found is not None
        try:
            shape = self.choices.image_shape(self._values, self.look.found)
        except ZscapeError as error:
            return [str(error)]
        return each_warning(self.look.found, shape) if shape else []

    def _try(self) -> None:
        """Time what is selected, on the selected data."""
        found, tried = self.look.found, None
        if found is not None and not self._running and self.isVisible():
            tried = self.choices.tried(self._values, found, self.form.device.currentData())
        if tried is None:
            self.trial.stop()
        else:
            self.trial.ask(*tried)
        self._fit_time()

    def _fit_time(self) -> None:
        """Set as many steps as fit into the selected time."""
        seconds = self._values.get("time")
        if isinstance(seconds, float) and (steps := self.trial.steps_in(seconds)) is not None:
            earlier = self.choices.earlier
            self._values["steps"] = steps + (earlier.step if earlier else 0)
            self.form.show_values({"steps": self._values["steps"]})
        self._show_start()

    def _show_note(self) -> None:
        earlier = self.choices.earlier
        steps = self._values.get("steps", 0) - (earlier.step if earlier else 0)
        unfit = self.choices.refusal(self._values, self.look.found) if self.look.found is not None else ""
        missing = self.form.data.missing
        words = [self._refused, "" if unfit and missing else unfit or self.trial.words(steps)]
        if missing:
            stands_in = " with the same classes" if unfit else ", or use the one that stands in"
            words.append(f"The data set {missing} is not here: choose one{stands_in} under Data.")
        self.note.setText(" ".join(each for each in words if each))

    # Starting.

    def request(self) -> Request:
        """The request for the run. Raises ZscapeError if a choice is missing."""
        return self.choices.request(self._values, self.form.device.currentData(), self.trial.threads)

    def _ask(self) -> None:
        try:
            self.start_asked.emit(self.request())
        except ZscapeError as error:
            self._refused = str(error)
            self._show_note()

    def show_running(self, running: bool) -> None:
        """Set whether a run is in progress: only one runs at a time, and nothing is timed beside it."""
        self._running = running
        self._show_start()
        if running:
            self.trial.stop()

    def _show_start(self) -> None:
        reason = "There is nothing to choose from yet" if not self.populated else ""
        if self._running:
            reason = "Stop the run that is under way first"
        elif self.look.error:
            reason = self.look.error
        elif self.look.found is None:
            reason = "The data is being examined"
        elif unfit := self.choices.refusal(self._values, self.look.found):
            reason = unfit
        elif isinstance(self._values.get("time"), float) and self.trial.measuring:
            reason = "Measuring how many steps fit into that time"
        grey(self.start, reason)
        self._show_note()
