"""`zscape map`: shows many pictures in two dimensions, with similar ones close together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zscape.app.cli.drawing import model_for
from zscape.app.cli.options import DataName, Device, MaybePath, ModelName, Text
from zscape.app.cli.usage import UsageError, check_options

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.maps.map import Map as Made

Method = Literal["pca", "tsne", "umap-like"]
Likeness = Literal["pixels", "latent", "features", "discriminator"]


@dataclass(frozen=True)
class Map:
    """Map pictures, real or generated, in two dimensions, similar ones close together."""

    out: Path
    """Where to: .npz (the window opens it again), .csv, .png (a picture), or a folder for TensorBoard's projector."""
    model: ModelName = ""
    """A model's name or file; that of --map, or the bundled one, by default."""
    data: DataName = ""
    """A data set as for `zscape train`; by default the model's own, if it is on this computer."""
    generated: int = 0
    """How many random points of the model to take in place of data."""
    count: int = 70_000
    """At most how many pictures of the data, chosen at random."""
    method: Method = "pca"
    """pca: principal components, at once. tsne, umap-like: minutes; need pip install 'zscape[maps]'."""
    by: Likeness = "pixels"
    """What is compared: pixels, latents, the features of a reference classifier, or those of the model's discriminator."""
    map: MaybePath = None
    """A map saved as .npz, to be written in another form; with --data it must be a map of that data."""
    colour: Text = "class"
    """What the points in a picture are coloured by: class, or an attribute such as "stroke width"."""
    seed: int = 0
    """Seed of the random numbers: for the choice of data, the random points, and the method."""
    device: Device = "auto"

    def run(self) -> int:
        """Make the map, write it and print a summary."""
        from zscape.app.cli.show import say_loading, show

        say_loading()
        from zscape.models.files.atomic import check_place
        from zscape.models.files.checkpoint import load_model
        from zscape.models.maps.files.export import check_folder
        from zscape.models.maps.files.write import SUFFIXES, WORDS, writing

        if self.out.suffix.lower() not in ("", *SUFFIXES):
            raise UsageError(f"--out {self.out}: {WORDS[0].lower()}{WORDS[1:]}")
        if self.data and self.generated:
            raise UsageError("--data and --generated: a map is of one or the other.")
        if self.map is not None and (self.generated or self.method != "pca" or self.by != "pixels"):
            raise UsageError("--map is a map already: leave out --generated, --method and --by.")
        if self.map is not None:
            check_options(self, dict.fromkeys(("count", "seed"), "a map that is made, not for --map"))
        if self.generated:
            check_options(self, {"count": "pictures of data: --generated says how many points"})
        if self.out.suffix.lower() != ".png":
            check_options(self, {"colour": "a picture: .png"})
        if self.out.suffix:
            check_place(self.out)
        else:
            check_folder(self.out)
        model = load_model(model_for(self.model, self.map))
        found = self._made(model)
        show(writing(self.out, found, colour=self.colour))
        every = found.collection
        what = f"the data {every.origin.data}" if every.origin.source == "data" else "random points"
        many, there = ("picture", "is") if len(found) == 1 else ("pictures", "are")
        print(f"{len(found):,} {many} of {what}, mapped by {found.method} of {found.likeness}, {there} at {self.out}")
        return 0

    def _made(self, model: Model) -> Made:
        from zscape.app.cli.show import show
        from zscape.models.maps.files.map_file import load_map
        from zscape.models.maps.gather import origin_of
        from zscape.models.maps.make import making
        from zscape.models.maps.settings import MapSettings

        if self.map is not None:
            return load_map(self.map, model.spec, self.data)
        origin = origin_of(model.spec, self.data, self.generated, self.count, self.seed)
        return show(making(model, origin, MapSettings(self.method, self.by, self.device)))
