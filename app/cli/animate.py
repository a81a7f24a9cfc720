"""`zscape animate`: a film of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tyro.conf import Positional

from zscape.app.cli.usage import UsageError
from zscape.models.errors import ZscapeError

MOST_FRAMES = 100_000


@dataclass(frozen=True)
class Animate:
    """Write the film of a timeline in a JSON file."""

    file: Positional[Path]
    """The timeline: a JSON file, or a film that Zscape wrote."""
    out: Path
    """Where to: X.mp4, X.webm, X.gif, X.apng, X.webp, or a new folder of PNGs."""
    model: str = ""
    """A model's name or file; by default the one that the film names, else the bundled one."""
    fps: float = 30.0
    """Frames a second, 1 to 120."""
    size: str = "512x512"
    """Width x height of the film in pixels."""
    fit: Literal["pad", "fill", "stretch"] = "pad"
    """Where the proportions differ: a colour around it, cut off what stands over, or stretch."""
    colour: str = "#000000"
    """What is around a padded picture."""
    smooth: bool = False
    """Enlarge smoothly instead of pixel by pixel."""
    device: str = "auto"

    def run(self) -> int:
        """Read, draw and write."""
        from zscape.app.cli.show import show
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.library import default_name, find
        from zscape.models.inference.frames import frames
        from zscape.models.inference.runner import GeneratorRunner
        from zscape.models.media.animation import check_animation, write_animation
        from zscape.models.media.film_file import film_texts, timeline_in
        from zscape.models.media.fitting import Fitting, colour_of, size_of
        from zscape.models.sweeps.single import Single
        from zscape.models.timeline.text import check_timeline

        try:
            fitting = Fitting(size_of(self.size), self.fit, self.smooth, colour_of(self.colour))
            check_animation(self.out, fitting.size[::-1], self.fps, exact=True)
        except ZscapeError as error:
            raise UsageError(str(error)) from error
        timeline, name = timeline_in(self.file)
        runner = GeneratorRunner(load_model(find(self.model or name or default_name())), self.device)
        try:
            check_timeline(timeline, runner.model.space)
        except ZscapeError as error:
            raise ZscapeError(f"{self.file}: {error}") from error
        count = round(timeline.seconds * self.fps)
        if not 1 <= count <= MOST_FRAMES:
            length = f"{timeline.seconds:g} s at {self.fps:g} a second"
            raise ZscapeError(f"{self.file}: {length} are {count:,} frames; 1 to {MOST_FRAMES:,} can be written.")
        drawn = frames(runner, Single(timeline.base), timeline, count)
        film = map(fitting.frame, drawn)
        show(write_animation(self.out, film, self.fps, count, metadata=film_texts(timeline, runner.model.spec.name)))
        return 0
