"""Keeps the preview of a film up to date: from the sheet on screen, or, if the film shows more, drawn as in the film."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from zscape.app.widgets.throttle import throttled
from zscape.app.window.export.dialog import TIMELINE
from zscape.app.window.export.preview import WAITS, WORDS, Preview
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.app.work.playing.played_timeline import texts_at
from zscape.app.work.tiles import same_weights
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.window.export.dialog import ExportDialog
    from zscape.app.work.exporting.export import Drawing, OwnFilm
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark

    Sheet = NDArray[np.uint8]
    Said = tuple[Sheet, tuple[Mark, ...], str]

FIRST, LAST = "The first frame of the file", "The last frame of the file"


def sheet_of(frame: Frame) -> Sheet:
    """The pictures of a frame as one picture, uint8 [H, W, 1 or 3]."""
    from zscape.models.media.grids import grid

    return grid(frame.images, frame.points.rows, frame.points.columns)


class Previewing(QObject):
    """Keeps a frame of the film that `dialog` configures in `preview`.

    sweep: what the view shows of the scene. size: width and height of a frame in picture pixels. drawing: as in save_animation.
    shown(): the sheet on screen, None if none. own: the view's own films. If the film shows more than the sheet, a job draws it,
    one at a time.
    """

    def __init__(
        self,
        dialog: ExportDialog,
        preview: Preview,
        context: Context,
        sweep: Sweep,
        size: tuple[int, int],
        drawing: Drawing | None,
        shown: Callable[[], Frame | None],
        own: Mapping[str, OwnFilm],
    ) -> None:
        super().__init__(preview)
        self._dialog, self._preview, self._context, self._sweep = dialog, preview, context, sweep
        self._size, self._drawing, self._shown, self._own = size, drawing, shown, own
        assert context.session.model is not None
        # As the film is: another model may be opened while the dialog is open.
        self._model, self._device = context.session.model, context.session.device or "auto"
        self._timeline = context.session.scene.timeline
        self._draw: Callable[[Sweep], Sheet] | None = None
        self._film = ""  # the view's own film, or the timeline from its beginning; "" for the moment on screen
        self._of: object = None  # identifies what is shown or being drawn
        self._again = self._over = False
        self._job = LatestJob(context.jobs, self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        dialog.motion.currentTextChanged.connect(self.follow)
        dialog.finished.connect(self._end)
        self.follow()

    def follow(self) -> None:
        """The moment on screen or the selected motion may have changed."""
        if self._over:
            return
        motion = self._dialog.motion.currentText()
        begins = motion == TIMELINE and not self._context.moment.is_shown  # what is on screen need not be in the film
        film = motion if begins or motion in self._own else ""
        if film != self._film:
            self._job.cancel()
            self._film, self._of, self._again = film, None, False
            self._preview.say(WAITS)
        if begins:
            first = self._first()
            self._want(first, lambda: (self._drawn(first[0]), first[1], FIRST))
        elif film:
            self._want(film, lambda: (*self._own[film].last(self._device), LAST))
        elif (frame := self._on_screen()) is not None:
            self._job.cancel()
            self._of = frame
            self._preview.show_sheet(sheet_of(frame), self._context.moment.marks_of(frame.sweep))
        else:
            moved = self._context.moment.of(self._sweep)
            marks = self._context.moment.marks_of(moved)
            self._want((moved, marks), lambda: (self._drawn(moved), marks, WORDS))

    def follow_painted(self, widgets: Sequence[Any]) -> None:
        """Follow each new picture that one of `widgets` paints, while the dialog is open."""
        often = throttled(self.follow, self)
        for each in widgets:
            each.painted.connect(often.throttle)
            self._dialog.finished.connect(partial(each.painted.disconnect, often.throttle))

    def _first(self) -> tuple[Sweep, tuple[Mark, ...]]:
        """The sheet at the beginning of the timeline, and the texts over it."""
        timeline = self._timeline
        assert timeline is not None  # it is one of the motions offered
        begin = timeline.played[0]
        try:
            moved = timeline.suiting(self._sweep).sweep(self._sweep, begin, self._model.space)
        except ZscapeError:
            return self._sweep, ()  # the export will report the error
        return moved, texts_at(timeline, begin, self._model.space)

    def _on_screen(self) -> Frame | None:
        """The sheet on screen, if the film shows nothing more."""
        frame = self._shown() if self._drawing is None else None
        if frame is None or not frame.complete or not same_weights(frame.model, self._model):
            return None
        rows, columns = frame.points.rows, frame.points.columns
        height, width = frame.images.shape[1:3]
        return frame if (columns * width, rows * height) == self._size else None

    def _want(self, key: object, draw: Callable[[], Said]) -> None:
        """Draw it, unless it is shown. Requests during drawing wait until that is finished, so that playback is visible."""
        if key == self._of:
            return
        if self._job.busy:
            self._again = True
            return
        self._of = key
        self._job.start("Draw the preview", lambda: _drawing(draw))

    def _end(self) -> None:
        self._over = True
        self._job.cancel()

    def _drawn(self, moved: Sweep) -> Sheet:
        """A moment as the film draws it; called in the job's thread."""
        if self._draw is None:
            self._draw = self._drawing.make(self._model, self._device) if self._drawing is not None else self._plain()
        return self._draw(moved)

    def _plain(self) -> Callable[[Sweep], Sheet]:
        from zscape.models.inference.runner import GeneratorRunner
        from zscape.models.media.grids import grid

        runner = GeneratorRunner(self._model, self._device)

        def draw(moved: Sweep) -> Sheet:
            points = moved.points(self._model.space)
            return grid(runner.draw(points).images, points.rows, points.columns)

        return draw

    def _take(self, said: Said) -> None:
        self._preview.show_sheet(*said)
        self._follow_again()

    def _fail(self, line: str) -> None:
        self._preview.say(line)
        self._follow_again()

    def _follow_again(self) -> None:
        if self._again:
            self._again = False
            self.follow()


def _drawing(draw: Callable[[], Said]) -> Work[Said]:
    yield Progress(0, 0, WAITS)
    return draw()
