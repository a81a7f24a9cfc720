"""Measures of an encoder: what it finds again, and what of it the other classes keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.attributes import ATTRIBUTES, measure
from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.run import Sitting
from zscape.models.evaluation.style import kept
from zscape.models.inference.encoding import Encoded, encode
from zscape.models.progress import Progress, Work
from zscape.models.training.encoder import HELD_OUT_SEED

CHUNK = 1000
"""Pictures whose attributes are taken together: some 30 ms of work."""


def measure_encoder(sitting: Sitting) -> Work[None]:
    """Add to `sitting` how well its encoder finds held-out pictures, before and after refinement, and what is kept of them."""
    if sitting.model.encoder is None:
        reason = f"{sitting.model.spec.name} has no encoder: train one with `zscape train-encoder`"
        sitting.left_out.update(dict.fromkeys(("encoder_mse", "encoder_class_found", "restyled_as_asked"), reason))
        return
    settings = sitting.settings
    for count, steps in ((settings.inputs, 0), (settings.refined, settings.steps)):
        # At most a tenth: so many a training encoder keeps from itself, by the same seed.
        some = sitting.data.split(max(10, min(count, len(sitting.data) // 10)), HELD_OUT_SEED)[1]
        yield Progress(0, 0, "Preparing")
        yield from _measure(sitting, some, steps)


def _measure(sitting: Sitting, some: Dataset, steps: int) -> Work[None]:
    model, device = sitting.model, str(sitting.artist.device)
    labels = some.labels if sitting.conditional else np.zeros_like(some.labels)
    ending = "_refined" if steps else ""
    where = f"{len(some):,} {some.name} pictures held out" + (f", {steps} steps of refinement" if steps else "")
    encoded = yield from encode(model, some.images, labels, refine=steps, device=device)
    sitting.add(f"encoder_mse{ending}", float(encoded.mse.mean()), None, f"{where}, pixels 0..1, class given")
    if not sitting.conditional:
        sitting.left_out["restyled_as_asked"] = sitting.left_out["encoder_class_found"] = "the model has no classes"
        return
    if not steps:
        found = yield from encode(model, some.images, None, device=device)
        sitting.add("encoder_class_found", float((found.labels == labels).mean()), None, f"{where}, class found with the latent")
    yield from _restyled(sitting, encoded, ending, where)


def _restyled(sitting: Sitting, encoded: Encoded, ending: str, where: str) -> Work[None]:
    """Every picture's style in every class: are they the classes asked for, and the hand it came in?"""
    count, classes = len(encoded.z), len(sitting.model.spec.class_names)
    asked = np.tile(np.arange(classes), count)
    images = yield from sitting.pictures(np.repeat(encoded.z, classes, axis=0), asked, "Restyling")
    if sitting.judge is not None:
        opinion = yield from sitting.judge.look(images, "Judging restyled pictures")
        right, known = float((opinion.labels == asked).mean()), sitting.judge.words
        sitting.add(f"restyled_as_asked{ending}", right, None, f"{where}, each drawn as {classes} classes and named by {known}")
    else:
        sitting.left_out[f"restyled_as_asked{ending}"] = sitting.doubt
    names = _names(sitting)
    given = yield from _attributes(encoded.inputs, names)
    drawn = yield from _attributes(images, names)
    for name in names:
        rho = kept(given[name], encoded.labels, drawn[name].reshape(count, classes))
        key = f"{name.replace(' ', '_')}_kept{ending}"
        if rho is None:
            sitting.left_out[key] = "fewer than five held-out pictures of each class"
        else:
            text = f"{where}: rank correlation with the same hand in another class, the mean over all pairs of classes"
            sitting.add(key, rho, None, text)


def _names(sitting: Sitting) -> tuple[str, ...]:
    """The attributes worth comparing: of strokes in glyphs, of light and outline in things and colour, and what has a knob."""
    strokes = sitting.model.spec.subject == "glyph" and sitting.data.image_shape[0] == 1
    usual = ("slant", "stroke width") if strokes else ("brightness", "aspect")
    return tuple(dict.fromkeys((*usual, *(name for name in sitting.model.spec.knobs if name in ATTRIBUTES))))


def _attributes(images: NDArray[np.uint8], names: tuple[str, ...]) -> Work[dict[str, NDArray[np.float64]]]:
    parts = []
    for start in range(0, len(images), CHUNK):
        parts.append(measure(images[start : start + CHUNK]))
        yield Progress(min(start + CHUNK, len(images)), len(images), "Measuring strokes")
    return {name: np.concatenate([part[name] for part in parts]) for name in names}
