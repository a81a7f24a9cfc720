"""Makes heat maps of one model, first coarse, then finer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.data.attributes import ATTRIBUTES
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.reference_classifier import ReferenceClassifier, classifier_file, load_classifier
from zscape.models.files.checkpoint import Model
from zscape.models.heatmap.choices import ATTRIBUTE, CERTAINTY, DATA, OPINION, PRIOR, choices, normal_of
from zscape.models.heatmap.data_latents import data_latents, distance
from zscape.models.inference.drawn import PIXELS
from zscape.models.inference.encoding import to_float
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.points import Points, resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.pad import Pad
from zscape.models.sweeps.polygon import Place

STEPS = (8, 4, 2, 1)
"""Distances of the grid's nodes in the successive, ever finer pictures."""
NODES = 33
"""Nodes per side: a multiple of the largest step plus one."""
PART = 100

Floats = NDArray[np.float64]
View = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Heat:
    """A heat map.

    values: float32 [n, n] on the nodes of an even grid, the first row at the top of the square `view` (middle x, middle y, side),
    the outer nodes on its outline; NaN beyond the pad. low, high: the range of its colours. name: of its choice.
    """

    name: str
    view: View
    values: NDArray[np.float32]
    low: float
    high: float


@dataclass(frozen=True)
class HeatProgress(Progress):
    """A progress report with the heat map so far."""

    heat: Heat | None = None


class HeatMaker:
    """Everything that the heat maps of one model need, created on first use. To be used by one thread at a time."""

    def __init__(self, device: str = "auto") -> None:
        self._device = device
        self._model: Model | None = None
        self._runner: GeneratorRunner | None = None
        self._classifier: ReferenceClassifier | None = None
        self._latents: Tensor | None = None

    @property
    def model(self) -> Model:
        """The model of the heat map that is being made."""
        assert self._model is not None
        return self._model

    def draw(self, model: Model, name: str, pad: Pad, base: Recipe, view: View, nodes: int = NODES) -> Work[Heat]:
        """Make the heat map of choice `name` over the square `view` of a pad; each progress report has the result so far.

        model: the same every time, except that its directions may change. nodes: per side of the grid. Raises ZscapeError for
        anything the model cannot have.
        """
        self._model = model
        yield Progress(0, 0, "Looking at the model")
        chosen = next((each for each in choices(self.model) if each.name == name), None)
        if chosen is None or chosen.lacks:
            raise ZscapeError(f"There is no such heat map: {chosen.lacks if chosen else name}.")
        measure = yield from self._measure(name)
        values = np.full((nodes, nodes), np.nan)
        shown = values.copy()
        done, total = 0, nodes * nodes
        for step, cells in _levels(nodes, self._part):
            for some in cells:
                places = [_place(row, column, nodes, view) for row, column in some]
                inside = [number for number, each in enumerate(places) if math.dist(pad.within(each), each) < 1e-9 * view[2]]
                if inside:
                    recipes = pad.recipes(base, [places[number] for number in inside], self.model.space)
                    found = measure(resolve(recipes, self.model.space, 1, len(recipes)))
                    for number, value in zip(inside, found, strict=True):
                        values[some[number]] = value
                for row, column in some:
                    half = step // 2
                    block = slice(max(0, row - half), row - half + step), slice(max(0, column - half), column - half + step)
                    shown[block] = values[row, column]
                done += len(some)
                yield HeatProgress(done, total, "Drawing the heat map", heat=_heat(name, view, shown))
        return _heat(name, view, values)

    # Measurements at points.

    def _measure(self, name: str) -> Work[Callable[[Points], Floats]]:
        """Return a function that gives the values of points: [N]."""
        if name == PRIOR:
            return self._prior
        if name == DATA:
            if self._latents is None:
                self._latents = yield from data_latents(self.model, self._device)
            return self._nearness
        if name.startswith(ATTRIBUTE):
            return self._attribute(name.removeprefix(ATTRIBUTE))
        if name == CERTAINTY and self._classifier is None:
            path = classifier_file(self.model.spec.class_names, self.model.spec.image_shape)
            assert path is not None
            self._classifier = load_classifier(path)
        return self._opinion if name == OPINION else self._certainty

    def _prior(self, points: Points) -> Floats:
        """Return the logarithm of N(z; 0, I), in nats."""
        z = np.concatenate([points[each.name] for each in self.model.space.every(Latent)], axis=1).astype(np.float64)
        found: Floats = -0.5 * (z**2).sum(1) - 0.5 * z.shape[1] * math.log(2 * math.pi)
        return found

    def _nearness(self, points: Points) -> Floats:
        assert self._latents is not None
        assert self.model.encoder is not None
        return distance(torch.from_numpy(points[self.model.encoder.finds]), self._latents).double().numpy()

    def _opinion(self, points: Points) -> Floats:
        network, classes = self.model.discriminator, self.model.space.first(Classes)
        assert network is not None
        device = next(network.parameters()).device
        c = torch.from_numpy(points[classes.name]) if classes else torch.zeros(points.count, 0)
        with torch.inference_mode():
            found: Tensor = network(to_float(self._images(points)).to(device), c.to(device))
        return found.double().cpu().numpy()

    def _certainty(self, points: Points) -> Floats:
        assert self._classifier is not None
        network = self._classifier.network
        with torch.inference_mode():
            logits = network.decide(network.features(to_float(self._images(points))))
        found: Floats = logits.double().softmax(1).amax(1).numpy()
        return found

    def _attribute(self, name: str) -> Callable[[Points], Floats]:
        direction = self.model.space.named(name)
        if name in ATTRIBUTES:
            measured = ATTRIBUTES[name]

            def on_pictures(points: Points) -> Floats:
                grey = self._images(points).mean(axis=3, dtype=np.float64) / 255
                found: Floats = measured(torch.from_numpy(grey)).numpy()
                return found

            return on_pictures
        normal = normal_of(direction)
        assert normal is not None

        def by_latent(points: Points) -> Floats:
            made = points if direction.input in points else self._ready().with_styles(points)
            rows = made[direction.input].astype(np.float64)
            found: Floats = (rows.mean(1) if rows.ndim == 3 else rows) @ normal
            return found

        return by_latent

    def _images(self, points: Points) -> NDArray[np.uint8]:
        return self._ready().draw(points).images

    def _ready(self) -> GeneratorRunner:
        if self._runner is None or not self._runner.serves(self.model, self._device):
            self._runner = GeneratorRunner(self.model, self._device)
        return self._runner

    @property
    def _part(self) -> int:
        _, height, width = self.model.spec.image_shape
        return max(4, min(PART, PIXELS // (height * width)))


def _levels(nodes: int, part: int) -> Iterator[tuple[int, list[list[tuple[int, int]]]]]:
    """Yield (step, parts of new nodes) from the coarsest level to the finest; every node comes once."""
    seen: set[tuple[int, int]] = set()
    for step in STEPS:
        cells = [(row, column) for row in range(0, nodes, step) for column in range(0, nodes, step) if (row, column) not in seen]
        seen.update(cells)
        yield step, [cells[start : start + part] for start in range(0, len(cells), part)]


def _place(row: int, column: int, nodes: int, view: View) -> Place:
    x, y, side = view
    return x + side * (column / (nodes - 1) - 0.5), y + side * (0.5 - row / (nodes - 1))


def _heat(name: str, view: View, values: Floats) -> Heat:
    known = values[np.isfinite(values)]
    low, high = (float(each) for each in np.percentile(known, [1, 99])) if len(known) else (0.0, 0.0)
    return Heat(name, view, values.astype(np.float32), low, high)
