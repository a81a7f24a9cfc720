"""`zscape gui` and `zscape screenshot`: the verbs that open the window. They import it only when they run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from zscape.app.cli.notices import notice
from zscape.app.cli.options import Device, MaybePath, ModelName, Size, option
from zscape.app.cli.usage import UsageError
from zscape.models.errors import ZscapeError

VIEW_HELP = (
    "Which view: image, class-sweep, style-sweep, style-mixing, restyle, paint, arithmetic, candidates, pad, map, type, "
    "compare, layers, train."
)


@dataclass(frozen=True)
class Gui:
    """Open the window."""

    model: ModelName = ""
    """The model to open first: a name or a file."""
    session: MaybePath = None
    """A saved session to continue."""
    device: Device = "auto"

    def run(self) -> int:
        """Open the window and run until it is closed."""
        self._check()

        from zscape.app.window.startup.start import run

        return run(self.model, self.session, self.device)

    def _check(self) -> None:
        """Raise ZscapeError for missing files, because the window would open with something else."""
        if self.model:
            from zscape.models.files.header import read_spec
            from zscape.models.files.library import find

            read_spec(find(self.model))
        if self.session is not None and not self.session.is_file():
            raise ZscapeError(f"{self.session}: there is no such file; give a session that was saved.")
        if self.session is not None:
            from zscape.app.cli.asked_film import kept_points

            kept_points(self.session)  # checks that it is a session
        if self.device not in ("auto", "cpu"):
            from zscape.models.inference.device import choose

            choose(self.device)


@dataclass(frozen=True)
class Screenshot:
    """Save a picture of the window as a PNG; needs no display."""

    view: Annotated[str, option("NAME", VIEW_HELP)]
    out: Path
    """Where to: X.png."""
    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    theme: Literal["light", "dark"] = "light"
    """Light or dark colours of the window."""
    size: Size = "1280x720"
    """Size of the picture in pixels; enlarged if the window needs more."""
    file: MaybePath = None
    """What to drop on the window first: a picture to restyle, a session, latents."""

    def run(self) -> int:
        """Open the window, draw it and write the picture."""
        if self.out.suffix.lower() != ".png":
            raise UsageError(f"--out {self.out}: the name must end in .png.")
        width, _, height = self.size.partition("x")
        if not (width.isdecimal() and height.isdecimal() and 320 <= int(width) <= 8192 and 240 <= int(height) <= 8192):
            raise UsageError(f"--size {self.size}: write it as WIDTHxHEIGHT, from 320x240 to 8192x8192.")
        from zscape.app.window.screenshot import screenshot

        asked = int(width), int(height)
        made = screenshot(self.model, self.view, self.out, self.theme, asked, self.file)
        if made != asked:
            larger = f"the picture has {made[0]}x{made[1]} pixels"
            notice(f"{self.size} is less than the window needs: {larger}.")
        print(f"The picture is at {self.out}")
        return 0
