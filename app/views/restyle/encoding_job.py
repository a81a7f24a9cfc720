"""Encodes the scene's picture, and puts the point that was found into the scene."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from zscape.app.state.session import Session
from zscape.app.views.restyle.pictures import Found, Given, find
from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.work.jobs import JobQueue
from zscape.app.work.latest_job import LatestJob

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


class EncodingJob(QObject):
    """A picture is set by `take` or `choose_label`. If the scene has one without a point, or with a point found by another model
    than the open one, `follow` has it encoded; the newest wins. A change and its result are one undo step.

    job: runs the encoder, with progress. Errors go to the session as a message.
    """

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.job = LatestJob(jobs, self)
        self._gesture: int | None = None  # of the last change of the picture: its result joins the same undo step
        self._label = ""
        self._asked: Restyle | None = None  # what is being encoded, or could not be
        self._asked_of: Model | None = None
        self._found_by: Model | None = None
        self._steps = 0
        self.job.finished.connect(self._take_found)
        self.job.failed.connect(lambda line: session.message.emit(line, True))

    @property
    def _given(self) -> Restyle | None:
        return self.session.scene.view(RestyleState).given

    @property
    def label(self) -> int | None:
        """The class that the user set for the picture, None if it is to be found."""
        return self._given.label if self._given else None

    @property
    def refining(self) -> bool:
        """Whether z is being optimised after encoding."""
        return self._steps > 0 and self.job.busy

    def take(self, given: Given, label: str, gesture: int | None = None) -> None:
        """Set `given` as the picture to restyle, as one undo step called `label`; the class set before is kept.

        gesture: that of a movement that this ends; if it has encoded exactly this picture already, that result is used.
        """
        now = self._given
        restyle = asked(given, self.label)
        if gesture is not None and now is not None and now.found is not None and _as_given(now) == restyle:
            restyle = now
        self._change(label, restyle, gesture)

    def take_live(self, found: Found, label: str, gesture: int) -> None:
        """Show a result during a movement, all of which is one undo step called `label`."""
        self._found_by = self.session.model
        self.session.edit_view(label, RestyleState(_with(found)), gesture)

    def choose_label(self, label: int | None) -> None:
        """Set the class of the picture, None to have it found."""
        before = self._given
        if before is not None:
            self._change("choose class", replace(before, label=label, refine=0, found=None, mse=None, contrast=None))

    def refine(self, steps: int, keep_style: bool) -> None:
        """Encode the picture again and optimise z by `steps`; 0 keeps the encoder's result."""
        restyle = self._given
        if restyle is not None:
            self._gesture, self._label, self._asked = self.session.new_gesture(), "refine" if steps else "encode", None
            self._encode(replace(restyle, keep_style=keep_style), steps)

    def follow(self) -> None:
        """Encode the picture of the scene, if it is due."""
        restyle = self._given
        if restyle is None:
            self.job.cancel()
            self._asked = None
        elif restyle.found is None or (self._found_by is not None and self._found_by is not self.session.model):
            self._encode(restyle, restyle.refine)

    def _change(self, label: str, restyle: Restyle, gesture: int | None = None) -> None:
        self._gesture, self._label, self._asked = gesture or self.session.new_gesture(), label, None
        self.session.edit_view(label, RestyleState(restyle), self._gesture)

    def _encode(self, restyle: Restyle, steps: int) -> None:
        model = self.session.model
        if model is None or model.encoder is None or (self._asked == restyle and self._asked_of is model):
            return
        self._asked, self._asked_of, self._steps = restyle, model, steps
        asked = replace(restyle, refine=steps)
        self.job.start("Refine" if steps else "Encode", lambda: find(model, asked, steps))

    def _take_found(self, found: Found) -> None:
        """Put the result into the scene, unless the picture or the class has changed since."""
        now = self._given
        self._asked = None
        if now is None or (now.picture, now.label) != (found.asked.picture, found.asked.label):
            return
        self._found_by = self._asked_of
        self.session.edit_view(self._label or "encode", RestyleState(_with(found)), self._gesture)


def asked(given: Given, label: int | None) -> Restyle:
    """What is to be found for `given`, of class `label` if it is set."""
    return Restyle(given.picture, label, photo=given.photo, crop=given.crop)


def _with(found: Found) -> Restyle:
    return replace(found.asked, found=found.recipe, mse=found.mse, contrast=found.contrast)


def _as_given(restyle: Restyle) -> Restyle:
    """The same without any results."""
    return replace(restyle, found=None, mse=None, contrast=None)
