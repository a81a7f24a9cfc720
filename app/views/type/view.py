"""The type view: a line of text in the current style, which can be saved as a picture, as outlines or as a font."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.type.state import LONGEST, TypeState, lacks_letters
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.named_file import named_file
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.type_line import TypeLine
from zscape.app.widgets.strip import Strip
from zscape.app.work.bind import bind
from zscape.app.work.context import Context
from zscape.app.work.exporting.export import Drawing
from zscape.app.work.latest_job import LatestJob
from zscape.models.errors import ZscapeError
from zscape.models.lettering.line import SetLine
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.single import ClassRow

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model
    from zscape.models.lettering.film import LineFrames

LACKS = "This view sets type: open a model whose classes are letters or digits"
HEIGHT = 400
"""The height of a saved picture in pixels."""
MOST_LINES = 900
"""The most lines kept of a playing film: half a minute."""
FILTERS = "Picture (*.png);;Outlines (*.svg);;OpenType font (*.otf)"


@dataclass(frozen=True, eq=False)
class Setting:
    """A line that was set. frame, text: what it was set from. lacking: a sentence about the characters that the model does not
    draw, "" for none.
    """

    frame: Frame
    text: str
    line: SetLine
    lacking: str


def setting(frame: Frame, text: str) -> Work[Setting]:
    """Work that sets `text` in the letters of `frame`, or all letters in lines for ""."""
    yield Progress(0, 0, "Setting the line")
    from zscape.models.lettering.film import line_of
    from zscape.models.lettering.typeface import without_others

    letters = frame.model.spec.class_names
    drawn, lacking = without_others(text, letters)
    return Setting(frame, text, line_of(frame.images, letters, drawn), lacking)


def saving(path: Path, images: Any, letters: tuple[str, ...], text: str) -> Work[Path]:
    """Work that saves `text`, or its font, depending on the suffix of `path`."""
    yield Progress(0, 0, "Saving the type")
    from zscape.models.lettering.files import FONT, save_line
    from zscape.models.lettering.typeface import typeface_of, without_others

    drawn = text if path.suffix.lower() == FONT else without_others(text, letters)[0]
    save_line(path, typeface_of(images, letters), drawn, HEIGHT, path.stem)
    return path


class TypeView(View):
    """The line, above a strip with its text."""

    name = "type"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.picture = TypeLine()
        self.picture.setAccessibleName("The line in this style")
        self.picture.painted.connect(lambda _: self.painted.emit(self._shown))
        self.text = QLineEdit()
        self.text.setMaxLength(LONGEST)
        self.text.setMinimumWidth(240)
        self.text.setPlaceholderText("Type a word")
        self.text.setToolTip(
            "The text to set in the current style; a letter also stands for its other case if the model has only one"
        )
        self.save = QPushButton("Save…")
        self.save.setToolTip("Save the line as a picture or as outlines (SVG), or all letters of this style as a font")
        self.save.clicked.connect(self._ask_where)
        self.strip = Strip()
        self.strip.add(self.text, "Text")
        self.strip.add(self.save)
        self.strip.add_gap()
        self.strip.add_words("Drag a slider on the left: the type changes.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.picture, 1)
        column.addWidget(self.strip)
        bind(
            self.text,
            self.session,
            context.jobs,
            "type",
            lambda scene: scene.view(TypeState).text,
            lambda scene, text: scene.with_view(TypeState(text)),
        )
        self._set = LatestJob(context.jobs, self)
        self._set.finished.connect(self._take_line)
        self._set.failed.connect(self._take_failure)
        self._set.cancelled.connect(self._forget)
        self._frame: Frame | None = None
        self._asked: tuple[Frame, str] | None = None  # from which the line was set last; None if something else may be shown
        self._shown: Frame | None = None  # from which the line on screen was set
        self._lines: dict[tuple[Sweep, str], SetLine] = {}  # cached lines of the playing film, for its next round
        self._waits = False  # whether letters have arrived while a line was being set

    def sweep(self) -> Sweep | None:
        space = self.session.space
        return None if space is None or lacks_letters(space) else ClassRow(self.session.point)

    def drawing(self) -> Drawing:
        """The line instead of its letters."""
        from zscape.models.lettering.film import LineFrames
        from zscape.models.lettering.typeface import without_others

        line, space = self.picture.line, self.session.space
        if line is None or space is None:
            raise ZscapeError("The line is not set yet: try again in a moment, or take out what the model cannot draw.")
        lines = LineFrames.like(line, space.labels, without_others(self._text(), space.labels)[0])
        height, width = lines.size
        return Drawing((width, height), partial(_drawn, lines), (255, 255, 255))

    def refresh(self) -> None:
        """Request the letters; if only the text has changed, set it from the current ones."""
        super().refresh()
        possible = self.sweep() is not None
        grey(self.text, "" if possible else LACKS)
        grey(self.save, LACKS if not possible else "The line is not set yet" if self._frame is None else "")
        if not possible:
            self._frame = self._asked = None
            self._set.cancel()
            self.picture.clear("" if self.session.space is None else f"{LACKS}.")
        elif self._frame is not None and self._frame.sweep == self.sweep() and self._frame.model is self.session.model:
            self._start()
        elif self.picture.line is None:
            self.picture.say("Drawing.")

    def show_frame(self, frame: Frame) -> None:
        if not frame.complete or (frame.draft and not self.context.moment.moving):
            return  # the exact one follows later
        if self._frame is None or self._frame.model is not frame.model or not self.context.moment.is_shown:
            self._lines.clear()
        self._frame = frame
        grey(self.save, "")
        moving = self.context.moment.moving
        line = self._known(frame) if moving else None
        if line is not None:
            self._asked = None
            self._show(frame, line)  # the line being set is for the next round
            return
        self._waits = moving and self._set.busy
        if not self._waits:  # playback brings new letters faster than lines are set; giving up each would leave none
            self._start()

    def _take_line(self, found: Setting) -> None:
        if self.context.moment.moving and len(self._lines) < MOST_LINES:
            self._lines[found.frame.sweep, found.text] = found.line
        if self._shown is None or found.frame.request >= self._shown.request:
            self._show(found.frame, found.line)
            self.picture.say(found.lacking)
        self._go_on()

    def _forget(self) -> None:
        """The line was not set, so the same one may be asked for again."""
        self._asked = None

    def _take_failure(self, line: str) -> None:
        self._forget()
        self.picture.say(line)
        self._go_on()

    def _go_on(self) -> None:
        """Set the letters that have arrived meanwhile."""
        waits, self._waits = self._waits, False
        if waits and self._frame is not None and self._known(self._frame) is None:
            self._start()

    def _known(self, frame: Frame) -> SetLine | None:
        """The cached line for `frame` during playback."""
        return self._lines.get((frame.sweep, self._text()))

    def _show(self, frame: Frame, line: SetLine) -> None:
        self._shown = frame
        self.picture.show_line(line)

    def painted_by(self) -> list[TypeLine]:
        return [self.picture]

    def _start(self) -> None:
        """Set the line, unless it is that of the same letters and text; a view that is shown again asks for them again."""
        assert self._frame is not None
        frame, text = self._frame, self._text()
        if self._asked is not None and _same(self._asked[0], frame) and self._asked[1] == text:
            return
        if self.picture.line is None:
            self.picture.say("Setting the line.")
        self._asked = frame, text
        self._set.start("Set the line", partial(setting, frame, text))

    def _text(self) -> str:
        """The text to set, without spaces at its ends, which would only shift it."""
        return self.session.scene.view(TypeState).text.strip()

    def _ask_where(self) -> None:
        settings = self.context.settings
        name, kind = QFileDialog.getSaveFileName(self, "Save the type", str(settings.last_folder() / "type.png"), FILTERS)
        if name:
            path = named_file(name, kind, FILTERS)
            settings.keep_folder(path)
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save the line by the suffix of `path`; errors are shown below the line."""
        if path.suffix.lower() not in (".png", ".svg", ".otf"):
            self.picture.say(f"{path.name}: the name must end in .png, .svg or .otf.")
            return
        assert self._frame is not None
        letters = self._frame.model.spec.class_names
        text = self._text() or "".join(letters)
        job = self.context.jobs.start(f"Save {path.name}", partial(saving, path, self._frame.images, letters, text))
        job.finished.connect(lambda saved: self.picture.say(f"Saved {saved.name}."))
        job.failed.connect(self.picture.say)


def _same(a: Frame, b: Frame) -> bool:
    """Whether two frames have the same pictures."""
    return a is b or (a.model is b.model and a.draft == b.draft and a.sweep == b.sweep)


def _drawn(lines: LineFrames, model: Model, device: str) -> Callable[[Sweep], NDArray[np.uint8]]:
    """A function that draws a sweep over all letters as a frame with the line."""
    from zscape.models.inference.runner import GeneratorRunner

    runner = GeneratorRunner(model, device)
    last: list[tuple[Sweep, NDArray[np.uint8]]] = []

    def draw(sweep: Sweep) -> NDArray[np.uint8]:
        if not last or last[0][0] != sweep:  # a film with holds has many frames of one point
            last[:] = [(sweep, lines(runner.draw(sweep.points(model.space)).images))]
        return last[0][1]

    return draw
