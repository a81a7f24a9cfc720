"""Pictures to restyle: from a file, the clipboard, or the examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zscape.app.views.restyle.pictures import Given, example, no_examples, read
from zscape.app.widgets.drawing.draw_pad import DrawPad
from zscape.app.widgets.greyed import NO_MODEL
from zscape.app.work.asked_picture import asked_picture
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec
    from zscape.models.progress import Work

    Make = Callable[[Spec], Work[Given]]


class Incoming(QObject):
    """Reads pictures. taken(Given): one is ready for the open model. failed(line): it is not a picture, or shows nothing."""

    taken = Signal(object)
    failed = Signal(str)

    def __init__(self, context: Context, pad: DrawPad, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._pad, self._window = context, pad, parent
        self._reading = LatestJob(context.jobs, self)
        self._reading.finished.connect(self._take)
        self._reading.failed.connect(self.failed)
        self._examples = 0
        self._lacks: tuple[object, str] = None, ""  # the spec, and why there is no example for it
        self._waiting: Path | bytes | None = None  # a picture that arrived before the model
        self._read: tuple[str, Make, Spec, Path | None] | None = None  # what is being read, how, for which model, from which file

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._reading.busy

    def open(self, source: Path | bytes) -> None:
        """Read the picture in a file, or in the bytes of one."""
        model = self._context.session.model
        if model is None:
            self._waiting = source
            return
        self._start("Read picture", partial(read, source), model.spec, source if isinstance(source, Path) else None)

    def _start(self, name: str, make: Make, spec: Spec, file: Path | None = None) -> None:
        self._read = name, make, spec, file
        self._reading.start(name, lambda: make(spec))

    def _take(self, given: Given) -> None:
        assert self._read is not None
        (name, make, spec, file), model = self._read, self._context.session.model
        if model is not None and needs(model.spec) != needs(spec):
            self._start(name, make, model.spec, file)  # another model was opened meanwhile: read it again for it
        else:
            if file is not None:
                self._context.settings.keep_recent(file)
            self.taken.emit(given)

    def follow(self) -> None:
        """Open the picture that has waited for a model."""
        if self._waiting is not None and self._context.session.model is not None:
            source, self._waiting = self._waiting, None
            self.open(source)

    def ask_file(self) -> None:
        """Ask for a file, and open it."""
        path = asked_picture(self._context.settings, self._window)
        if path is not None:
            self.open(path)

    def paste(self) -> None:
        """Read the picture on the clipboard."""
        if not self._pad.paste():
            self.failed.emit("There is no picture on the clipboard: copy one first.")

    def why_no_example(self) -> str:
        """Why there is no example for the open model, "" if there is."""
        model = self._context.session.model
        if model is None:
            return NO_MODEL
        if self._lacks[0] is not model.spec:
            self._lacks = model.spec, no_examples(model.spec)
        return self._lacks[1]

    def look_again(self) -> None:
        """Data may have been added: check again for examples."""
        self._lacks = None, ""

    def take_example(self) -> None:
        """Use one of the bundled examples, another one each time."""
        model = self._context.session.model
        if model is not None:
            number, self._examples = self._examples, self._examples + 1
            self._start("Read example", partial(example, number), model.spec)


def needs(spec: Spec) -> tuple[object, ...]:
    """The properties of a model that determine how a picture is prepared for it."""
    return spec.image_shape, spec.subject, spec.layout, spec.data
