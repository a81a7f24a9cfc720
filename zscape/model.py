"""A model in a notebook, as returned by `zscape.open` and `zscape.wrap`."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import zscape.arguments as arguments
from zscape.generator import Generator, Images
from zscape.models.data.given_pictures import from_given
from zscape.models.inference.edited_points import as_they_are
from zscape.models.inference.encoding import Encoded, encode, restyle
from zscape.models.inputs.points import Points, resolve
from zscape.models.progress import finish
from zscape.models.short_repr import ShortRepr

if TYPE_CHECKING:
    from zscape.models.maps.collection import Collection, Likeness, Origin
    from zscape.models.maps.map import Map, Method
    from zscape.models.maps.query import Found as Neighbouring


MOST = 70_000
"""Default maximum number of data pictures on a map."""
MOST_STEPS = 100_000
"""Maximum steps of refinement, as on the command line."""


@dataclass(frozen=True, eq=False, repr=False)
class Found(ShortRepr):
    """The points that the encoder found for N pictures.

    points: those of the reconstructions. labels: int64 [N], class numbers. reconstruction: uint8 [N, H, W, C]. mse: float64 [N],
    mean squared error of the reconstruction with pixels from 0 to 1.
    """

    points: Points
    labels: NDArray[np.int64]
    reconstruction: Images
    mse: NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Painting(ShortRepr):
    """Result of `paint`.

    points: one point. drawn: the image that the model draws there, uint8 [H, W, C]. image: the same as drawn; for a photograph,
    the photograph with that change applied, and as it was where nothing has changed.
    """

    points: Points
    drawn: Images
    image: Images


class Model(Generator):
    """A generator with its encoder, which finds the points of pictures, and with pictures to compare with."""

    def encode(self, images: Any, labels: Sequence[int | str] | None = None, refine: int = 0, keep_style: bool = True) -> Found:
        """Find the points of pictures.

        images: an array uint8 [N, H, W, C], [N, H, W], [H, W, C] or [H, W], a PIL image, the path of a file or folder, or a list
        of these. Pictures of another size are prepared as the training data were. labels: the class of each, by number or label;
        None to have them found. refine: number of steps that optimise the latent against the pixels. keep_style: refine without
        changing the style in the other classes. Raises ZscapeError if there is no encoder or a picture cannot be read.
        """
        arguments.refuse_idle("keep_style", not keep_style and not refine, "refine, steps of optimising")
        encoded = self._encoded(images, labels, refine, keep_style)
        points = resolve(encoded.recipes(self.inner.space), self.inner.space, 1, len(encoded.z))
        return Found(self.runner.with_styles(points), encoded.labels, encoded.reconstruction, encoded.mse)

    def paint(
        self,
        start: Any = 0,
        must: Any = None,
        must_not: Any = None,
        free: Any = None,
        label: int | str | None = None,
        empty: bool = False,
        rest: float = 0.5,
        only_painted: bool = False,
        variant: int = 0,
    ) -> Painting:
        """Find an image that agrees with what is painted over `start`.

        start: what is painted on: a seed, points (only the first is used), or a picture as for `encode`, such as a photograph.
        must, must_not: colours that have to be there, or may not be. free: the area that may be anything, and is filled in. Each
        is an array uint8 [H, W, 4] (RGB and opacity), [H, W, 3] or [H, W] (the last two apply where they are not dark), or the
        path of a picture. label: the class of a seed or a photograph; with `empty`, None has it found. empty: only the paint
        counts. rest: how strictly the unpainted area is kept, 0 to 1. only_painted: a photograph changes nowhere else. variant: a
        number other than 0 gives another solution. Raises ZscapeError if nothing is painted, or something does not fit the model.
        """
        from zscape.models.inference.paint_given import paint_given

        given = start.item() if isinstance(start, np.integer) else start
        if isinstance(start, Mapping):
            given = as_they_are(self.runner, self._given(start).part(slice(0, 1)))
        layers = {"free": free, "must not": must_not, "must": must}
        rest, variant = arguments.number("rest", rest), arguments.whole("variant", variant, 0)
        painted = finish(paint_given(self.inner, given, layers, label, empty, rest, only_painted, variant, self._device))
        points = self.runner.with_styles(resolve([painted.recipe], self.inner.space, 1, 1))
        return Painting(points, painted.drawn, painted.image)

    def restyle(self, images: Any, labels: Sequence[int | str] | None = None, refine: int = 0) -> Images:
        """Draw pictures in every class, each row in the style of one: uint8 [N, K, H, W, C]. Arguments as for `encode`."""
        return restyle(self.inner, self._encoded(images, labels, refine, True), self._device)

    def map(
        self,
        data: str | Path = "",
        generated: int = 0,
        count: int = MOST,
        method: Method = "pca",
        by: Likeness = "pixels",
        seed: int = 0,
        out: str | Path = "",
    ) -> Map:
        """Map pictures in two dimensions, similar ones close together.

        data: as for `zscape train`; the model's own data by default. generated: use this many random points instead. count: the
        maximum number of data pictures. method: "pca", or "tsne" and "umap-like", which need openTSNE. by: what similarity is
        measured on, "pixels", "latent", "features" (of a reference classifier) or "discriminator" (features of the model's own
        discriminator). out: .npz, .csv, .png or a folder for TensorBoard. Returns `.positions` float32 [N, 2] and `.collection`
        with images, labels, class_names, attributes and latents. Raises ZscapeError for anything that cannot be read or mapped in
        that way.
        """
        from zscape.models.maps.files.write import writing
        from zscape.models.maps.make import making
        from zscape.models.maps.settings import MapSettings

        arguments.refuse_idle("count", bool(generated) and count != MOST, "pictures of data: generated says how many points")
        found = finish(making(self.inner, self._origin(data, generated, count, seed), MapSettings(method, by, self._device)))
        self._warn_of(found.collection)
        if out is not None and str(out):
            finish(writing(arguments.path("place of a map", out), found))
        return found

    def neighbours(
        self,
        asked: Any,
        count: int = 10,
        data: str | Path = "",
        generated: int = 0,
        by: Likeness = "pixels",
        seed: int = 0,
    ) -> Neighbouring:
        """Find the pictures nearest to each of `asked`, which are points from `points`, or pictures as for `encode`.

        data, generated, by: as for `map`. Returns `.places` [Q, count], `.distances`, `.images` [Q, count, H, W, C],
        `.labels` and `.asked`, the pictures that were compared; fewer than `count` if there are not as many pictures. Raises
        ZscapeError for anything that cannot be read or compared in that way.
        """
        from zscape.models.maps.likeness import stand_ins
        from zscape.models.maps.make import gathered
        from zscape.models.maps.query import nearest_to

        count = arguments.whole("count", count)
        given: Points | Images
        if isinstance(asked, Mapping):
            given = self._given(asked)
        else:
            given = from_given(asked, self.spec.image_shape, self.spec.subject, self.spec.layout)
        origin = self._origin(data, generated, MOST, seed)
        if line := stand_ins(self.spec, origin, generated):
            warnings.warn(line, stacklevel=2)
        every = finish(gathered(self.inner, origin, by, self._device))
        self._warn_of(every)
        return finish(nearest_to(every, self.inner, given, by, count, self._device))

    def _warn_of(self, pictures: Collection) -> None:
        """Warn if a comparison with `pictures` means little."""
        from zscape.models.maps.likeness import other_pictures

        if line := other_pictures(pictures, self.spec):
            warnings.warn(line, stacklevel=3)

    def _origin(self, data: str | Path, generated: int, count: int, seed: int) -> Origin:
        from zscape.models.maps.gather import origin_of

        generated, count = arguments.whole("number of generated pictures", generated), arguments.whole("count", count)
        return origin_of(self.spec, arguments.source(data), generated, count, arguments.seed(seed))

    def _encoded(self, images: Any, labels: Sequence[int | str] | None, refine: int, keep_style: bool) -> Encoded:
        ready = from_given(images, self.spec.image_shape, self.spec.subject, self.spec.layout)
        refine = arguments.whole("number of steps of refinement", refine, 0, MOST_STEPS)
        chosen = None if labels is None else np.asarray(self._labels(labels), np.int64)
        return finish(encode(self.inner, ready, chosen, refine, self._device, keep_style))
