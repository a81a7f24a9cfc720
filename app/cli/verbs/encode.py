"""`zscape encode` and `zscape restyle`: the latents of given images, and their style in every class."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tyro.conf import Positional

from zscape.app.cli.notices import notice
from zscape.app.cli.options import Device, Flag, ModelName, option
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.files.typed_path import typed_path

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec
    from zscape.models.inference.encoding import Encoded

INPUT_HELP = (
    "An image, a folder of images, an IDX file (plain or .gz), an npz with `images`, or a data set as for `zscape train`: its "
    "name, or a folder with a sub-folder of images for each class."
)
LABELS_HELP = (
    "The classes of the images: auto infers them; data takes those given with the input; a name or number applies to all; "
    "or a file (IDX, or npz with `labels`)."
)
Input = Annotated[Path, option("INPUT", INPUT_HELP)]
Labels = Annotated[str, option("LABELS", LABELS_HELP)]
FONT, OUTLINES = ".otf", ".svg"
ONE_ROW = 16
"""The most tiles in the row of a single picture."""
NAMED = 5
"""The most names that are listed of inputs that the model cannot draw."""


@dataclass(frozen=True)
class _Encoding:
    """What both verbs take."""

    input: Positional[Input]
    out: Path
    """Where to."""
    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    labels: Labels = "auto"
    refine: int = 0
    """Optimisation steps on z after the encoder, to match the pixels while keeping the style."""
    free: Flag = False
    """Let --refine change the style too: the pixels match better, but the other classes no longer share the style."""
    device: Device = "auto"

    def _encode(self, *suffixes: str) -> tuple[Model, Encoded, tuple[str, ...]]:
        """The model, the result, and the names of the inputs."""
        if self.out.suffix.lower() not in suffixes:
            raise UsageError(f"--out {self.out}: the name must end in {' or '.join(suffixes)}.")
        if not 0 <= self.refine <= 100_000:
            raise UsageError("--refine must be from 0 to 100000 steps.")
        if not self.refine:
            check_options(self, {"free": "--refine STEPS"})

        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.models.data.given_pictures import reading_inputs
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.library import default_name, find
        from zscape.models.inference.encoding import encode

        model = load_model(find(self.model or default_name()))
        self._check(model.spec)
        given = show(reading_inputs(self.input, model.spec.image_shape, model.spec.subject, model.spec.layout))
        for warning in given.warnings:
            notice(warning)
        if self.labels == "data":
            labels: NDArray[np.int64] | None = given.labels_of(model.spec.class_names, model.spec.name)
            if line := given.by_place(model.spec.class_names, model.spec.name):
                notice(line)
        else:
            labels = _labels(self.labels, len(given.images), model.spec.class_names)
        if self.out.suffix.lower() in (FONT, OUTLINES) and len(given.images) > 1:
            raise UsageError(f"--out {self.out}: type is made of one picture, and there are {len(given.images):,}.")
        work = encode(model, given.images, labels, refine=self.refine, device=self.device, keep_style=not self.free)
        return model, show(work), given.names

    def _check(self, spec: Spec) -> None:
        """Raises ZscapeError if the model cannot do what is requested, before anything is encoded."""


@dataclass(frozen=True)
class Encode(_Encoding):
    """Find the latents of given images: X.npz with inputs, names, labels, z, reconstruction, and the model's name."""

    def run(self) -> int:
        """Encode and write the result."""
        model, encoded, names = self._encode(".npz")
        from zscape.models.inference.encode_file import arrays_of
        from zscape.models.media.npz import save_arrays

        save_arrays(self.out, **arrays_of(encoded, names, model.spec))
        _report(model, encoded, names)
        print(f"The latents are at {self.out}")
        return 0


@dataclass(frozen=True)
class Restyle(_Encoding):
    """Draw every class in the style of given images: X.png, or X.npz like encode's, with images [M, K, H, W, C].

    With a model of letters, one letter also becomes a font, X.otf, or its alphabet as outlines, X.svg.
    """

    def run(self) -> int:
        """Encode, draw and write the result."""
        model, encoded, names = self._encode(".npz", ".png", FONT, OUTLINES)
        from zscape.models.inference.encode_file import arrays_of
        from zscape.models.inference.encoding import restyle
        from zscape.models.media.npz import save_arrays

        images = restyle(model, encoded)
        if self.out.suffix.lower() == ".npz":
            save_arrays(self.out, **arrays_of(encoded, names, model.spec), images=images)
        elif self.out.suffix.lower() in (FONT, OUTLINES):
            from zscape.models.lettering.files import save_typeface
            from zscape.models.lettering.typeface import typeface_of

            save_typeface(self.out, typeface_of(images[0], model.spec.class_names), self.out.stem)
        else:
            self._picture(encoded, images)
        _report(model, encoded, names)
        print(f"Every class in {'its' if len(names) == 1 else 'their'} style is at {self.out}")
        return 0

    def _check(self, spec: Spec) -> None:
        if self.out.suffix.lower() in (FONT, OUTLINES):
            from zscape.models.lettering.typeface import check_letters

            check_letters(spec.class_names)

    def _picture(self, encoded: Encoded, images: NDArray[np.uint8]) -> None:
        """A row per input: the input, its reconstruction, and every class; many classes of a single input take several rows."""
        import math

        import numpy as np

        from zscape.models.media.grids import grid
        from zscape.models.media.images import save_png

        rows = np.concatenate([encoded.images[:, None], encoded.reconstruction[:, None], images], axis=1)
        flat = rows.reshape(-1, *rows.shape[2:])
        columns = rows.shape[1]
        if len(rows) == 1 and columns > ONE_ROW:
            columns = math.ceil(math.sqrt(1.5 * columns))
        save_png(self.out, grid(flat, -(-len(flat) // columns), columns, gap=2, background=64), scale=2)


def _report(model: Model, encoded: Encoded, names: tuple[str, ...]) -> None:
    from zscape.models.inference.distance import in_words, is_far

    measures = model.spec.measures
    mse = float(encoded.mse.mean())
    refined = bool(encoded.losses)
    words = in_words(mse, measures, refined)
    what = f"{len(names)} images" if len(names) > 1 else f"{names[0]}: class {model.spec.class_names[encoded.labels[0]]}"
    print(f"{what}, mean squared error {mse:.5f} (pixels 0..1){words and ', '}{words}")
    if len(names) == 1:
        return
    distant = [name for name, error in zip(names, encoded.mse, strict=True) if is_far(error, measures, refined)]
    if distant:
        more = f" and {len(distant) - NAMED} more" if len(distant) > NAMED else ""
        are = "are" if len(distant) > 1 else "is"
        print(f"{len(distant)} {are} unlike anything {model.spec.name} draws: {', '.join(distant[:NAMED])}{more}")


def _labels(words: str, count: int, names: tuple[str, ...]) -> NDArray[np.int64] | None:
    """int64 [count], or None if the classes are to be found."""
    if words == "auto":
        return None

    import numpy as np

    from zscape.models.data.formats.labels import read_labels
    from zscape.models.inputs.kinds.classes import Classes

    if typed_path(words).is_file():
        return read_labels(typed_path(words), count, len(names))
    return np.full(count, Classes("class", names).number(words), np.int64)
