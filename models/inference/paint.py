"""Painting on a point of the latent space, on an empty canvas or on a photograph: the canvas, and the points to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inference.distance import in_words, is_far
from zscape.models.inference.encoding import encode
from zscape.models.inference.painting import STEPS, Painter, Painting, painter_of
from zscape.models.inference.runner import to_uint8
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.residual import edited, filled
from zscape.models.media.wishes import FREE, MUST, Wishes
from zscape.models.progress import Progress, Work, finish

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

STARTS = 8
"""Number of starting points for an empty canvas; after a few steps only the best one goes on."""
MOST_CLASSES = 40
"""Maximum number of classes tried if the class is to be found."""
MOST_PIXELS = STARTS * 64 * 64
"""Maximum number of pixels of the pictures at all starts together: with larger pictures there are fewer starts."""
PAPER = 0.3
"""Weight of the empty part of a canvas that stays empty, relative to the paint."""
LOOSE, STRICT = 0.1, 10.0
"""Smallest and largest weight of what is not painted, at the two ends of its slider."""
CLOSE = 0.15
"""Maximum difference from its colour for a pixel to agree; black to white is 1."""

Image = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Canvas:
    """What is painted on: the picture at `start`, an empty canvas, or a photograph.

    start: the point; for a photograph, where it was found. empty: only the paint counts. photo: uint8 [H, W, C] of the model's
    shape. any_class: the class is to be found too. rest: how strictly the unpainted area is kept, 0 to 1.
    """

    start: Recipe
    empty: bool = False
    photo: Image | None = None
    any_class: bool = False
    rest: float = 0.5


@dataclass(frozen=True, eq=False)
class Painted:
    """Result of painting.

    recipe: the point. drawn: the model's image there, uint8 [H, W, C]. image: the same; for a photograph, the photograph with
    that change applied. loss: the final value of the loss.
    """

    recipe: Recipe
    drawn: Image
    image: Image
    loss: float = field(default=0.0)


class PaintRun:
    """Painting on one canvas, while the paint may still change; for use in one thread.

    found: a point that agrees with the paint so far, to continue from; None to start afresh. variant: 0 starts at the canvas's
    point, each other number at a different place; on a picture of the model of which nothing was erased, the unpainted area is
    then that of the other place.
    """

    def __init__(
        self, model: Model, canvas: Canvas, wishes: Wishes, found: Recipe | None = None, variant: int = 0, device: str = "cpu"
    ) -> None:
        self.canvas = canvas
        self.painter = painter_of(model, device)
        check(model, wishes, canvas.photo)
        self.before = picture_at(self.painter, canvas.start)
        starts = [found] if found is not None else starts_of(model, self.painter, canvas, wishes, self.before, variant, device)
        self._painting = Painting(self.painter, starts)
        self._elsewhere = bool(variant) and canvas.photo is None and not canvas.empty and not wishes.weight(FREE).any()
        self.ask(wishes)

    def ask(self, wishes: Wishes) -> None:
        """Set the paint to `wishes` from now on."""
        canvas, photo = self.canvas, self.canvas.photo
        self.wishes = wishes
        if canvas.empty:
            grey = self.before.shape[2] == 1
            self._painting.ask(wishes, np.zeros_like(self.before) if grey else None, PAPER)
        else:
            # An edit starts at the reconstruction; what fills a gap has to fit the photograph itself.
            keep = photo if photo is not None and wishes.weight(FREE).any() else self.before
            if self._elsewhere:
                keep = pictures_at(self.painter, self._painting.starts)
            self._painting.ask(wishes, keep, LOOSE * (STRICT / LOOSE) ** canvas.rest)

    @property
    def done(self) -> bool:
        """Whether further steps would not improve the result."""
        return self._painting.done

    def step(self) -> bool:
        """Take one step; return whether the result improved."""
        return self._painting.step()

    @property
    def progress(self) -> Progress:
        """Progress so far."""
        return Progress(self._painting.since, STEPS, "Painting", {"loss": self._painting.loss})

    @property
    def recipe(self) -> Recipe:
        """The best point so far."""
        return self._painting.recipe

    def result(self, only_painted: bool = False) -> Painted:
        """Return the best result so far, with its pictures."""
        drawn = self._painting.image
        photo = self.canvas.photo
        image = drawn if photo is None else edited(photo, self.before, drawn, self.wishes, only_painted)
        return Painted(self.recipe, drawn, image, self._painting.loss)


def paint(
    model: Model, canvas: Canvas, wishes: Wishes, variant: int = 0, only_painted: bool = False, device: str = "cpu"
) -> Work[Painted]:
    """Find the picture that agrees with `wishes` (see PaintRun). only_painted: a photograph changes nowhere else.

    Raises ZscapeError if nothing is painted, or the paint or the photograph does not have the model's shape.
    """
    if wishes.empty:
        raise ZscapeError("Nothing is painted: say what must be, what must not be, or what may be anything.")
    yield Progress(0, STEPS, "Painting")
    run = PaintRun(model, canvas, wishes, None, variant, device)
    while not run.done:
        run.step()
        yield run.progress
    return run.result(only_painted)


def check(model: Model, wishes: Wishes, photo: Image | None) -> None:
    """Raise ZscapeError unless the paint and the photograph have the model's shape."""
    channels, height, width = model.spec.image_shape
    shape = (height, width, channels)
    for what, found in (("The paint", wishes.colours.shape), ("The photograph", shape if photo is None else photo.shape)):
        if found != shape:
            raise ZscapeError(f"{what} is {list(found)}, {model.spec.name} draws {list(shape)}: make it of that size.")


