"""`zscape paint`: a picture that agrees with what is painted over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tyro.conf import Positional

from zscape.app.cli.options import Device, Flag, MaybePath, ModelName, Text, option
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.files.typed_path import typed_path

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.paint import Canvas

Input = Annotated[str, option("[PICTURE]")]


@dataclass(frozen=True)
class Paint:
    """Find a picture that matches what is painted: on a picture of yours, on a generated one, or on empty paper.

    Paint is a picture with transparency, of any size: what is opaque counts. Without transparency it counts where it is not dark.
    """

    out: Path
    """Where to: X.png, or X.npz (image, drawn, and the latents under the names of their inputs)."""
    picture: Positional[Input] = ""
    """A picture to paint on; without one, what the model draws from --seed."""
    must: MaybePath = None
    """Paint that must be there, in its colours."""
    must_not: MaybePath = None
    """Paint of colours that must not be there."""
    mask: MaybePath = None
    """A mask of what may be anything: it is filled in."""
    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    seed: int = 0
    """The point to paint on, where there is no picture."""
    label: Text = "auto"
    """The class, by name or number. auto infers that of a picture, or on empty paper the one that matches best."""
    empty: Flag = False
    """Paint on empty paper: nothing but the paint counts."""
    rest: float = 0.5
    """How strictly what is not painted stays, from 0 to 1."""
    only_painted: Flag = False
    """Change a picture of yours only where it is painted."""
    variant: int = 0
    """Numbers other than 0 search elsewhere and find another picture."""
    device: Device = "auto"

    def run(self) -> int:
        """Paint and write the result."""
        if self.out.suffix.lower() not in (".png", ".npz"):
            raise UsageError(f"--out {self.out}: the name must end in .png or .npz.")
        if not 0 <= self.rest <= 1:  # also refuses NaN
            raise UsageError(f"--rest {self.rest}: it must be a number from 0 to 1.")
        if self.empty and self.picture:
            raise UsageError("--empty is for painting without a picture: leave one of them out.")
        if self.picture:
            check_options(self, {"seed": "painting without a picture"})
        else:
            check_options(self, {"only_painted": "painting on a picture"})
        if self.empty:
            check_options(self, {"rest": "painting without --empty"})
        if self.picture and typed_path(self.picture).is_dir():
            raise UsageError(f"{self.picture} is a folder: give one picture to paint on.")
        if not 0 <= self.variant <= 1_000_000:
            raise UsageError("--variant must be from 0 to 1000000.")
        if not (self.must or self.must_not or self.mask):
            raise UsageError("Say what is painted: --must, --must-not or --mask, each a picture.")

        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.library import default_name, find
        from zscape.models.inference.paint import agreement, paint, wishes_of
        from zscape.models.inference.painting import painter_of
        from zscape.models.media.images import read_layer, save_png
        from zscape.models.media.latents_file import made_by
        from zscape.models.media.npz import save_arrays
        from zscape.models.media.wishes import FREE, MUST, MUST_NOT

        model = load_model(find(self.model or default_name()))
        channels, height, width = model.spec.image_shape
        paths = ((FREE, self.mask), (MUST_NOT, self.must_not), (MUST, self.must))
        wishes = wishes_of((height, width, channels), [(brush, read_layer(path)) for brush, path in paths if path])
        canvas = self._canvas(model)
        painted = show(paint(model, canvas, wishes, self.variant, self.only_painted, self.device))
        if self.out.suffix.lower() == ".npz":
            points = painter_of(model, self.device).points([painted.recipe])
            arrays = {name: rows.cpu().numpy() for name, rows in points.items()}
            save_arrays(self.out, **made_by(model.spec), **arrays, image=painted.image[None], drawn=painted.drawn[None])
        else:
            save_png(self.out, painted.image)
        shares = ((f"of what {brush} be", agreement(painted.drawn, wishes, brush)) for brush in (MUST, MUST_NOT))
        said = [f"{share:.0%} {words}" for words, share in shares if share is not None]
        what = "picture is" if self.out.suffix.lower() == ".png" else "picture and its latents are"
        print(f"The {what} at {self.out}" + (f"; it agrees with {' and '.join(said)}" if said else ""))
        return 0

    def _canvas(self, model: Model) -> Canvas:
        import numpy as np

        from zscape.app.cli.show import show
        from zscape.models.data.given_pictures import read_inputs
        from zscape.models.inference.paint import Canvas, find_photo
        from zscape.models.inputs.kinds.classes import Classes
        from zscape.models.inputs.recipe import Recipe

        classes, any_class = model.space.first(Classes), self.label == "auto"
        if classes is None and not any_class:
            raise UsageError("This model has no classes: leave out --label.")
        number = None if any_class or classes is None else classes.number(self.label)
        photo = None
        if self.picture:
            read = read_inputs(self.picture, model.spec.image_shape, model.spec.subject, model.spec.layout)
            if len(read.images) != 1:
                raise UsageError(f"{self.picture} holds {len(read.images):,} pictures: give one to paint on.")
            photo = read.images[0]
            start = show(find_photo(model, photo, None if number is None else np.array([number], np.int64), self.device))
        else:
            start = Recipe.seed(self.seed)
        if number is not None and classes is not None:
            start = start.with_value(classes.name, classes.only(number))
        return Canvas(start, self.empty, photo, any_class, self.rest)
