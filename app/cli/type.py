"""`zscape type`: a line of text in a style of a model of letters."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from tyro.conf import Positional, arg

from zscape.app.cli.usage import UsageError

Text = Annotated[str, arg(metavar="TEXT")]


@dataclass(frozen=True)
class Type:
    """Set a line of text in a style of a model whose classes are letters."""

    text: Positional[Text]
    """What to write, in letters of the model; a letter stands for its other case too where only one is there."""
    out: Path
    """Where to: X.png, X.svg (outlines), or X.otf (a font with all letters of the style)."""
    model: str = "letters"
    """A model's name or file, with single characters as its classes."""
    seed: int = 0
    """The style: the same seed gives the same letters."""
    like: Path | None = None
    """A picture of one letter: the style is that letter's, in place of the seed's."""
    label: str = "auto"
    """Which letter --like shows; auto finds it."""
    refine: int = 0
    """Steps of optimising what was found of --like."""
    truncation: float = 1.0
    """A factor on the latent of the seed: below 1 is more typical and less varied."""
    height: int = 200
    """Pixels of a picture, from top to bottom."""
    device: str = "auto"

    def run(self) -> int:
        """Draw the letters, set the line and write it."""
        if self.out.suffix.lower() not in (".png", ".svg", ".otf"):
            raise UsageError(f"--out {self.out}: the name must end in .png, .svg or .otf.")
        if not -100 <= self.truncation <= 100:  # NaN is not either
            raise UsageError(f"--truncation {self.truncation}: it must be a number from -100 to 100, usually from 0 to 1.")
        if not 0 <= self.refine <= 100_000:
            raise UsageError("--refine must be from 0 to 100000 steps.")

        from zscape.app.cli.show import show
        from zscape.models.data.given_pictures import reading_inputs
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.library import find
        from zscape.models.inference.alphabet import typeface_at, typeface_like
        from zscape.models.lettering.files import save_line
        from zscape.models.lettering.typeface import check_letters

        model = load_model(find(self.model))
        spec = model.spec
        check_letters(spec.class_names)
        if self.like is None:
            typeface = typeface_at(model, self.seed, self.truncation, self.device)
        else:
            given = show(reading_inputs(self.like, spec.image_shape, spec.subject, spec.layout))
            if len(given.images) != 1:
                raise UsageError(f"--like {self.like}: give a picture of one letter; there are {len(given.images):,}.")
            for warning in given.warnings:
                print(f"zscape: {warning}", file=sys.stderr)
            letter = None if self.label == "auto" else self.label
            typeface = show(typeface_like(model, given.images[0], letter, self.refine, self.device))
        save_line(self.out, typeface, self.text, self.height, self.out.stem)
        print(f"{self.text} is at {self.out}")
        return 0