def picture_at(painter: Painter, recipe: Recipe) -> Image:
    """Draw the image at a point, uint8 [H, W, C]."""
    image: Image = pictures_at(painter, [recipe])[0]
    return image


def pictures_at(painter: Painter, recipes: Sequence[Recipe]) -> Image:
    """Draw the images at some points, uint8 [N, H, W, C]."""
    images: Image = to_uint8(painter.draw(painter.points(recipes)).detach())
    return images


def starts_of(
    model: Model, painter: Painter, canvas: Canvas, wishes: Wishes, before: Image, variant: int, device: str
) -> list[Recipe]:
    """Return the points from which a painting starts."""
    start, classes = canvas.start, model.space.first(Classes)
    if canvas.empty:
        return _on_paper(model, painter, canvas, wishes, variant, device)
    gap = wishes.weight(FREE)
    if not variant and not gap.any():
        return [start]
    if variant or model.encoder is None:
        return _elsewhere(painter, start, variant)
    # Start where the picture is found without what was erased: a start that contains it would only bring it back.
    seen = filled(before if canvas.photo is None else canvas.photo, 1 - gap)
    number = None if classes is None else np.array([classes.heaviest(start.value(classes))], np.int64)
    return [_encoded(model, start, seen, number, device)]


def _on_paper(model: Model, painter: Painter, canvas: Canvas, wishes: Wishes, variant: int, device: str) -> list[Recipe]:
    """Return the points from which painting on an empty canvas starts."""
    start, classes, drawings = canvas.start, model.space.first(Classes), list[Recipe]()
    finds = canvas.any_class and finds_class(model)
    if model.encoder is not None and model.spec.image_shape[0] == 1 and wishes.weight(MUST).any():
        # Light on dark, the paint is a drawing, which the encoder can read.
        drawing = (wishes.colours * wishes.weight(MUST)[..., None]).astype(np.uint8)
        number = None if finds or classes is None else np.array([classes.heaviest(start.value(classes))], np.int64)
        drawings = [_encoded(model, start, drawing, number, device)]
        start, finds = drawings[0], False
    elsewhere = _elsewhere(painter, start, variant)
    if finds and classes is not None:
        first = elsewhere[0] if variant else start
        return [first.with_value(classes.name, classes.only(k)) for k in range(len(classes.labels))]
    return elsewhere if variant else [*(drawings or [canvas.start]), *elsewhere[1:]]


