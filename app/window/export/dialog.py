"""The export dialog: size, length and file. The export then runs as a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import Button, answers, empty_form, stacked
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.beside import beside
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.app.window.export.file_name import free, named, without
from zscape.app.window.export.film import FORMATS, FilmChoice
from zscape.app.window.export.preview import Preview, form_beside
from zscape.app.window.export.size import Colour, SizeChoice
from zscape.app.window.export.sound import SoundChoice
from zscape.app.work.exporting.export import Animation
from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import check_place

if TYPE_CHECKING:
    from zscape.app.work.exporting.export import OwnFilm

LENGTHS = (0.5, 60)
"""The shortest and the longest loop, in seconds."""
TIMELINE = "The timeline"
"""The label of the session's own timeline among the motions."""


class ExportDialog(QDialog):
    """Asks for a file and a size; for a film also for the motion, the length and the frame rate.

    settings: remember the last choices. size: width and height of the sheet in picture pixels. motions: what can move, () for a
    still picture. played: the length of the timeline in seconds, if it is one of them; it cannot be edited. claimed: whether a
    file exists or is going to be written. ground: the background of the sheet. preview: of the sheet. in_time: whether the
    timeline follows its sound, so that another length would put it out of time.
    """

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        name: str,
        size: tuple[int, int],
        motions: tuple[str, ...] = (),
        played: float = 0.0,
        claimed: Callable[[Path], bool] = Path.exists,
        ground: Colour = (0, 0, 0),
        preview: Preview | None = None,
        own: Mapping[str, OwnFilm] | None = None,
        in_time: bool = False,
    ) -> None:
        super().__init__(window)
        self._in_time = in_time
        moving = bool(motions)
        self.setWindowTitle("Export film" if moving else "Save picture")
        self._settings, self._moving, self._played, self._claimed, self.preview = settings, moving, played, claimed, preview
        self._size, self._own = size, dict(own or {})
        rows = empty_form()
        self.motion = choice_box(motions, "What changes from the first frame to the last", "Motion")
        tip = "How long it lasts; a timeline has its own length"
        self.seconds = decimal_box(LENGTHS, 4, tip, "Length", decimals=1, suffix=" s", width=96)
        self.film = FilmChoice(self, settings)
        self.size_choice = SizeChoice(self, settings, size, ground)
        self.scale = self.size_choice.scale
        self.path = QLineEdit()
        self.path.setMinimumWidth(320)
        self.path.setToolTip("Where the file goes")
        self.path.setAccessibleName("File")
        choose = text_button("Choose…", "Choose the folder and the name", self._choose)
        choose.setAccessibleName("Choose file")
        if moving:
            rows.addRow("Motion", self.motion)
            self.film.add_to(rows, self.seconds)
        self.size_choice.add_to(rows)
        self.sound = SoundChoice(self)
        if moving:
            self.sound.add_to(rows)
        rows.addRow("File", beside(self.path, choose))
        self.note = Elided("")
        self.note.setProperty("role", "dim")
        rows.addRow("", self.note)
        buttons, self.save_button = answers(self, Button.Save, "Write the file; the window stays usable", "Write nothing")
        stacked(self, form_beside(rows, preview), buttons)
        self._suffix = self.film.suffix if moving else ".png"
        self._form = rows
        self._propose(str(settings.last_folder() / name))
        self.film.format_changed.connect(self._take_format)
        self.motion.currentTextChanged.connect(self._take_motion)
        self.size_choice.changed.connect(self._check)
        self.sound.changed.connect(self._check)
        self.film.changed.connect(self._check)
        self.seconds.valueChanged.connect(self._check)
        self.path.textChanged.connect(self._take_name)
        self.accepted.connect(self._keep)
        self._check()

    @property
    def chosen(self) -> Path:
        """The file, with the suffix of the format. Raises ZscapeError if the text is not a file name."""
        return named(self.path.text(), self._suffix, FORMATS.values())

    @property
    def animation(self) -> Animation:
        """The chosen settings. Raises ZscapeError if the text is not a size."""
        seconds = self._played if self.motion.currentText() == TIMELINE else self.seconds.value()
        seconds = (None if self._is_in_time else self.sound.length) or seconds
        film, scale, fitting = self.film, self.scale.value(), self.size_choice.fitting
        choices = film.choices(self.sound.sound)
        return Animation(self.chosen, seconds, film.fps, scale, fitting, choices, film.pictures.value())

    @property
    def _is_in_time(self) -> bool:
        """Whether the chosen motion must keep its length."""
        return self._in_time and self.motion.currentText() == TIMELINE

    def _take_format(self) -> None:
        bare = without(self.path.text(), self._suffix)
        if self.path.text() == self._proposed:  # with a number, if the new suffix requires one
            bare = self._bare
        self._suffix = self.film.suffix
        self._propose(bare)
        self._check()

    def _take_name(self, text: str) -> None:
        """If the name ends with the suffix of another format, select that format: nobody wants a film.mp4.gif."""
        suffix = Path(text.strip()).suffix.lower()
        if self._moving and self._suffix and suffix and suffix != self._suffix and suffix in FORMATS.values():
            self.film.select(suffix)
            self._suffix = suffix
        self._check()

    def _propose(self, bare: str) -> None:
        """Propose an unused file of that name."""
        known = Path(bare).name
        self._bare, self._proposed = bare, str(free(Path(bare + self._suffix), self._claimed)) if known else bare
        self.path.setText(self._proposed)

    def _take_motion(self, name: str) -> None:
        """Use the timeline's length for the timeline, and a film's own size for a film of the view."""
        self.size_choice.take_size(self._own[name].size if name in self._own else self._size)
        theirs = name == TIMELINE
        in_time = "The timeline follows its sound: another length would put it out of time"
        grey(self.sound.whole, in_time if self._is_in_time else "")
        self._show_length()
        self.seconds.setDecimals(2 if theirs else 1)
        self.seconds.setRange(*((self._played, self._played) if theirs else LENGTHS))
        self._check()

    def _check(self) -> None:
        """Show the resulting size, and whether it can be written."""
        problem, fits, unnamed, claimed = "", True, "", False
        try:
            chosen = self.chosen
            check_place(chosen if self._suffix else chosen / "00000.png")
            claimed = self._claimed(chosen)
        except ZscapeError as error:
            unnamed = str(error)
        if self._moving:
            self.sound.show_for(self.film.has_sound)
            self._show_length()
        try:
            (width, height), scale = self.size_choice.drawn
            if self._moving and not unnamed:
                problem = self.film.problem(chosen, (height, width), scale, self.size_choice.exact)
                fits = not problem
        except ZscapeError:
            fits = False
        self.size_choice.tell(problem, self._moving and self.film.is_sheet)
        if fits and self.preview is not None:
            with_text = self.motion.currentText() in (TIMELINE, *self._own)
            self.preview.fit(self.size_choice.fitting, self.scale.value(), with_text)
        taken = claimed and not self._suffix
        many = "" if unnamed or not self._moving else self._too_many()
        bad = self.sound.problem if self.sound.sound is not None else ""
        there = f"There is a {'folder of this name: choose another' if taken else 'file of this name: it is replaced'}."
        self.note.show_text(unnamed or (f"Sound: {bad}." if bad else many or there))
        self._form.setRowVisible(self.note, claimed or bool(bad or unnamed or many))
        no_size = "" if fits else problem or "It has no size yet: type a width or a height"
        grey(self.save_button, unnamed or bad or many or no_size or (there if taken else ""))

    def _show_length(self) -> None:
        """Let the length be edited if the motion does not determine it."""
        given = "the timeline" if self.motion.currentText() == TIMELINE else "" if self.sound.length is None else "its sound"
        grey(self.seconds, f"It lasts as long as {given}" if given else "")

    def _too_many(self) -> str:
        """One line on why a film cannot have so many frames; "" if it can."""
        from zscape.models.media.film.film_formats import MOST_FRAMES

        try:
            count = self.animation.frames
        except ZscapeError:
            return ""  # the size is invalid, which is reported elsewhere
        return f"{count:,} frames are too many: at most {MOST_FRAMES:,} can be written." if count > MOST_FRAMES else ""

    def _keep(self) -> None:
        """Remember the choices."""
        self.size_choice.keep()
        if self._moving:
            self.film.keep()

    def _choose(self) -> None:
        # The system's own dialog confirms that a file is replaced.
        kinds = f"*{self._suffix}" if self._suffix else "All files (*)"
        name, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self.path.text(), kinds)
        if name:
            self.path.setText(name)
