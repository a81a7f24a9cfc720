"""The export dialog: size, length and file. The export then runs as a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import Button, answers, empty_form, stacked
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.beside import beside
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.numbers.number_box import decimal_box, whole_box
from zscape.app.window.export.file_name import free, named, without
from zscape.app.window.export.preview import Preview, form_beside
from zscape.app.window.export.size import Colour, SizeChoice
from zscape.app.window.export.sound import SoundChoice
from zscape.app.work.exporting.export import Animation
from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import check_place

if TYPE_CHECKING:
    from zscape.app.work.exporting.export import OwnFilm
    from zscape.models.media.film.film_formats import Choices

RATES = (24, 25, 30, 50, 60)
GIF_RATES = (20, 25, 50)
"""Frames per second that the file stores exactly: GIF counts in hundredths of a second."""
FORMATS = {
    "GIF": ".gif", "WebP": ".webp", "APNG": ".apng", "MP4": ".mp4", "MP4 with AV1": ".mp4", "WebM": ".webm",
    "WebM with AV1": ".webm", "Folder of PNGs": "", "Contact sheet, PNG": ".png", "Contact sheet, SVG": ".svg",
    "Contact sheet, PDF": ".pdf",
}  # fmt: skip
DITHERS: dict[str, Literal["none", "ordered", "diffusion"]] = {
    "Nearest": "none", "Pattern": "ordered", "Dots": "diffusion",
}  # fmt: skip
QUALITIES = {"Every pixel as it is": None, "90 %": 90, "75 %": 75, "50 %": 50}
FORMAT, RATE, DITHER, QUALITY = "export_format", "export_rate", "export_dither", "export_quality"
"""The settings remembered for the next export."""
LENGTHS = (0.5, 60)
"""The shortest and the longest loop, in seconds."""
TIMELINE = "The timeline"
"""The label of the session's own timeline among the motions."""


