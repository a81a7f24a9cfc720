"""The train view: start a run, watch it, explore its current weights."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.train.data_box import is_data
from zscape.app.views.train.live import TrainLive, kept
from zscape.app.views.train.newest import NewestWeights
from zscape.app.views.train.run_strip import RunStrip
from zscape.app.views.train.setup import TrainSetup
from zscape.app.views.train.tabs import DATA, RUN, TrainTabs
from zscape.app.widgets.layouts.scrolled import scrolled
from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.widgets.path_drop import PathDrop
from zscape.app.work.context import Context
from zscape.app.work.jobs import Job
from zscape.app.work.training_run import EncoderRequest, Request, WatchRequest
from zscape.models.errors import ZscapeError
from zscape.models.files.run_checkpoints import MODEL_FILE, RUN_FILE
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

KEPT_DATA = "data to train on"
"""The setting of the data selected last."""
WATCHED = "No longer watched. The run itself continues."


class TrainView(View):
    """One run at a time, in a low-priority background thread."""

    name = "train"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.job: Job | None = None
        self._newest = NewestWeights(context)
        self._encoder_of: Model | None = None  # the open model, if its encoder is being trained
        self._request: Request | None = None
        self.setup = TrainSetup(context.jobs, self._file_of_open_model)
        self.live = TrainLive()
        side = TrainTabs(self.setup.page, scrolled(self.live))  # the run is wider than the data, which must not be cut off for it
        self.tabs, self.pages = side.bar, side.pages
        self._content = QWidget()
        row = QHBoxLayout(self._content)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.setup)
        row.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TallScroll(self._content), 1)  # in a very low window the buttons below stay visible
        self.strip = RunStrip()
        column.addWidget(self.strip)
        self.strip.pause.clicked.connect(self._pause)
        self.strip.stop.clicked.connect(self.stop)
        self.strip.watch.clicked.connect(self._ask_run)
        self.strip.put.clicked.connect(self._put_encoder)
        self.strip.follow.toggled.connect(self._follow)
        self.strip.explore.clicked.connect(self._explore_now)
        self.setup.start_asked.connect(self.start)
        self.setup.encoder.toggled.connect(self.live.welcome_to)
        self.setup.fetch_asked.connect(self._fetch)
        self.setup.form.data.chosen.connect(self._keep_data)
        self.setup.data_chosen.connect(lambda: self.tabs.setCurrentIndex(DATA))
        PathDrop(self, is_data, self, self.setup, self.pages).dropped.connect(self._take_dropped)
        context.renderer.torch_ready.connect(self._refresh_if_seen)
        self.session.model_wanted.connect(lambda: self.strip.follow.setChecked(False))  # the user has gone back to another model
        self._show_buttons()

    @property
    def busy(self) -> bool:
        """Whether the overview of the selected data is being read."""
        return self.setup.look.job.busy

    def minimumSizeHint(self) -> QSize:
        """At this size only the form and the lists scroll."""
        return QSize(self.setup.width(), self._content.minimumSizeHint().height() + self.strip.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._populate()

    def refresh(self) -> None:
        super().refresh()
        if not self.setup.populated:
            self._populate()

    def _populate(self) -> None:
        """Fill the form once torch is loaded, which the renderer does first, after the first paint."""
        if "torch" in sys.modules and self.job is None:
            first = not self.setup.populated
            self.setup.populate()
            if first:
                self.setup.recall(self.context.settings.text(KEPT_DATA))

    def _keep_data(self, data: str) -> None:
        """Remember a generator's data for the next start; an encoder's follows from its model."""
        if not self.setup.choices.encoder:
            self.context.settings.keep(KEPT_DATA, data)

    def train_encoder(self) -> None:
        """Propose to train the encoder of the open model; if that is itself being trained, say that this comes first."""
        model = self.session.model
        if self.job is not None and model is not None and self.session.model_path is None:
            self.tabs.setCurrentIndex(RUN)
            self.session.message.emit(f"{model.spec.name} is still being trained: its encoder comes after that.", True)
            return
        self._populate()
        self.setup.train_encoder(self._file_of_open_model())

    def _file_of_open_model(self) -> Path | None:
        """The file of the open model; for weights shown during a run, the file that the run has written since."""
        model = self.session.model
        if self.session.model_path is not None or model is None:
            return self.session.model_path
        written = self._newest.file
        return written if model.spec.name == self._newest.out.name and self.job is None and written.is_file() else None

    def _fetch(self, name: str) -> None:
        def work() -> Work[Path]:
            from zscape.models.data.fetch import fetch

            return (yield from fetch(name))

        job = self.context.jobs.start(f"Download {name}", work)
        job.finished.connect(lambda: self.setup.take_fetched(name))
        job.failed.connect(lambda line: self.session.message.emit(line, True))

    # A run of another program.

    def watch(self, folder: Path) -> None:
        """Show the run that another program trains in `folder`."""
        try:
            self.start(WatchRequest.of(folder))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)

    def _ask_run(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The folder of a training run", str(self.context.settings.last_folder()))
        if folder:
            self.watch(Path(folder))

    def _take_dropped(self, path: Path) -> None:
        """Watch a dropped run; anything else is data."""
        if (path / RUN_FILE).is_file() and self.job is None:
            self.watch(path)
        else:
            self.setup.form.data.take_own(path)

    # The run.

    def start(self, request: Request) -> None:
        """Start the request: a run from the form, or watching another program's run."""
        if self.job is not None:
            return
        opened = isinstance(request, EncoderRequest) and request.model == self._file_of_open_model()
        self._encoder_of = self.session.model if opened else None
        self._request = request
        self._newest.begin(request.out, self._watches)
        self.strip.put.hide()
        words = "each checkpoint appears here" if self._watches else "started in the background"
        self.session.message.emit(f"{request.title}: {words}.", False)  # also removes an earlier error
        self.live.begin(request.encoder)
        self.setup.show_running(True)
        self.tabs.setCurrentIndex(RUN)
        self.job = job = self.context.jobs.start(request.title, request.work, background=True)
        job.progressed.connect(self._take_progress)
        job.finished.connect(self._take_result)
        job.failed.connect(self._take_failure)
        job.cancelled.connect(lambda: self.live.show_status(WATCHED if self._watches else kept(request.out)))
        job.state_changed.connect(self._take_state)
        job.ended.connect(self._take_end)
        self._show_buttons()

    def stop(self) -> None:
        """Stop the run; its result is saved. Another program's run continues unwatched."""
        if self.job is not None:
            self.job.cancel()

    def explore(self) -> None:
        """Draw everything with the newest weights."""
        self._newest.draw()

    def _explore_now(self) -> None:
        self.explore()
        self.session.view_requested.emit("class-sweep")
        self.session.message.emit("All views now draw with the newest weights of the run.", False)

    def _follow(self, on: bool) -> None:
        if on:
            self.explore()

    def _pause(self) -> None:
        if self.job is not None:
            self.job.pause(not self.job.paused)

    @property
    def _watches(self) -> bool:
        """Whether the newest run is another program's."""
        return isinstance(self._request, WatchRequest)

    @property
    def _stopping(self) -> bool:
        return self.job is not None and self.job.stopping

    def _take_state(self) -> None:
        """It was paused, resumed or stopped, by this view's buttons or in the window's list of jobs."""
        if self._stopping:
            if not self._watches:
                self.live.show_stopping()
        elif self.job is not None:
            self.live.show_status("Paused." if self.job.paused else "")
        self._show_buttons()

    def _take_progress(self, progress: Progress) -> None:
        if self._stopping:
            return
        self.live.show_progress(progress)
        sheet, published = getattr(progress, "sheet", None), getattr(progress, "published", None)
        if sheet is not None:
            self.live.show_sheet(sheet)
        if published is not None:
            self._newest.publish(published)
            self._show_buttons()
            if self.strip.follow.isChecked():
                self.explore()

    def _take_result(self, path: Path) -> None:
        self.live.show_status(f"Done. The model is in {path}.")
        if isinstance(self._request, EncoderRequest) and _is_trained(self._request.model):
            self.strip.offer_put(self._request.model.parent.name)

    def _put_encoder(self) -> None:
        """Put the encoder into the model that it was trained for."""
        from zscape.models.training.encoders.put_encoder import put_encoder

        request, found = self._request, self._newest.file
        if not isinstance(request, EncoderRequest):
            return
        into = request.model
        self.strip.put.hide()
        job = self.context.jobs.start(f"Put the encoder into {into.parent.name}", partial(put_encoder, found, into))

        def done(path: Path) -> None:
            self.live.show_status(f"Done. The model with its encoder is in {path}.")
            self.session.message.emit(f"{path.parent.name} has its encoder now.", False)
            self._newest.publish(path)
            if self.session.model_path in (found, into):
                self.explore()
            self._populate()

        job.finished.connect(done)
        job.failed.connect(self._take_failure)

    def _take_failure(self, line: str) -> None:
        self.live.show_status(line)
        self.session.message.emit(line, True)

    def _take_end(self) -> None:
        self.job = None
        self.live.finish()
        # An encoder trained for the open model is to be used at once.
        is_wanted = self.strip.follow.isChecked() or (self._encoder_of is not None and self.session.model is self._encoder_of)
        if self._newest.end() and is_wanted:
            self.explore()
        self.strip.follow.setChecked(False)  # the next run replaces the open model only at the user's request
        self._show_buttons()
        self._populate()

    def _show_buttons(self) -> None:
        self.setup.show_running(self.job is not None)
        self.strip.show_run(self.job, self._newest.exist, self._watches)


def _is_trained(path: Path) -> bool:
    """Whether a model was trained here, in a folder of its own."""
    from zscape.models.files.library import trained_folder

    return path.name == MODEL_FILE and path.parent.parent == trained_folder()
