"""A generator in a notebook: points in, images out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import zscape.arguments as arguments
from zscape.models.errors import ZscapeError
from zscape.models.inference.drawn import drawn
from zscape.models.inference.edited_points import as_they_are
from zscape.models.inference.inside.layers import Layer
from zscape.models.inputs.base import Way
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.inputs.given_points import given_points
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import Points
from zscape.models.inputs.sampling import given_values, sample
from zscape.models.inputs.value import Value
from zscape.models.progress import finish
from zscape.models.sweeps.asked import sweep_of
from zscape.models.sweeps.options import EXTENT, TEMPERATURE, check_options, unusual
from zscape.models.timeline.easing import Easing
from zscape.open_model import OpenModel

Images = NDArray[np.uint8]


class Generator(OpenModel):
    """A generator, ready to draw. Images are uint8 [N, H, W, C]; C is 1 for grey, 3 for colour."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Layers of the generator whose units can be edited, in order: name, units, height, width.

        To edit units in any drawing, pass values={"unit edits": [{"layer": name, "units": [3, 5], "gain": 0}]}. Besides gain, an
        edit takes right and down (fractions of the feature map's side), turn (degrees) and scale.
        """
        return self.runner.editable.layers

    def points(
        self,
        count: int,
        classes: int | str | Iterable[int | str] = (),
        seed: int = 0,
        truncation: float = 1.0,
        values: Mapping[str, Any] | None = None,
    ) -> Points:
        """Draw `count` random points, the same for the same seed: a mapping, input name -> float32 [count, ...].

        classes: one or several, by number or label, used in turn; all classes if none are named. truncation: below 1 gives more
        typical, less varied images. values: values of single inputs, fixed in all points, such as {"pose": {"angle": 0.5},
        "mask": uint8 [h, w, c], "class": [0.3, 0.7]}. Raises ZscapeError for anything that does not fit the model's inputs.
        """
        count, seed = arguments.whole("count", count), arguments.seed(seed)
        truncation = arguments.number("truncation", truncation)
        labels, given = self._labels(classes), self._values(values)
        return self.runner.with_styles(sample(self.inner.space, count, seed, labels, truncation, given))

    def draw(self, points: Mapping[str, NDArray[np.float32]]) -> Images:
        """Generate the images at `points`, a result of `points`, also edited by hand (a plain dictionary): uint8 [N, H, W, C].

        Styles in `points` are drawn as they are, whatever the latent beside them: leave them out, and they follow the latent.
        """
        return finish(drawn(self.runner, self._given(points)))

    def sample(
        self,
        count: int,
        classes: int | str | Iterable[int | str] = (),
        seed: int = 0,
        truncation: float = 1.0,
        values: Mapping[str, Any] | None = None,
    ) -> Images:
        """Generate images at random points, as `draw` of `points` does: uint8 [count, H, W, C]."""
        return self.draw(self.points(count, classes, seed, truncation, values))

    @property
    def directions(self) -> Mapping[str, Direction]:
        """Known directions by name, those that change the image most first."""
        return self.inner.space.directions

    def find_directions(
        self, *methods: str, data: str | Path = "", count: int = 10, samples: int = 4000, seed: int = 0
    ) -> Mapping[str, Direction]:
        """Find directions, add them to the known ones, and return `directions`.

        methods: "pca", "sefa", "attributes". data: pictures with attributes (as for `zscape train`); each attribute becomes a
        direction too. count: the maximum number of components. samples: number of points used to find them. Raises ZscapeError if
        a method does not fit the model.
        """
        from zscape.models.data.sources import load
        from zscape.models.directions.find import COUNT, find

        count, samples, seed = arguments.whole("count", count), arguments.whole("samples", samples), arguments.seed(seed)
        methods = tuple(each for several in methods for each in arguments.several(several)) or ("attributes",)
        data = arguments.source(data)
        arguments.refuse_idle("data", bool(data) and "attributes" not in methods, "the method 'attributes'")
        arguments.refuse_idle("count", count != COUNT and not {"pca", "sefa"} & {*methods}, "the methods 'pca' and 'sefa'")
        given = load(data) if data else None
        found = finish(find(self.inner, methods, given, count, samples, seed, self._device))
        return self._know(found.directions)

    def find_direction(self, name: str, with_: str | Path, without: str | Path) -> Mapping[str, Direction]:
        """Find the direction `name` from pictures without something to pictures with it, add it, and return `directions`.

        with_, without: each a folder of two or more pictures. With 20 or more on each side, a network learns to tell them apart.
        Raises ZscapeError if a picture cannot be read, or if there are fewer and the model has no encoder.
        """
        from zscape.models.directions.from_pictures import from_pictures

        known = tuple(self.directions.values())
        name, shown, others = (
            arguments.name(name),
            arguments.path("argument with_", with_),
            arguments.path("argument without", without),
        )
        return self._know((finish(from_pictures(self.inner, shown, others, name, self._device, known)),))

    def add_direction(
        self, name: str, vector: Sequence[float] | NDArray[np.floating], layers: str | Sequence[int] = ""
    ) -> Mapping[str, Direction]:
        """Add a direction of your own, replacing any of the same name, and return `directions`.

        vector: what an amount of 1 adds to the styles (of one layer) if the model has styles, otherwise to the first latent.
        layers: the style layers to move, "coarse", "middle", "fine" or numbers from 0; all by default. Raises ZscapeError if the
        vector has the wrong length or is not finite, and for layers that do not exist.
        """
        from zscape.models.directions.samples import target_of

        numbers, chosen = arguments.vector(vector), arguments.layers(layers)
        moved, styles = target_of(self.inner.space).name, self.inner.space.styles
        if chosen and styles is None:
            raise ZscapeError(f"{self.name} has no styles, and so no style layers.")
        within = styles.layers_of(chosen) if chosen and styles is not None else ()
        return self._know((Direction(arguments.name(name), moved, numbers, layers=within, method="own"),))

    def open_directions(self, path: str | Path) -> Mapping[str, Direction]:
        """Add the directions in a file written by `save_directions`, `zscape directions` or the window; return `directions`.

        Raises ZscapeError if the file holds no directions, or those of another model.
        """
        from zscape.models.files.directions import fitting

        return self._know(fitting(arguments.path("file of directions", path), self.spec))

    def save_directions(self, path: str | Path, names: str | Sequence[str] = ()) -> None:
        """Write the directions in `names`, or all known ones, to one file. Raises ZscapeError if it cannot be written."""
        from zscape.models.files.directions import save_directions

        chosen = tuple(self.inner.space.named(each) for each in (arguments.names(names) or self.directions))
        save_directions(arguments.path("file of directions", path), DirectionSet(self.spec.name, self.spec.sha256, chosen))

    def _know(self, found: Sequence[Direction]) -> Mapping[str, Direction]:
        """Add `found` before the directions already known, replacing any of the same name."""
        names = {each.name for each in found}
        known = (*found, *(each for name, each in self.directions.items() if name not in names))
        self.inner.space.with_directions(known)
        self.inner = replace(self.inner, directions=known)
        self.runner.serves(self.inner, self._device)
        return self.directions

    def move(
        self,
        points: Mapping[str, NDArray[np.float32]],
        direction: str | Direction,
        amount: float | Sequence[float] | NDArray[np.floating],
        keep: str | Sequence[str] = (),
        layers: str | Sequence[int] = "",
    ) -> Points:
        """Move N `points` by `amount` along `direction`, and return the N new points.

        amount: in the direction's units, standard deviations; one number, or one for each point. keep: other directions whose
        attributes are to stay as they are. Their linear effect is removed; those that can be measured on pictures are also
        corrected beyond that, picture by picture. layers: the style layers to move: "coarse", "middle", "fine" or numbers from 0.
        Raises ZscapeError for an unknown direction or unknown layers, and for amounts that are not numbers or of the wrong count.
        """
        from zscape.models.directions.move import move

        asked = arguments.names(direction)
        if len(asked) > 1:
            raise ZscapeError(f"Points move along one direction at a time; {len(asked)} were given.")
        return move(self.runner, self._given(points), "".join(asked), amount, arguments.names(keep), arguments.layers(layers))

    def sweep(
        self,
        kind: str,
        seed: int | Sequence[int] = (),
        columns: int | None = None,
        rows: int | None = None,
        classes: int | str | Iterable[int | str] = (),
        way: Way = "slerp",
        truncation: float = 1.0,
        values: Mapping[str, Any] | None = None,
        layers: str | Sequence[int] = "",
        direction: str | Direction | Sequence[str | Direction] = "",
        extent: float = EXTENT,
        temperature: float = TEMPERATURE,
        keep: str | Sequence[str] = (),
    ) -> Images:
        """Draw a sheet of neighbouring points: uint8 [rows, columns, H, W, C].

        kind: "class" (one latent in every class), "style" (from one latent to another in every class), "analogy" (A - B + C),
        "plane" (of two seeds, or of two names in `direction`), "mixing" (some style layers of one set of points replaced by those
        of another), "direction" (along `direction`, one row for each point, from -extent to extent), "corners" (between four
        points), "triangle" (the plane through three), "seeds" (each step right adds 1 to the seed, each step up 100), "polygon"
        (mixtures of classes) or "candidates" (variations of a point, as far as `temperature`, 0 to 1). layers: for "mixing" or
        "direction"; "coarse", "middle", "fine" or numbers from 0. seed: one, or one for each point. way: interpolation of a style
        sweep, "slerp" or "lerp". classes: those of the points of an analogy, a plane, a pad or a strip along a direction; the
        corners of a polygon. keep: for "direction", or "plane" along two directions; other directions whose attributes stay as
        they are. Raises ZscapeError for anything that does not fit the model or that does not apply to this kind of sheet.
        """
        from zscape.models.directions.lock import going_along

        space, labels, given = self.inner.space, self._labels(classes), self._values(values)
        along, held = tuple(arguments.names(direction)), arguments.names(keep)
        columns, rows = arguments.side("columns", columns), arguments.side("rows", rows)
        truncation, extent = arguments.number("truncation", truncation), arguments.number("extent", extent)
        temperature = arguments.number("temperature", temperature)
        chosen = arguments.layers(layers)
        said = {"columns": columns, "classes": labels, "direction": along, "keep": held, "extent": extent, "way": way}
        check_options(kind, unusual({**said, "temperature": temperature, "layers": chosen}))
        also = going_along(along, space.directions, held) if held else None
        wanted = (kind, space, arguments.seeds(seed), labels, columns, rows, way, truncation, given, chosen, along, extent)
        points = sweep_of(*wanted, temperature=temperature, also=also).points(space)
        return self.draw(points).reshape(points.rows, points.columns, *self.image_shape)

    def animate(
        self,
        points: Sequence[Mapping[str, NDArray[np.float32]]] | Mapping[str, NDArray[np.float32]],
        seconds: float = 4.0,
        fps: float = 30.0,
        way: Way = "slerp",
        easing: Easing | Sequence[float] = "linear",
        hold: float = 0.0,
        loop: bool = False,
    ) -> Iterator[Images]:
        """Yield the frames, uint8 [H, W, C], of a path through `points` that takes `seconds`, both end points included.

        points: a sequence of two or more sets of points, each with the same number of points; if that is more than one, they lie
        side by side in each frame. Or one result of `points`, to go from each of its points to the next. easing: how time is
        spread between one point and the next: "linear", "smooth", "hold", or four numbers from 0 to 1, the handles of a curve.
        way: "slerp" or "lerp". hold: pause at each point, in seconds. loop: return to the first point; the last frame then lies
        one step before it. The same points always give the same frames.
        """
        from zscape.models.inference.films.through_points import through

        seconds, fps = arguments.number("length in seconds", seconds), arguments.number("frame rate", fps)
        hold = arguments.number("hold", hold)
        if isinstance(points, Mapping):
            every = self._given(points)
            stops = [every.part(slice(number, number + 1)) for number in range(every.count)]
        else:
            stops = [self._given(each) for each in arguments.several(points)]
        stops = [as_they_are(self.runner, each) for each in stops]
        return through(self.runner, stops, seconds, fps, way, arguments.easing(easing), hold, loop)

    def _given(self, points: Mapping[str, NDArray[np.float32]]) -> Points:
        return given_points(arguments.mapping("Points", points), self.inner.space, self.name, self.spec.run)

    def _values(self, values: Mapping[str, Any] | None) -> dict[str, Value]:
        return given_values(self.inner.space, {} if values is None else arguments.mapping("Values", values))

    def _labels(self, classes: int | str | Iterable[int | str]) -> list[int]:
        wanted = arguments.several(classes)
        known = self.inner.space.first(Classes)
        if wanted and known is None:
            raise ZscapeError(f"{self.name} has no classes.")
        return [known.number(str(each)) for each in wanted] if known else []
