"""Measures of an encoder: reconstruction, class accuracy, and how well the style is kept in the other classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.attributes import ATTRIBUTES, measure
from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.run import EvaluationRun
from zscape.models.evaluation.style import style_correlation
from zscape.models.inference.encoding import Encoded, encode
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.single import ClassRow
from zscape.models.training.encoder import HELD_OUT_SEED

CHUNK = 1000
"""Pictures whose attributes are measured together: about 30 ms of work."""


def measure_encoder(run: EvaluationRun) -> Work[None]:
    """Add to `run` the encoder's measures on held-out pictures, before and after refinement."""
    if run.model.encoder is None:
        reason = f"{run.model.spec.name} has no encoder: train one with `zscape train-encoder`"
        run.left_out.update(dict.fromkeys(("encoder_mse", "encoder_class_accuracy", "restyled_class_accuracy"), reason))
        return
    settings = run.settings
    for count, steps in ((settings.inputs, 0), (settings.refined, settings.steps)):
        # At most a tenth: that is what the training of an encoder holds out, with the same seed.
        some = run.data.split(max(10, min(count, len(run.data) // 10)), HELD_OUT_SEED)[1]
        yield Progress(0, 0, "Preparing")
        yield from _measure(run, some, steps)


def _measure(run: EvaluationRun, some: Dataset, steps: int) -> Work[None]:
    model, device = run.model, str(run.runner.device)
    labels = some.labels if run.conditional else np.zeros_like(some.labels)
    ending = "_refined" if steps else ""
    where = f"{len(some):,} {some.name} pictures held out" + (f", {steps} steps of refinement" if steps else "")
    encoded = yield from encode(model, some.images, labels, refine=steps, device=device)
    run.add(f"encoder_mse{ending}", float(encoded.mse.mean()), None, f"{where}, pixels 0..1, class given")
    if not run.conditional:
        run.left_out["restyled_class_accuracy"] = run.left_out["encoder_class_accuracy"] = "the model has no classes"
        return
    if not steps:
        found = yield from encode(model, some.images, None, device=device)
        run.add(
            "encoder_class_accuracy",
            float((found.labels == labels).mean()),
            None,
            f"{where}, class inferred together with the latent",
        )
    yield from _restyled(run, encoded, ending, where)


def _restyled(run: EvaluationRun, encoded: Encoded, ending: str, where: str) -> Work[None]:
    """Draw every picture's style in every class; measure class accuracy, and the correlation of attributes with the picture's."""
    count, classes = len(encoded.z), len(run.model.spec.class_names)
    wanted = np.tile(np.arange(classes), count)
    first, *others = encoded.recipes(run.model.space)
    images = yield from run.pictures(ClassRow(first, tuple(others)).points(run.model.space), "Restyling")
    if run.classifier is not None:
        predicted = yield from run.classifier.classify(images, "Classifying restyled pictures")
        right, known = float((predicted.labels == wanted).mean()), run.classifier.words
        run.add(
            f"restyled_class_accuracy{ending}", right, None, f"{where}, each drawn as {classes} classes and classified by {known}"
        )
    else:
        run.left_out[f"restyled_class_accuracy{ending}"] = run.unclassified
    names = _names(run)
    given = yield from _attributes(encoded.images, names)
    drawn = yield from _attributes(images, names)
    for name in names:
        rho = style_correlation(given[name], encoded.labels, drawn[name].reshape(count, classes))
        key = f"{name.replace(' ', '_')}_kept{ending}"
        if rho is None:
            run.left_out[key] = "fewer than five held-out pictures of each class"
        else:
            text = f"{where}: rank correlation with the same style in another class, the mean over all pairs of classes"
            run.add(key, rho, None, text)


def _names(run: EvaluationRun) -> tuple[str, ...]:
    """Return the attributes to compare: of strokes for glyphs, of light and outline for others, and those with a coordinate."""
    strokes = run.model.spec.subject == "glyph" and run.data.image_shape[0] == 1
    usual = ("slant", "stroke width") if strokes else ("brightness", "aspect")
    return tuple(dict.fromkeys((*usual, *(name for name in run.model.spec.coordinates if name in ATTRIBUTES))))


def _attributes(images: NDArray[np.uint8], names: tuple[str, ...]) -> Work[dict[str, NDArray[np.float64]]]:
    parts = []
    for start in range(0, len(images), CHUNK):
        parts.append(measure(images[start : start + CHUNK]))
        yield Progress(min(start + CHUNK, len(images)), len(images), "Measuring attributes")
    return {name: np.concatenate([part[name] for part in parts]) for name in names}
