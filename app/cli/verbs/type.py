"""`zscape type`: sets a line of text in a style of a letter model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tyro.conf import Positional

from zscape.app.cli.drawing import check_truncation
from zscape.app.cli.notices import notice
from zscape.app.cli.options import Device, MaybePath, ModelName, Text, option
from zscape.app.cli.usage import UsageError, check_options

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.recipe import Recipe


@dataclass(frozen=True)
class Type:
    """Set a line of text in a style of a model whose classes are letters or digits."""

    text: Positional[Text]
    """What to write, in letters of the model; a letter also stands for its other case if the model has only one."""
    out: Path
    """Where to: X.png, X.svg (outlines), X.otf (a font with all letters of the style); with --to .gif .webp .apng .mp4 .webm."""
    model: ModelName = "letters"
    """A model's name or file, with single characters as its classes."""
    seed: int = 0
    """The style: the same seed gives the same letters."""
    like: MaybePath = None
    """A picture of one letter, whose style is used in place of the seed's."""
    label: Text = "auto"
    """Which letter --like shows; auto finds it."""
    refine: int = 0
    """Optimisation steps on the latent found for --like."""
    truncation: float = 1.0
    """A factor on the latent of the seed: below 1 is more typical and less varied."""
    to: Annotated[tuple[int, ...], option("S ...")] = ()
    """Seeds of other styles: the line moves through them and back."""
    seconds: float = 4.0
    """How long one loop of a moving line lasts."""
    fps: float = 25.0
    """Frames a second of a moving line."""
    height: int = 200
    """Pixels of a picture, from top to bottom."""
    device: Device = "auto"

    def run(self) -> int:
        """Draw the letters, set the line and write it."""
        from zscape.models.media.film.film_formats import FORMATS

        moving = tuple(suffix for suffix in FORMATS if suffix)
        suffixes = moving if self.to else (".png", ".svg", ".otf")
        if self.out.suffix.lower() not in suffixes:
            hint = ", or give --to a seed for a moving line" if self.out.suffix.lower() in moving else ""
            raise UsageError(f"--out {self.out}: the name must end in {' or '.join(suffixes)}{hint}.")
        if not self.like:
            check_options(self, {"label": "--like PICTURE", "refine": "--like PICTURE"})
        else:
            check_options(self, {"seed": "a line without --like"})
            if not self.to:
                check_options(self, {"truncation": "the styles of seeds: --seed or --to"})
        if not self.to:
            check_options(self, {"seconds": "--to SEED", "fps": "--to SEED"})
        if self.out.suffix.lower() in (".svg", ".otf"):
            check_options(self, {"height": "a picture or a film"})
        check_truncation(self.truncation)
        if not 0 <= self.refine <= 100_000:
            raise UsageError("--refine must be from 0 to 100000 steps.")
        if not (0 < self.fps <= 120 and 0 < self.seconds <= 600):
            raise UsageError("--fps must be above 0 and at most 120, --seconds above 0 and at most 600.")

        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.library import find
        from zscape.models.inference.alphabet import typeface_at, write_word
        from zscape.models.inference.runner import GeneratorRunner
        from zscape.models.inputs.blending import truncated
        from zscape.models.inputs.recipe import Recipe
        from zscape.models.lettering.files import save_line
        from zscape.models.lettering.typeface import check_letters

        model = load_model(find(self.model))
        check_letters(model.spec.class_names)
        seeds = self.to if self.like else (self.seed, *self.to)
        stops = [truncated(Recipe.seed(seed), self.truncation, model.space) for seed in seeds]
        if self.like:
            stops.insert(0, self._found(model, self.like))
        runner = GeneratorRunner(model, self.device)
        if self.to:
            show(write_word(self.out, runner, stops, self.text, self.height, self.seconds, self.fps))
        else:
            only = "" if self.out.suffix.lower() == ".otf" else self.text
            save_line(self.out, typeface_at(runner, stops[0], only), self.text, self.height, self.out.stem)
        print(f"{self.text} is at {self.out}")
        return 0

    def _found(self, model: Model, path: Path) -> Recipe:
        """The point of the picture at `path`."""
        from zscape.app.cli.show import show
        from zscape.models.data.given_pictures import reading_inputs
        from zscape.models.inference.alphabet import recipe_like

        spec = model.spec
        given = show(reading_inputs(path, spec.image_shape, spec.subject, spec.layout))
        if len(given.images) != 1:
            raise UsageError(f"--like {path}: give a picture of one letter; there are {len(given.images):,}.")
        for warning in given.warnings:
            notice(warning)
        letter = None if self.label == "auto" else self.label
        return show(recipe_like(model, given.images[0], letter, self.refine, self.device))