class ExportDialog(QDialog):
    """Asks for a file and a size; for a film also for the motion, the length and the frame rate.

    settings: remember the last choices. size: width and height of the sheet in picture pixels. motions: what can move, () for a
    still picture. played: the length of the timeline in seconds, if it is one of them; it cannot be edited. claimed: whether a
    file exists or is going to be written. ground: the background of the sheet. preview: of the sheet.
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
    ) -> None:
        super().__init__(window)
        moving = bool(motions)
        self.setWindowTitle("Export film" if moving else "Save picture")
        self._settings, self._moving, self._played, self._claimed, self.preview = settings, moving, played, claimed, preview
        self._size, self._own = size, dict(own or {})
        rows = empty_form()
        self.motion = choice_box(motions, "What changes from the first frame to the last")
        tip = "GIF opens everywhere, WebP and APNG can keep every pixel, MP4 and WebM are the smallest"
        self.format = choice_box(FORMATS, tip, chosen=settings.text(FORMAT, "GIF"))
        tip = "How long it lasts; a timeline has its own length"
        self.seconds = decimal_box(LENGTHS, 4, tip, decimals=1, suffix=" s", width=96)
        self.rate = choice_box((), "More frames move more smoothly and make a larger file")
        self._offer_rates(settings.text(RATE, "25"))
        self.pictures = whole_box((1, 400), 12, "How many frames of the film the sheet shows, four side by side", width=96)
        tip = "How a GIF shows colours that its 256 lack: the nearest, a pattern that stands still, or dots"
        self.dither = choice_box(DITHERS, tip, chosen=settings.text(DITHER, "Nearest"))
        tip = "Quality of a WebP: below 100 % its pixels differ a little, and the file is smaller"
        self.quality = choice_box(QUALITIES, tip, chosen=settings.text(QUALITY, next(iter(QUALITIES))))
        self.size_choice = SizeChoice(self, settings, size, ground)
        self.scale = self.size_choice.scale
        self.path = QLineEdit()
        self.path.setMinimumWidth(320)
        self.path.setToolTip("Where the file goes")
        choose = text_button("Choose…", "Choose the folder and the name", self._choose)
        choose.setAccessibleName("Choose file")
        if moving:
            rows.addRow("Motion", self.motion)
            rows.addRow("Format", self.format)
            rows.addRow("Colours", self.dither)
            rows.addRow("Quality", self.quality)
            rows.addRow("Length", self.seconds)
            rows.addRow("Frames", self.rate)
            rows.addRow("Pictures", self.pictures)
        self.size_choice.add_to(rows)
        self.sound = SoundChoice(self)
        if moving:
            self.sound.add_to(rows)
        rows.addRow("File", beside(self.path, choose))
        self.note = Elided("")
        self.note.setProperty("role", "dim")
        rows.addRow("", self.note)
        named = (("Motion", self.motion), ("Format", self.format), ("Length", self.seconds), ("Frames", self.rate))
        for name_of, control in (
            *named,
            ("Colours", self.dither),
            ("Quality", self.quality),
            ("Pictures", self.pictures),
            ("File", self.path),
        ):
            control.setAccessibleName(name_of)
        buttons, self.save_button = answers(self, Button.Save, "Write the file; the window stays usable", "Write nothing")
        stacked(self, form_beside(rows, preview), buttons)
        self._suffix = FORMATS[self.format.currentText()] if moving else ".png"
        self._form = rows
        self._propose(str(settings.last_folder() / name))
        self.format.currentTextChanged.connect(self._take_format)
        self.motion.currentTextChanged.connect(self._take_motion)
        self.size_choice.changed.connect(self._check)
        self.sound.changed.connect(self._check)
        self.pictures.valueChanged.connect(self._check)
        self.rate.currentIndexChanged.connect(self._check)
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
        seconds = self.sound.length or seconds
        rate, scale, fitting = float(self.rate.currentData()), self.scale.value(), self.size_choice.fitting
        return Animation(self.chosen, seconds, rate, scale, fitting, self._choices, self.pictures.value())

    @property
    def _choices(self) -> Choices:
        from zscape.models.media.film.film_formats import Choices

        codec: Literal["av1", "usual"] = "av1" if self.format.currentText().endswith("AV1") else "usual"
        quality = QUALITIES[self.quality.currentText()] if self._suffix == ".webp" else None
        return Choices(DITHERS[self.dither.currentText()], codec, self.sound.sound, quality=quality)

    def _take_format(self, name: str) -> None:
        bare = without(self.path.text(), self._suffix)
        if self.path.text() == self._proposed:  # with a number, if the new suffix requires one
            bare = self._bare
        self._suffix = FORMATS[name]
        self._offer_rates(str(self.rate.currentData()))
        self._propose(bare)
        self._check()

    def _take_name(self, text: str) -> None:
        """If the name ends with the suffix of another format, select that format: nobody wants a film.mp4.gif."""
        suffix = Path(text.strip()).suffix.lower()
        if self._moving and self._suffix and suffix and suffix != self._suffix and suffix in FORMATS.values():
            with QSignalBlocker(self.format):
                self.format.setCurrentIndex([*FORMATS.values()].index(suffix))
            self._suffix = suffix
            self._offer_rates(str(self.rate.currentData()))
        self._check()

    def _offer_rates(self, wanted: str) -> None:
        """List the rates of the format; select `wanted` if it is one of them, else the closest faster one."""
        rates = GIF_RATES if self.format.currentText() == "GIF" else RATES
        with QSignalBlocker(self.rate):
            self.rate.clear()
            for rate in rates:
                self.rate.addItem(f"{rate} a second", rate)
            near = next((rate for rate in rates if wanted.isdigit() and rate >= int(wanted)), rates[-1])
            self.rate.setCurrentText(f"{near} a second")

    def _propose(self, bare: str) -> None:
        """Propose an unused file of that name."""
        known = Path(bare).name
        self._bare, self._proposed = bare, str(free(Path(bare + self._suffix), self._claimed)) if known else bare
        self.path.setText(self._proposed)

    def _take_motion(self, name: str) -> None:
        """Use the timeline's length for the timeline, and a film's own size for a film of the view."""
        self.size_choice.take_size(self._own[name].size if name in self._own else self._size)
        theirs = name == TIMELINE
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
            sheet = self._suffix in (".png", ".svg", ".pdf")
            self._form.setRowVisible(self.dither, self._suffix == ".gif")
            self._form.setRowVisible(self.quality, self._suffix == ".webp")
            self._form.setRowVisible(self.pictures, sheet)
            self._form.setRowVisible(self.rate, not sheet)
            self.sound.show_for(self._suffix in (".mp4", ".webm"))
            self._show_length()
        try:
            (width, height), scale = self.size_choice.drawn
            if self._moving and not unnamed:
                problem = self._problem((height, width), scale)
                fits = not problem
        except ZscapeError:
            fits = False
        self.size_choice.tell(problem, self._moving and self._suffix in (".png", ".svg", ".pdf"))
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

    def _problem(self, size: tuple[int, int], scale: int) -> str:
        """A short reason why the film cannot have `size` (height, width); "" if it can."""
        from zscape.models.media.film.contact_sheet import check_contact_sheet, is_contact_sheet
        from zscape.models.media.film.film_formats import check_animation, encoder_of, format_of

        if is_contact_sheet(self.chosen):
            try:
                check_contact_sheet(self.chosen, (size[1] * scale, size[0] * scale), self.pictures.value(), 4)
            except ZscapeError:
                return "too many for one sheet"
            return ""
        name, codec = self.format.currentText(), self._choices.codec
        kind, exact = format_of(self.chosen, codec), self.size_choice.exact
        try:
            encoder_of(kind)
        except ZscapeError:
            return f"{name} is not possible here: it has no encoder"
        try:
            check_animation(self.chosen, size, float(self.rate.currentData()), scale, exact, codec)
        except ZscapeError:
            odd = exact and kind.even and (size[0] % 2 or size[1] % 2)
            few = min(size) * scale < kind.smallest
            return f"{name} needs an even width and height" if odd else f"too {'few' if few else 'many'} for {name}"
        return ""

    def _keep(self) -> None:
        """Remember the choices."""
        self.size_choice.keep()
        if self._moving:
            self._settings.keep(FORMAT, self.format.currentText())
            self._settings.keep(RATE, str(self.rate.currentData()))
            self._settings.keep(DITHER, self.dither.currentText())
            self._settings.keep(QUALITY, self.quality.currentText())

    def _choose(self) -> None:
        # The system's own dialog confirms that a file is replaced.
        kinds = f"*{self._suffix}" if self._suffix else "All files (*)"
        name, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self.path.text(), kinds)
        if name:
            self.path.setText(name)