def _encoded(model: Model, start: Recipe, image: Image, number: NDArray[np.int64] | None, device: str) -> Recipe:
    """Return `start` with what the encoder finds for a picture; also with its class if no class number int64 [1] is given."""
    assert model.encoder is not None
    found = finish(encode(model, image[None], number, device=device)).recipes(model.space)[0]
    if number is None:
        return start.with_values(dict(found.values))
    name = model.encoder.finds
    return start.with_value(name, found.value(model.space.input(name)))


def finds_class(model: Model) -> bool:
    """Whether the class of paint on an empty canvas can be found: there are several classes, and not too many to try."""
    _, height, width = model.spec.image_shape
    return 1 < len(model.space.labels) <= min(MOST_CLASSES, max(10, 4 * MOST_PIXELS // (height * width)))


def _elsewhere(painter: Painter, start: Recipe, variant: int) -> list[Recipe]:
    """Return as many different starts as can be tried at once."""
    _, height, width = painter.spec.image_shape
    count = min(STARTS, max(1, MOST_PIXELS // (height * width)))
    return [another(painter, start, STARTS * variant + k) for k in range(count)]


def another(painter: Painter, start: Recipe, seed: int) -> Recipe:
    """Return `start` with different latents."""
    styles = painter.space.styles
    drawn = start.without(styles.name) if styles else start
    return drawn.with_values({each.name: each.default(seed) for each in painter.space.every(Latent)})


def find_photo(model: Model, photo: Image, labels: NDArray[np.int64] | None = None, device: str = "cpu") -> Work[Recipe]:
    """Find the point that draws a photograph uint8 [H, W, C]: with the encoder, or else by optimising from several starts.

    labels: its class int64 [1], if known.
    """
    if model.encoder is not None:
        found = yield from encode(model, photo[None], labels, device=device)
        if is_far(mse := float(found.mse[0]), measures := model.spec.measures):
            yield Progress(1, 1, "Finding the picture", notice=f"The picture is {in_words(mse, measures)}.")
        return found.recipes(model.space)[0]
    yield Progress(0, STEPS, "Finding the picture")
    whole = Wishes.none(*photo.shape).painted_by(np.ones(photo.shape[:2], np.float32), MUST, photo)
    start, classes = Recipe(), model.space.first(Classes)
    if classes is not None and labels is not None:
        start = start.with_value(classes.name, classes.only(int(labels[0])))
    return (yield from paint(model, Canvas(start, empty=True, any_class=labels is None), whole, device=device)).recipe


def agreement(image: Image, wishes: Wishes, brush: str) -> float | None:
    """Return the fraction of the MUST or MUST_NOT paint with which `image` agrees; None if there is no such paint."""
    weight = wishes.weight(brush)
    if not weight.any():
        return None
    off = np.abs(image.astype(np.float32) - wishes.colours).mean(2) / 255
    good = off <= CLOSE if brush == MUST else off > CLOSE
    return float((weight * good).sum() / weight.sum())


def wishes_of(shape: Sequence[int], layers: Sequence[tuple[str, Image]]) -> Wishes:
    """Collect paint from pictures of it, applied in order: (brush, uint8 [H, W, 4], RGB and opacity), each resized to `shape`.

    shape: (height, width, channels) of the model's pictures.
    """
    from PIL import Image as Pictures

    height, width, channels = shape
    wishes = Wishes.none(height, width, channels)
    for brush, layer in layers:
        pixels = np.asarray(Pictures.fromarray(layer).resize((width, height), Pictures.Resampling.BOX))
        colour = (
            pixels[..., :3] if channels == 3 else np.asarray(Pictures.fromarray(pixels[..., :3].copy()).convert("L"))[..., None]
        )
        wishes = wishes.painted_by((pixels[..., 3] / 255).astype(np.float32), brush, colour)
    return wishes
