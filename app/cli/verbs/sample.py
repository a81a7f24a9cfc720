"""`zscape sample`: random pictures of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from zscape.app.cli import drawing
from zscape.app.cli.options import Classes, Device, MaybeInt, MaybePath, ModelName, option
from zscape.app.cli.usage import UsageError

MOST = 1_000_000
"""The most images in one call: their pixels are kept in memory until they are written."""


@dataclass(frozen=True)
class Sample:
    """Draw random images of a model."""

    out: Path
    """Where to: X.npz (images, labels, z) or X.png (a contact sheet)."""
    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    count: MaybeInt = None
    """How many images in all, the classes in turn. This or --per-class is needed."""
    per_class: MaybeInt = None
    """How many images of each class, class by class."""
    classes: Classes = ""
    """Which classes, by name or number: 0,3. All by default."""
    seed: int = 0
    """Seed of the random numbers; the same seed gives the same images."""
    truncation: float = 1.0
    """A factor on the latent: below 1 is more typical and less varied."""
    set: Annotated[tuple[str, ...], option("INPUT=VALUE ...")] = ()
    """What other inputs of the model are: NAME=NUMBER, or NAME.LABEL=NUMBER."""
    units: MaybePath = None
    """A file of unit edits saved in the Layers view: what is changed inside the network."""
    device: Device = "auto"

    def run(self) -> int:
        """Draw and write the images."""
        suffix = drawing.suffix_of(self.out, (*drawing.ARRAYS, *drawing.PICTURES))
        if (self.count is None) == (self.per_class is None):
            raise UsageError("Say how many: either --count N or --per-class N.")
        if (self.count or self.per_class or 0) < 1:
            raise UsageError("At least one image must be asked for.")
        if (self.count or self.per_class or 0) > MOST:
            raise UsageError(f"At most {MOST:,} can be asked for at a time: draw more with other seeds.")
        drawing.check_truncation(self.truncation)

        import numpy as np

        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.models import inputs as kinds
        from zscape.models.inference.drawn import drawn
        from zscape.models.inputs.sampling import given_values, sample
        from zscape.models.media.latents_file import made_by

        runner = drawing.open_runner(self.model, self.device)
        space = runner.model.space
        values = {**given_values(space, _values(self.set)), **drawing.unit_values(self.units, runner)}
        classes = space.first(kinds.Classes)
        by_value = classes is not None and classes.name in values and not self.classes  # then one class is drawn
        chosen = np.array(([] if by_value else drawing.classes_of(self.classes, space)) or [0], np.int64)
        labels = np.repeat(chosen, self.per_class) if self.per_class else np.resize(chosen, self.count or 0)
        columns = self.per_class or min(len(chosen) if len(chosen) > 1 else 10, len(labels))
        asked = () if classes is None or by_value else labels.tolist()
        points = sample(space, len(labels), self.seed, asked, self.truncation, values)
        images = show(drawn(runner, points))
        name = classes.name if classes is not None else ""
        arrays = {**made_by(runner.model.spec), "labels": points[name].argmax(1) if name else labels}
        arrays |= {each: rows for each, rows in points.items() if each != name}
        drawing.write_images(self.out, suffix, images, -(-len(labels) // columns), columns, 1, arrays)
        print(f"{len(labels):,} {'picture is' if len(labels) == 1 else 'pictures are'} at {self.out}")
        return 0


def _values(words: Sequence[str]) -> dict[str, Any]:
    """Values of inputs from NAME=NUMBER and NAME.LABEL=NUMBER."""
    values: dict[str, Any] = {}
    for word in words:
        name, sign, number = word.partition("=")
        try:
            amount = float(number)
        except ValueError:
            sign = ""
        if not sign or not name:
            raise UsageError(f"--set {word}: write it as INPUT=NUMBER or INPUT.LABEL=NUMBER.")
        target, dot, label = name.partition(".")
        if dot:
            values.setdefault(target, {})[label] = amount
        else:
            values[target] = int(amount) if amount.is_integer() and "." not in number else [amount]
    return values
