"""Measures what each unit of a layer does to the picture and to its attributes, by switching it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from zscape.models.data.attributes import ATTRIBUTES, measure
from zscape.models.directions.lock import effect_of
from zscape.models.directions.regression import IN_COLOUR, LABELLED
from zscape.models.directions.samples import Floats
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import Points
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.units import NOTHING, UnitsValue
from zscape.models.progress import Progress, Work

CHANGE = "change"
"""Name of the overall change of the picture: the root mean squared difference of pixels from 0 to 1."""
TRIED, SPREAD = 16, 200
"""Number of points at which units are switched off, and of pictures for an attribute's standard deviation."""
AT_ONCE = 96
"""Pictures drawn between two progress reports."""


@dataclass(frozen=True, eq=False)
class UnitEffects:
    """Effects of the units of `layer`: name -> float64 [U].

    CHANGE: see there. Otherwise an attribute: how much more of it pictures have with the unit than without it, on average, in the
    attribute's standard deviations.
    """

    layer: str
    effects: Mapping[str, Floats]


def attributes_of(model: Model) -> list[str]:
    """Return the attributes to rank by: those measured on pictures, and labelled ones that the model's encoder reads."""
    strokes = model.spec.subject == "glyph" and model.spec.image_shape[0] == 1
    measured = list(ATTRIBUTES if strokes else IN_COLOUR)
    return [*measured, *(each.name for each in _read_by_encoder(model) if each.name not in measured)]


def unit_effects(model: Model, layer: str, device: str = "auto", tried: int = TRIED, seed: int = 0) -> Work[UnitEffects]:
    """Measure the units of `layer` on `tried` random points, classes in turn; the same for the same seed.

    The causal effect of a unit is the difference between the images drawn with it and with its map set to 0 (D. Bau et al., "GAN
    Dissection", 2019, equation 5), here of an attribute instead of a segmented class. Labelled attributes are read by the
    encoder: its latent along the normal of the attribute's direction. Raises ZscapeError for an unknown layer.
    """
    yield Progress(0, 0, "Looking at the model")
    runner = GeneratorRunner(model, device)
    found = runner.editable.layer(layer)
    if found is None:
        raise ZscapeError(f"{model.spec.name} has no layer {layer!r}: choose another.")
    read = _reader(model, runner)
    # With empty edits: the pictures to compare with must come from the same network, not from its fast twin.
    points = _repeated(runner.with_styles(sample(model.space, tried, seed)), [NOTHING])
    base = runner.draw(points).images
    before = read(base, points)
    many = runner.with_styles(sample(model.space, SPREAD, seed + 1))
    seen = read(runner.draw(many).images, many)
    spread = {name: float(np.std(seen[name])) or 1.0 for name in before}
    effects = {name: np.zeros(found.units) for name in (CHANGE, *before)}
    at_once = max(1, AT_ONCE // tried)
    for start in range(0, found.units, at_once):
        units = range(start, min(start + at_once, found.units))
        values = [NOTHING.with_units(layer, [unit], gain=0.0) for unit in units]
        several = _repeated(points, values)
        images = runner.draw(several).images
        after = read(images, several)
        for place, unit in enumerate(units):
            rows = slice(place * tried, (place + 1) * tried)
            difference = (images[rows].astype(np.float64) - base) / 255
            effects[CHANGE][unit] = np.sqrt((difference**2).mean())
            for name in before:
                effects[name][unit] = (before[name] - after[name][rows]).mean() / spread[name]
        yield Progress(units[-1] + 1, found.units, "Switching units off")
    return UnitEffects(layer, effects)


def _repeated(points: Points, values: Sequence[UnitsValue]) -> Points:
    """Return `points` once for each of `values`, in one row."""
    arrays = {name: np.concatenate([rows] * len(values)) for name, rows in points.items()}
    units = tuple(value for value in values for _ in range(points.count))
    return replace(points, arrays=arrays, rows=1, columns=len(units), recipes=(), plan=None, units=units)


def _read_by_encoder(model: Model) -> list[Direction]:
    if model.encoder is None:
        return []
    finds = model.encoder.finds
    return [each for each in model.directions if each.method == LABELLED and each.input == finds and not each.layers]


def _reader(model: Model, runner: GeneratorRunner) -> Callable[[NDArray[np.uint8], Points], dict[str, Floats]]:
    names = attributes_of(model)
    directions = [each for each in _read_by_encoder(model) if each.name in names]
    encoder = None
    if directions and model.encoder is not None:
        import copy

        encoder = copy.deepcopy(model.encoder).to(runner.device).eval().requires_grad_(False)
    classes = model.space.first(Classes)

    def read(images: NDArray[np.uint8], points: Points) -> dict[str, Floats]:
        values = {name: each for name, each in measure(images).items() if name in names}
        if encoder is not None:
            with torch.inference_mode():
                x = torch.from_numpy(images).to(runner.device).permute(0, 3, 1, 2).float() / 127.5 - 1
                rows = points[classes.name] if classes is not None else np.zeros((len(images), 0), np.float32)
                z = encoder(x, torch.from_numpy(rows).to(runner.device)).double().cpu().numpy()
            for each in directions:
                values.setdefault(each.name, z @ effect_of(each))
        return values

    return read
