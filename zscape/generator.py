"""A generator in a notebook: points in, pictures out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import zscape.arguments as arguments
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model as Inner
from zscape.models.files.spec import Spec
from zscape.models.inference.drawn import drawn
from zscape.models.inference.edited_points import as_they_are
from zscape.models.inference.layers import Layer
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.base import Input, Way
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.inputs.given_points import given_points
from zscape.models.inputs.points import Points
from zscape.models.inputs.sampling import given_values, sample
from zscape.models.inputs.value import Value
from zscape.models.progress import finish
from zscape.models.sweeps.asked import sweep_of
from zscape.models.sweeps.options import EXTENT, TEMPERATURE, check_options, unusual
from zscape.models.timeline.easing import Easing

Images = NDArray[np.uint8]


class Generator:
    """A generator, ready to draw. Images are uint8 [N, H, W, C]; C is 1 for grey, 3 for colour."""

    def __init__(self, inner: Inner, device: str = "auto") -> None:
        self.inner = inner
        self._device = device
        self._runner: GeneratorRunner | None = None
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or another process needs: it makes a runner of its own."""
        return {"inner": self.inner, "_device": self._device}

    def __setstate__(self, state: dict[str, Any]) -> None:
        Generator.__init__(self, state["inner"], state["_device"])

    @property
    def name(self) -> str:
        """What it is called."""
        return self.spec.name

    @property
    def spec(self) -> Spec:
        """What it says of itself: data, measures, how it was made."""
        return self.inner.spec

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What its generator takes, in order."""
        return self.spec.inputs

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(height, width, channels) of its pictures."""
        channels, height, width = self.spec.image_shape
        return height, width, channels

    def __repr__(self) -> str:
        height, width, channels = self.image_shape
        colour = "grey" if channels == 1 else "colour"
        return f"<zscape model {self.name!r}: {', '.join(map(repr, self.inputs))} -> {width} x {height}, {colour}>"

    @property
    def runner(self) -> GeneratorRunner:
        """What draws for it, made when it is first asked for."""
        with self._lock:
            if self._runner is None:
                self._runner = GeneratorRunner(self.inner, self._device)
            return self._runner

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers of its generator whose units can be edited, in order: name, units, height, width.

        As a value of any drawing: values={"unit edits": [{"layer": name, "units": [3, 5], "gain": 0}]}; beside gain there are
        right, down (shares of the map's side), turn (degrees) and scale.
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
        """`count` random points, the same for the same seed: a mapping, input name -> float32 [count, ...].

        classes: one or several, by number or label, taken in turn; all where none are named. truncation: below 1 is more typical
        and less varied. values: what single inputs are in all points, such as {"pose": {"angle": 0.5}, "mask": uint8 [h, w, c],
        "class": [0.3, 0.7]}. Raises ZscapeError for what does not fit the model's inputs.
        """
        count, seed = arguments.whole("count", count), arguments.seed(seed)
        truncation = arguments.number("truncation", truncation)
        labels, given = self._labels(classes), self._values(values)
        return self.runner.with_styles(sample(self.inner.space, count, seed, labels, truncation, given))

    def draw(self, points: Mapping[str, NDArray[np.float32]]) -> Images:
        """The images at `points`: uint8 [N, H, W, C]. Takes what `points` gives, also changed by hand (a plain dictionary)."""
        return finish(drawn(self.runner, self._given(points)))

    def sample(
        self,
        count: int,
        classes: int | str | Iterable[int | str] = (),
        seed: int = 0,
        truncation: float = 1.0,
        values: Mapping[str, Any] | None = None,
    ) -> Images:
        """`draw` of `points`: uint8 [count, H, W, C]."""
        return self.draw(self.points(count, classes, seed, truncation, values))

    @property
    def directions(self) -> Mapping[str, Direction]:
        """The directions it knows, by name, those that change the picture most first."""
        return self.inner.space.directions

    def find_directions(
        self, *methods: str, data: str | Path = "", count: int = 10, samples: int = 4000, seed: int = 0
    ) -> Mapping[str, Direction]:
        """Find directions and know them, beside those known before; returns `directions`.

        methods: "pca", "sefa", "attributes". data: pictures with attributes (as for `zscape train`), which then become directions
        too. count: of components, at most. samples: points they are found on. Raises ZscapeError where a method does not fit.
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
        """Find the direction `name` from pictures without something to pictures with it, and know it; returns `directions`.

        with_, without: each a folder of pictures, two or more; of 20 a side or more a network learns to tell them apart. Raises
        ZscapeError for pictures that cannot be read, and where there are fewer and the model has no encoder.
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
        """Know a direction of your own, in place of one of that name; returns `directions`.

        vector: what an amount of 1 adds to the styles (of one layer) where the model has them, else to the first latent.
        layers: of styles, those that are moved, "coarse", "middle", "fine" or numbers from 0, all by default. Raises ZscapeError
        where the numbers are not as many, or not finite, and for layers that there are not.
        """
        from zscape.models.directions.samples import target_of

        numbers, chosen = arguments.vector(vector), arguments.layers(layers)
        moved, styles = target_of(self.inner.space).name, self.inner.space.styles
        if chosen and styles is None:
            raise ZscapeError(f"{self.name} has no styles, and so no layers of them.")
        within = styles.layers_of(chosen) if chosen and styles is not None else ()
        return self._know((Direction(arguments.name(name), moved, numbers, layers=within, method="own"),))

    def open_directions(self, path: str | Path) -> Mapping[str, Direction]:
        """Know the directions in a file, as `save_directions`, `zscape directions` and the window write it; returns `directions`.

        Raises ZscapeError where it is none, or holds another model's.
        """
        from zscape.models.files.directions import fitting

        return self._know(fitting(arguments.path("file of directions", path), self.spec))

    def save_directions(self, path: str | Path, names: str | Sequence[str] = ()) -> None:
        """Write the directions of `names`, or all that are known, as one file. Raises ZscapeError where that cannot be."""
        from zscape.models.files.directions import save_directions

        chosen = tuple(self.inner.space.named(each) for each in (arguments.names(names) or self.directions))
        save_directions(arguments.path("file of directions", path), DirectionSet(self.spec.name, self.spec.sha256, chosen))

    def _know(self, found: Sequence[Direction]) -> Mapping[str, Direction]:
        """Know `found` too, before those known already and in place of those of the same names."""
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
        """N `points` moved by `amount` (in the direction's units, standard deviations) along `direction`: N points.

        amount: one number, or one a point. keep: other directions whose attributes stay as they are: as far as their effect is
        linear, and those that can be measured on pictures also beyond that, picture by picture. layers: of styles, those that are
        moved: "coarse", "middle", "fine" or numbers from 0. Raises ZscapeError for a direction or layers that are not known, and
        for amounts that are no numbers or not so many.
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
        """A sheet of neighbouring points: uint8 [rows, columns, H, W, C].

        kind: "class" (one latent in every class), "style" (from one latent to another in every class), "analogy" (A - B + C),
        "plane" (of two seeds, or of two names in `direction`), "mixing" (layers of the styles of some points in others),
        "direction" (along `direction`, a row a point, from -extent to extent), "corners" (between four points), "triangle" (the
        plane through three), "seeds" (one to the right the next, one up 100 further), "polygon" (mixtures of classes) or
        "candidates" (variations of a point, as far as `temperature`, 0 to 1). layers: of "mixing" or "direction", "coarse",
        "middle", "fine" or numbers from 0. seed: one, or one for each point. way: of a style sweep, "slerp" or "lerp". classes:
        of the points of an analogy, a plane, a pad or a strip along a direction; of a polygon its corners. keep: of "direction",
        or of "plane" along two, others whose attributes stay as they are. Raises ZscapeError for what does not fit the model, or
        is not for sheets of that kind.
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
        """Frames uint8 [H, W, C] on the way through `points`, which takes `seconds`; the first and the last are shown themselves.

        points: two or more, of as many points each; where they are several they lie side by side in each frame. Or what `points`
        gives: from each of those to the next. easing: how the time from one to the next is spread: "linear", "smooth", "hold", or
        four numbers from 0 to 1, the handles of a curve. way: "slerp" or "lerp". hold: how long each stands still, in seconds.
        loop: back to the first; the last frame then lies one step before it. The same frames for the same points.
        """
        from zscape.models.inference.through_points import through

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
