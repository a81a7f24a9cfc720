"""`zscape directions`: finds directions of a model and writes them to one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tyro.conf import arg

from zscape.app.cli.options import DataName, Device, MaybePath, ModelName, Text, option
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.directions import DirectionSet

Method = Literal["pca", "sefa", "attributes", "pairs"]
METHOD_HELP = """Which of these, one or several.
pca: principal components.
sefa: closed-form factorisation of the first layer.
attributes: those measured on pictures, and those that --data has.
pairs: from the pictures of --without to those of --with."""


@dataclass(frozen=True)
class Directions:
    """Find directions of a model, each of which changes one thing, and write them: D.safetensors."""

    out: Path
    """Where to; an existing file is replaced. The window opens it, and so does `zscape sweep --directions`."""
    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    method: Annotated[tuple[Method, ...], option("METHOD ...", METHOD_HELP)] = ("attributes",)
    data: DataName = ""
    """For attributes: a data set that has some, such as an .npz."""
    with_: Annotated[MaybePath, arg(name="with")] = None
    """For pairs: a folder of two or more pictures that have it."""
    without: MaybePath = None
    """For pairs: a folder of two or more pictures that do not."""
    name: Text = "difference"
    """For pairs: what the direction is called."""
    count: int = 10
    """How many components or factors, at most."""
    samples: int = 4000
    """How many random points directions are found on."""
    seed: int = 0
    """Seed of the random points: the same seed gives the same directions."""
    device: Device = "auto"

    def run(self) -> int:
        """Find, write and list the directions."""
        if self.out.suffix.lower() != ".safetensors":
            raise UsageError(f"--out {self.out}: the name must end in .safetensors.")
        paired = "pairs" in self.method
        if paired != (self.with_ is not None and self.without is not None) or (paired and len(self.method) > 1):
            raise UsageError("--method pairs takes --with and --without, and stands alone.")
        if "attributes" not in self.method:
            check_options(self, {"data": "--method attributes"})
        if not paired:
            check_options(self, {"name": "--method pairs"})
        else:
            check_options(self, dict.fromkeys(("samples", "seed"), "--method pca, sefa and attributes"))
        if not {"pca", "sefa"}.intersection(self.method):
            check_options(self, {"count": "--method pca and sefa"})
        if paired and not self.name.strip():
            raise UsageError("--name says what the direction is called: give it one.")

        from zscape.app.cli.show import say_loading
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.directions import save_directions
        from zscape.models.files.library import default_name, find

        model = load_model(find(self.model or default_name()))
        found = self._pair(model) if paired else self._found(model)
        save_directions(self.out, found)
        for each in found.directions:
            about = each.provenance
            words = [f"{key} {about[key]:.3f}" for key in ("change", "r2", "share", "length") if key in about]
            if held := about.get("held"):
                words.append(f"apart from {', '.join(held)}")
            print(f"{each.name:<20} {each.method:<28} {', '.join(words)}")
        many, there = ("direction", "is") if len(found.directions) == 1 else ("directions", "are")
        print(f"{len(found.directions)} {many} of {model.spec.name} {there} at {self.out}")
        return 0

    def _found(self, model: Model) -> DirectionSet:
        from zscape.app.cli.show import show
        from zscape.models.data.sources import loading
        from zscape.models.directions.find import check_counts, find

        try:
            check_counts(self.count, self.samples)
        except ZscapeError as error:
            raise UsageError(str(error)) from error
        methods = [each for each in self.method if each != "pairs"]
        data = show(loading(self.data)) if self.data else None
        return show(find(model, methods, data, self.count, self.samples, self.seed, self.device))

    def _pair(self, model: Model) -> DirectionSet:
        from zscape.app.cli.show import show
        from zscape.models.directions.from_pictures import from_pictures
        from zscape.models.inputs.directions import DirectionSet

        assert self.with_ is not None
        assert self.without is not None
        one = show(from_pictures(model, self.with_, self.without, self.name, self.device))
        return DirectionSet(model.spec.name, model.spec.sha256, (one,))
