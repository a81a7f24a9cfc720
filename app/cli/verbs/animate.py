"""`zscape animate`: a film of a timeline, or through points."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from zscape.app.cli.asked_film import FilmOptions, asked_film
from zscape.app.cli.options import Device, Flag, MaybeInt, Size, Text
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.errors import ZscapeError


@dataclass(frozen=True)
class Animate(FilmOptions):
    """Write a film: of a timeline in a file, of kept points, or of something ready-made."""

    out: Path = field(kw_only=True)
    """Where to: X.mp4, X.webm, X.gif, X.apng, X.webp, a new folder of PNGs; or a contact sheet X.png, X.svg, X.pdf."""
    size: Size = "512x512"
    """Width x height of the film in pixels."""
    fit: Literal["pad", "fill", "stretch"] = "pad"
    """If the proportions differ: add a border, crop, or stretch."""
    colour: Text = ""
    """Colour of the border, such as #ff8000; by default the background of the first frame."""
    smooth: Flag = False
    """Enlarge smoothly instead of pixel by pixel."""
    dither: Literal["none", "ordered", "diffusion"] = "none"
    """How a GIF shows colours beyond its 256: the nearest, a fixed pattern, or dots."""
    quality: MaybeInt = None
    """For a .webp, 1 to 100: smaller files, slightly lossy; lossless by default."""
    codec: Literal["usual", "av1"] = "usual"
    """For .mp4 and .webm: H.264 and VP9, or AV1, which makes smaller files."""
    pictures: int = 12
    """How many frames a contact sheet shows."""
    columns: int = 4
    """How many of them side by side."""
    device: Device = "auto"

    def run(self) -> int:
        """Read the input, draw, and write the file."""
        from zscape.app.cli.show import say_loading, show

        say_loading()
        from zscape.models.files.atomic import check_place
        from zscape.models.inference.films.frames import frames, wanted_pace, with_marks
        from zscape.models.inference.runner import GeneratorRunner
        from zscape.models.media.film.animation import write_animation
        from zscape.models.media.film.contact_sheet import check_contact_sheet, is_contact_sheet, write_contact_sheet
        from zscape.models.media.film.film_file import film_texts
        from zscape.models.media.film.film_formats import (
            FORMATS,
            Choices,
            check_animation,
            check_count,
            check_quality,
            check_sound,
            frame_count,
        )
        from zscape.models.media.film.fitting import BLACK, Fitting, colour_of, size_of
        from zscape.models.media.preparing.surround import ground_of
        from zscape.models.sweeps.single import Single

        sheet = is_contact_sheet(self.out)
        self._check_options(sheet)
        try:
            fitting = Fitting(size_of(self.size), self.fit, self.smooth, colour_of(self.colour or BLACK))
            if sheet:
                check_contact_sheet(self.out, fitting.size, self.pictures, self.columns)
            else:
                check_animation(self.out, fitting.size[::-1], self.fps, exact=True, codec=self.codec)
                check_sound(self.out, self.sound if not self.follow else None)
                check_quality(self.out, self.quality)
        except ZscapeError as error:
            raise UsageError(str(error)) from error
        if self.out.suffix:
            check_place(self.out)
        timeline, model = asked_film(self)
        count = self.pictures if sheet else frame_count(self.out, timeline.duration, self.fps)
        check_count(self.out, count, timeline.duration, self.fps)
        runner = GeneratorRunner(model, self.device)
        pace = show(wanted_pace(runner, Single(timeline.base), timeline))
        drawn = frames(runner, Single(timeline.base), timeline, count, pace)
        if not self.colour:
            first = next(drawn)
            fitting, drawn = replace(fitting, colour=ground_of(first)), chain((first,), drawn)
        film = with_marks(map(fitting.frame, drawn), timeline, count, model.space, pace=pace)
        texts = film_texts(timeline, model.spec.name, model.spec.run)
        if sheet:
            show(write_contact_sheet(self.out, film, [f"{time:.2f} s" for time in timeline.frames(count)], self.columns, texts))
        else:
            heard = self.sound if FORMATS[self.out.suffix.lower()].container in ("mp4", "webm") else None
            start = timeline.played[0] if self.follow else 0.0  # so that driven tracks stay in sync with the sound
            choices = Choices(self.dither, self.codec, heard, start, self.quality)
            show(write_animation(self.out, film, self.fps, count, metadata=texts, choices=choices))
        print(f"{'The contact sheet' if sheet else 'The film'} is at {self.out}")
        return 0

    def _check_options(self, sheet: bool) -> None:
        """Raise UsageError for an option that does not apply to the output. sheet: whether that is a contact sheet."""
        belongs = (
            ("dither", self.out.suffix.lower() == ".gif", "a .gif"),
            ("quality", self.out.suffix.lower() == ".webp", "a .webp"),
            ("codec", not sheet, "an .mp4 or .webm"),
            ("fps", not sheet or bool(self.follow), "a film"),
            ("colour", self.fit == "pad", "--fit pad"),
            ("pictures", sheet, "a contact sheet: .png, .svg or .pdf"),
            ("columns", sheet, "a contact sheet: .png, .svg or .pdf"),
        )
        check_options(self, {name: of for name, fits, of in belongs if not fits})
