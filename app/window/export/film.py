"""How a film is written: its format, and what can be chosen for that format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.numbers.number_box import whole_box
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
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


class FilmChoice(QObject):
    """The form rows for the format of a film, its colours, quality and frames.

    changed(): the frame rate or the number of pictures has changed. format_changed(): another format is selected.
    """

    changed = Signal()
    format_changed = Signal()

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(parent)
        self._settings = settings
        tip = "GIF opens everywhere, WebP and APNG can keep every pixel, MP4 and WebM are the smallest"
        self.format = choice_box(FORMATS, tip, "Format", settings.text(FORMAT, "GIF"))
        self.rate = choice_box((), "More frames move more smoothly and make a larger file", "Frames")
        self._offer_rates(settings.text(RATE, "25"))
        tip = "How many frames of the film the sheet shows, four side by side"
        self.pictures = whole_box((1, 400), 12, tip, "Pictures", width=96)
        tip = "How a GIF shows colours that its 256 lack: the nearest, a pattern that stands still, or dots"
        self.dither = choice_box(DITHERS, tip, "Colours", settings.text(DITHER, "Nearest"))
        tip = "Quality of a WebP: below 100 % its pixels differ a little, and the file is smaller"
        self.quality = choice_box(QUALITIES, tip, "Quality", settings.text(QUALITY, next(iter(QUALITIES))))

    def add_to(self, form: QFormLayout, length: QWidget) -> None:
        """Add the rows at the end of `form`. length: the field of the film's length, which gets its row among them."""
        form.addRow("Format", self.format)
        form.addRow("Colours", self.dither)
        form.addRow("Quality", self.quality)
        form.addRow("Length", length)
        form.addRow("Frames", self.rate)
        form.addRow("Pictures", self.pictures)
        self.format.currentTextChanged.connect(self._take_format)
        self.pictures.valueChanged.connect(self.changed)
        self.rate.currentIndexChanged.connect(self.changed)
        self._form = form
        self._show_rows()

    @property
    def suffix(self) -> str:
        """The suffix of the format, "" for a folder."""
        return FORMATS[self.format.currentText()]

    @property
    def is_sheet(self) -> bool:
        """Whether it is a sheet of some frames, not a film."""
        return self.suffix in (".png", ".svg", ".pdf")

    @property
    def has_sound(self) -> bool:
        """Whether the format can have sound."""
        return self.suffix in (".mp4", ".webm")

    @property
    def fps(self) -> float:
        """Frames per second."""
        return float(self.rate.currentData())

    def choices(self, sound: Path | None) -> Choices:
        """What was chosen for the format. sound: the file of the film's sound."""
        from zscape.models.media.film.film_formats import Choices

        quality = QUALITIES[self.quality.currentText()] if self.suffix == ".webp" else None
        return Choices(DITHERS[self.dither.currentText()], self._codec, sound, quality=quality)

    @property
    def _codec(self) -> Literal["av1", "usual"]:
        return "av1" if self.format.currentText().endswith("AV1") else "usual"

    def select(self, suffix: str) -> None:
        """Select the first format with `suffix`, without a signal."""
        with QSignalBlocker(self.format):
            self.format.setCurrentIndex([*FORMATS.values()].index(suffix))
        self._offer_rates(str(self.rate.currentData()))
        self._show_rows()

    def problem(self, path: Path, size: tuple[int, int], scale: int, exact: bool) -> str:
        """A short reason why the file `path` cannot have `size` (height, width) times `scale`; "" if it can.

        exact: whether the size was typed in pixels.
        """
        from zscape.models.media.film.contact_sheet import check_contact_sheet, is_contact_sheet
        from zscape.models.media.film.film_formats import check_animation, encoder_of, format_of

        if is_contact_sheet(path):
            try:
                check_contact_sheet(path, (size[1] * scale, size[0] * scale), self.pictures.value(), 4)
            except ZscapeError:
                return "too many for one sheet"
            return ""
        name, codec = self.format.currentText(), self._codec
        kind = format_of(path, codec)
        try:
            encoder_of(kind)
        except ZscapeError:
            return f"{name} is not possible here: it has no encoder"
        try:
            check_animation(path, size, self.fps, scale, exact, codec)
        except ZscapeError:
            odd = exact and kind.even and (size[0] % 2 or size[1] % 2)
            few = min(size) * scale < kind.smallest
            return f"{name} needs an even width and height" if odd else f"too {'few' if few else 'many'} for {name}"
        return ""

    def keep(self) -> None:
        """Remember the choices."""
        self._settings.keep(FORMAT, self.format.currentText())
        self._settings.keep(RATE, str(self.rate.currentData()))
        self._settings.keep(DITHER, self.dither.currentText())
        self._settings.keep(QUALITY, self.quality.currentText())

    def _take_format(self) -> None:
        self._offer_rates(str(self.rate.currentData()))
        self._show_rows()
        self.format_changed.emit()

    def _show_rows(self) -> None:
        self._form.setRowVisible(self.dither, self.suffix == ".gif")
        self._form.setRowVisible(self.quality, self.suffix == ".webp")
        self._form.setRowVisible(self.pictures, self.is_sheet)
        self._form.setRowVisible(self.rate, not self.is_sheet)

    def _offer_rates(self, wanted: str) -> None:
        """List the rates of the format; select `wanted` if it is one of them, else the closest faster one."""
        rates = GIF_RATES if self.format.currentText() == "GIF" else RATES
        with QSignalBlocker(self.rate):
            self.rate.clear()
            for rate in rates:
                self.rate.addItem(f"{rate} a second", rate)
            near = next((rate for rate in rates if wanted.isdigit() and rate >= int(wanted)), rates[-1])
            self.rate.setCurrentText(f"{near} a second")
