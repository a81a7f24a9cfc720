"""`zscape neighbours`: finds the pictures of a data set that are nearest to others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tyro.conf import Positional

from zscape.app.cli.drawing import model_for
from zscape.app.cli.notices import notice
from zscape.app.cli.options import DataName, Device, Flag, MaybePath, ModelName, option
from zscape.app.cli.usage import UsageError, check_options

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.points import Points
    from zscape.models.maps.collection import Collection
    from zscape.models.maps.query import Found

Likeness = Literal["pixels", "latent", "features", "discriminator"]


@dataclass(frozen=True)
class Neighbours:
    """Find the pictures of a data set that are nearest to generated ones, or to pictures of yours.

    A model that has memorised its data draws pictures that are already in it.
    """

    picture: Positional[Annotated[Path | None, option("[PICTURE]")]] = None
    """A picture or a folder of pictures; without one, the points of --seed are drawn."""
    model: ModelName = ""
    """A model's name or file; that of --map, or the bundled one, by default."""
    seed: Annotated[tuple[int, ...], option("S ...")] = (0,)
    """Seeds of the points, one or several."""
    classes: Annotated[tuple[str, ...], option("CLASS ...")] = ()
    """Classes of the points, in turn, by name or number: 0,3 or 0 3; the first by default."""
    data: DataName = ""
    """Where to look for neighbours: a data set as for `zscape train`; by default the model's own, if it is on this computer."""
    generated: int = 0
    """How many random points of the model to take in place of data."""
    map: MaybePath = None
    """A saved map (.npz) whose pictures are searched."""
    by: Likeness = "pixels"
    """What is compared: pixels, latents, the features of a reference classifier, or those of the model's discriminator."""
    count: int = 10
    """Neighbours of each."""
    out: MaybePath = None
    """A sheet as .png: in each row the picture, then its neighbours."""
    json: Flag = False
    """Print one JSON object."""
    device: Device = "auto"

    def run(self) -> int:
        """Find and print the neighbours, and draw the sheet."""
        if self.out is not None and self.out.suffix.lower() != ".png":
            raise UsageError(f"--out {self.out}: the name must end in .png.")
        if sum((bool(self.data), bool(self.generated), self.map is not None)) > 1:
            raise UsageError("Neighbours are looked for in --data, --generated or --map: give one of them.")
        if self.picture is not None:
            check_options(self, dict.fromkeys(("seed", "classes"), "points, not for a picture"))
        if self.count < 1:
            raise UsageError("--count must be 1 or more.")

        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        if self.out is not None:
            check_place(self.out)
        say_loading()
        from zscape.models.files.checkpoint import load_model
        from zscape.models.maps.query import nearest_to

        model = load_model(model_for(self.model, self.map))
        asked, names = self._asked(model)
        every = self._every(model)
        found = show(nearest_to(every, model, asked, self.by, self.count, self.device))
        if self.out is not None:
            _draw(self.out, found)
        self._print(found, names)
        return 0

    def _asked(self, model: Model) -> tuple[Points | NDArray[np.uint8], tuple[str, ...]]:
        spec, space = model.spec, model.space
        if self.picture is not None:
            from zscape.models.data.given_pictures import read_inputs

            given = read_inputs(self.picture, spec.image_shape, spec.subject, spec.layout)
            for warning in given.warnings:
                notice(warning)
            return given.images, given.names
        from zscape.models.inputs.kinds.classes import Classes
        from zscape.models.inputs.points import resolve
        from zscape.models.inputs.recipe import Recipe

        classes = space.first(Classes)
        if self.classes and classes is None:
            raise UsageError(f"--classes: {spec.name} has no classes.")
        recipes, names, labels = [], [], [word for each in self.classes for word in each.split(",")]
        for place, seed in enumerate(self.seed):
            recipe, name = Recipe.seed(seed), f"seed {seed}"
            if labels and classes is not None:
                label = labels[place % len(labels)]
                recipe, name = recipe.with_value(classes.name, classes.only(classes.number(label))), f"{name}, {label}"
            recipes.append(recipe)
            names.append(name)
        if not recipes:
            raise UsageError("--seed needs a number.")
        return resolve(recipes, space, 1, len(recipes)), tuple(names)

    def _every(self, model: Model) -> Collection:
        from zscape.app.cli.show import show
        from zscape.models.maps.files.map_file import load_map
        from zscape.models.maps.gather import origin_of
        from zscape.models.maps.likeness import stand_ins, with_values
        from zscape.models.maps.make import gathered

        if self.map is None:
            origin = origin_of(model.spec, self.data, self.generated, 70_000, 0)
            if line := stand_ins(model.spec, origin, self.generated):
                notice(line)
            return show(gathered(model, origin, self.by, self.device))
        every = load_map(self.map, model.spec).collection
        return show(with_values(every, model, self.by, self.device))

    def _print(self, found: Found, names: tuple[str, ...]) -> None:
        if self.json:
            rows = [
                {"asked": name, "places": places, "classes": list(labels), "distances": distances}
                for name, places, labels, distances in zip(
                    names, found.places.tolist(), found.labels, found.distances.tolist(), strict=True
                )
            ]
            print(json.dumps({"by": self.by, "neighbours": rows}))
            return
        from zscape.app.cli.table import table

        lines = [("asked", "nearest", "class", "distance")]
        for name, places, labels, distances in zip(names, found.places.tolist(), found.labels, found.distances, strict=True):
            for number, (place, label, distance) in enumerate(zip(places, labels, distances, strict=True)):
                lines.append((name if number == 0 else "", f"picture {place}", label, f"{distance:.4f}"))
        table(lines)


def _draw(path: Path, found: Found) -> None:
    import numpy as np
    from PIL import Image

    from zscape.models.files.atomic import replacing
    from zscape.models.media.grids import grid

    tiles = np.concatenate([found.asked[:, None], found.images], 1)
    rows, columns = tiles.shape[:2]
    sheet = grid(tiles.reshape(-1, *tiles.shape[2:]), rows, columns, gap=2, background=64)
    with replacing(path) as temporary:
        Image.fromarray(sheet[..., 0] if sheet.shape[2] == 1 else sheet).save(temporary, "PNG")
