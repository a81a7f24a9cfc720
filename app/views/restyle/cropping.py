"""The crop box on the photograph to restyle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton

from zscape.app.views.restyle.encoding_job import EncodingJob
from zscape.app.views.restyle.incoming import needs
from zscape.app.views.restyle.live_encoding import LiveEncoding, Make
from zscape.app.views.restyle.pictures import Given, crop, cropped
from zscape.app.views.restyle.source_pictures import photo_of, pixels_of, proposed
from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.pictures.crop_pad import CropPad
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.models.media.preparing.crop_box import CropBox

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec


class Cropping(QObject):
    """Shows the box on `pad` while `button` is checked, and encodes its content while it moves.

    shown(on): whether the box is shown. failed(line): the error message.
    """

    shown = Signal(bool)
    failed = Signal(str)

    def __init__(
        self, context: Context, finder: EncodingJob, live: LiveEncoding, button: QAbstractButton, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self._finder, self._live, self._button = context.session, finder, live, button
        self.pad = CropPad()
        self._job = LatestJob(context.jobs, self)
        self._gesture: int | None = None  # the movement that ended with the job
        self._on_pad: tuple[object, ...] = ()
        self._cropped_for: Spec | None = None
        self._job.finished.connect(self._take_cropped)
        self._job.failed.connect(self.failed)
        self.pad.moved.connect(self._follow)
        self.pad.settled.connect(self._take)
        self.pad.done.connect(lambda: button.setChecked(False))
        button.toggled.connect(self._toggle)

    @property
    def busy(self) -> bool:
        """Whether a picture is being cropped."""
        return self._job.busy

    @property
    def _given(self) -> Restyle | None:
        return self.session.scene.view(RestyleState).given

    def refresh(self) -> None:
        """Update the box and its button from the picture."""
        restyle, model = self._given, self.session.model
        photo = photo_of(restyle) if restyle else None
        if restyle is None or restyle.crop is None or photo is None or model is None:
            grey(self._button, "Open a photograph first")
            self._button.setChecked(False)
            return
        grey(self._button, "")
        on_pad = (restyle.photo, restyle.crop, model.spec.image_shape)
        if not self._button.isChecked() or on_pad == self._on_pad:
            return
        if self.pad.dragging:
            if on_pad[::2] == self._on_pad[::2]:
                return
            self._live.end()  # another photograph, for example by undo: the drag is abandoned
        self._on_pad = on_pad
        channels, height, width = model.spec.image_shape
        self.pad.aspect = width / height if channels != 1 else None
        self.pad.proposed = proposed(restyle.photo, model.spec)
        self.pad.show_picture(photo, restyle.crop.within(photo.width(), photo.height()))

    def _toggle(self, on: bool) -> None:
        self._on_pad = ()
        self.refresh()
        self.shown.emit(on)
        if on:
            self.pad.setFocus()

    def _made(self, box: CropBox) -> Make | None:
        """A function that prepares the part of the photograph in `box`."""
        restyle = self._given
        pixels = pixels_of(restyle.photo) if restyle else None
        if restyle is None or pixels is None:
            return None
        photo = restyle.photo
        return lambda spec: Given(cropped(pixels, box, spec), photo, box)

    def _follow(self, box: CropBox) -> None:
        if (make := self._made(box)) is not None:
            self._live.move("crop", make)

    def _take(self, box: CropBox) -> None:
        model, make = self.session.model, self._made(box)
        self._gesture = self._live.end()
        if model is not None and make is not None:
            self._cropped_for = model.spec
            self._job.start("Crop", lambda: crop(make, model.spec))

    def _take_cropped(self, given: Given) -> None:
        model, spec = self.session.model, self._cropped_for
        if model is not None and spec is not None and needs(model.spec) == needs(spec):  # else another model was opened
            self._finder.take(given, "crop", self._gesture)
