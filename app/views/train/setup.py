"""What is to be trained: the choices beside the curves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zscape.app.views.train.data_box import is_data
from zscape.app.views.train.estimate import Estimate, encoder_estimate, generator_estimate
from zscape.app.views.train.form import TrainForm
from zscape.app.widgets.drops import answer
from zscape.app.work.training_run import (
    EarlierRun,
    EncoderRequest,
    GeneratorRequest,
    Request,
    earlier_runs,
    fresh_folder,
    same_shape,
)
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.files.library import Entry
    from zscape.models.training.config import TrainConfig

WIDTH = 216
FIRST = "digits-dcgan"
"""The preset to begin with: its data comes with Zscape."""
NEW = "new"
NOTHING = "random weights"
FILE = "File\u2026"
START_TIP = "Train in the background; everything else stays usable"


class TrainSetup(QWidget):
    """start_asked(Request): the person has pressed start. fetch_asked(name): this data set is to be downloaded.

    A folder of pictures or an npz dropped here becomes the data. `populate` reads presets, data sets, devices, models and
    earlier runs; before it there is nothing to choose.
    """

    start_asked = Signal(object)
    fetch_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAcceptDrops(True)
        self.populated = False
        self._folder = Path()
        self._runs: list[EarlierRun] = []
        self._models: list[Entry] = []
        self._summaries: dict[str, str] = {}
        self._estimate = Estimate()
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
        self.form.data.own_taken.connect(self._show_length)
        self.start = QPushButton("Start")
        self.start.setProperty("role", "primary")
        self.start.setToolTip(START_TIP)
        self.start.setEnabled(False)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(mode_row)
        column.addWidget(self.form)
        column.addWidget(self.start)
        column.addWidget(self.note)
        column.addStretch(1)

        self.encoder.toggled.connect(self._take_mode)
        self.form.run.currentIndexChanged.connect(self._take_run)
        self.form.preset.currentIndexChanged.connect(self._take_run)
        self.form.model.activated.connect(self._ask_model)
        self.form.data.fetch_asked.connect(self.fetch_asked)
        self.form.steps.valueChanged.connect(self._show_length)
        self.start.clicked.connect(self._ask)

    # What there is to choose from.

    def populate(self, open_model: str = "") -> None:
        """Read it, again after each run. open_model: the hash of the open model's weights, the encoder's first choice."""
        from zscape.models.files.library import listing, trained_folder
        from zscape.models.training.config import load_config

        self._folder = trained_folder()
        self._models = listing()
        if not self.populated:
            self._fill_once()
        self._show_models(open_model)
        self._show_runs()
        if not self.populated:
            self.populated = True
            self.start.setEnabled(True)
            self._take_run()
        elif self.earlier is None:
            self.form.name.setText(fresh_folder(self._folder, self.form.name.text()).name)
            if not self.encoder.isChecked():
                self._show_starts(load_config(self.form.preset.currentText()))

    def _fill_once(self) -> None:
        from zscape.models.inference.device import available
        from zscape.models.training.presets import summaries

        with QSignalBlocker(self.form.preset):
            self._summaries = summaries()
            for name, words in self._summaries.items():
                self.form.preset.addItem(name)
                self.form.preset.setItemData(self.form.preset.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
            self.form.preset.setCurrentText(FIRST)
        self.form.device.addItems(["auto", *available()])
        self.form.data.fill()

    def _show_models(self, open_model: str) -> None:
        box = self.form.model
        chosen = box.currentData() or next((model.path for model in self._models if model.spec.sha256 == open_model), None)
        box.clear()
        for model in self._models:
            box.addItem(model.called, model.path)
        box.addItem(FILE)
        box.setCurrentIndex(max(0, box.findData(chosen)) if chosen else 0)

    def _show_runs(self) -> None:
        chosen = self.earlier.out if self.earlier else None
        self._runs = [run for run in earlier_runs(self._folder) if run.encoder == self.encoder.isChecked()]
        with QSignalBlocker(self.form.run):
            self.form.run.clear()
            self.form.run.addItems([NEW, *(f"{run.out.name}  (step {run.step:,})" for run in self._runs)])
            self.form.run.setCurrentIndex(next((n for n, run in enumerate(self._runs, 1) if run.out == chosen), 0))

    # What is chosen.

    @property
    def earlier(self) -> EarlierRun | None:
        """The run to go on with, None for a new one."""
        index = self.form.run.currentIndex() - 1
        return self._runs[index] if 0 <= index < len(self._runs) else None

    def _take_mode(self) -> None:
        if self.populated:
            self._show_runs()
            self._take_run()

    def _take_run(self) -> None:
        """Fill the fields in with what belongs to the run that was chosen."""
        run, encoder = self.earlier, self.encoder.isChecked()
        self.form.show_rows(encoder, run is not None)
        self.start.setText("Go on" if run else "Start")
        try:
            if run is not None:
                self._take_earlier(run)
            elif encoder:
                self._take_model()
            else:
                self._take_preset()
        except ZscapeError as error:
            self.note.setText(str(error))

    def _take_earlier(self, run: EarlierRun) -> None:
        steps = int(run.settings.get("steps", 1))
        self.form.name.setText(run.out.name)
        self.form.steps.setValue(steps if run.encoder else max(steps, run.step + 1))
        self.form.seed.setValue(int(run.settings.get("seed", 0)))
        self.form.data.choose(str(run.settings.get("data", "")))
        if run.encoder:
            others = [each.path for each in self._models if each.spec.name == run.model and each.path.parent != run.out]
            self.form.model.setCurrentIndex(max(0, self.form.model.findData(others[0])) if others else 0)
        self._take_estimate()

    def _take_preset(self) -> None:
        from zscape.models.training.config import load_config

        config = load_config(self.form.preset.currentText())
        self.form.steps.setValue(config.steps)
        self.form.seed.setValue(config.seed)
        self.form.data.choose(config.data)
        self.form.name.setText(fresh_folder(self._folder, config.name).name)
        self._show_starts(config)
        self._take_estimate()

    def _show_starts(self, config: TrainConfig) -> None:
        """What a run of `config` can begin with: models of its family and shape."""
        box, chosen = self.form.begin, self.form.begin.currentData()
        box.clear()
        box.addItem(NOTHING, None)
        for entry in self._models:
            if same_shape(config, entry.spec):
                box.addItem(entry.called, entry.path)
        box.setCurrentIndex(max(0, box.findData(chosen)) if chosen else 0)

    def _take_model(self) -> None:
        from zscape.models.training.encoder_settings import EncoderSettings

        if self.earlier is not None:
            return
        box = self.form.model
        entry = next((model for model in self._models if model.path == box.currentData()), None)
        self.form.steps.setValue(EncoderSettings.steps)
        self.form.data.choose(entry.spec.data if entry else "")
        self.form.name.setText(fresh_folder(self._folder, f"{box.currentText()}-encoder").name)
        self._take_estimate()

    def _ask_model(self) -> None:
        box = self.form.model
        if box.currentText() == FILE:
            name, _ = QFileDialog.getOpenFileName(self, "The generator", str(self._folder), "Models (*.safetensors)")
            if name:
                box.insertItem(0, Path(name).stem, Path(name))
            box.setCurrentIndex(0)
        self._take_model()

    def take_fetched(self, name: str) -> None:
        """The data set `name` is here now: train on it."""
        self.form.data.take_fetched(name)
        self._show_length()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        answer(event, any(is_data(Path(url.toLocalFile())) for url in event.mimeData().urls() if url.isLocalFile()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        answer(event, True)  # it was asked as the drag came in

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile() and is_data(Path(url.toLocalFile())):
                self.form.data.take_own(Path(url.toLocalFile()))
                answer(event, True)

    # Starting.

    def request(self) -> Request:
        """What is asked for. Raises ZscapeError where a choice is missing."""
        name, data = self.form.name.text().strip(), self.form.data.currentData()
        if not name or Path(name).name != name:
            raise ZscapeError("The run needs a name that can be the name of a folder.")
        if data is None:
            raise ZscapeError("There is no data to train on: choose a data set or a folder.")
        out, device, steps, run = self._folder / name, self.form.device.currentText(), self.form.steps.value(), self.earlier
        if self.encoder.isChecked():
            model = self.form.model.currentData()
            if model is None:
                raise ZscapeError("There is no model to train an encoder for: choose a file, or train a generator first.")
            return EncoderRequest(model, out, data, steps, device, run is not None)
        overrides = {"steps": steps, "data": data}
        if run is not None:
            return GeneratorRequest(run.settings, out, data, device, True, overrides)
        overrides |= {"seed": self.form.seed.value(), "name": name}
        return GeneratorRequest(
            self.form.preset.currentText(), out, data, device, False, overrides, self.form.begin.currentData()
        )

    def _ask(self) -> None:
        try:
            self.start_asked.emit(self.request())
        except ZscapeError as error:
            self.note.setText(str(error))

    def show_running(self, running: bool) -> None:
        """Whether a run is under way: there is one at a time."""
        self.start.setEnabled(self.populated and not running)
        self.start.setToolTip("Stop the run that is under way first" if running else START_TIP)

    def _take_estimate(self) -> None:
        """Find out how fast what is chosen will learn."""
        from zscape.models.training.config import config_of, load_config

        if self.encoder.isChecked():
            path = self.form.model.currentData()
            spec = next((model.spec for model in self._models if model.path == path), None)
            self._estimate = encoder_estimate(spec, self._folder)
        else:
            run = self.earlier
            config = config_of(run.settings, run.out.name) if run else load_config(self.form.preset.currentText())
            self._estimate = generator_estimate(config, self._folder)
        self._show_length()

    def _show_length(self) -> None:
        steps = self.form.steps.value() - (self.earlier.step if self.earlier else 0)
        preset = "" if self.encoder.isChecked() or self.earlier else self.form.preset.currentText()
        words = [self._summaries.get(preset, ""), self._estimate.words(steps)]
        if self.form.data.missing:
            missing = f"The data set {self.form.data.missing} is not here yet and another stands in"
            words.append(f"{missing}: choose it under Data to download it.")
        self.note.setText(" ".join(each for each in words if each))
