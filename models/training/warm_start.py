"""Warm starts: the model a run starts from instead of random weights, and its record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model, family_config, load_model
from zscape.models.files.header import read_spec
from zscape.models.files.spec import Spec
from zscape.models.training.config import TrainConfig


def model_to_start_from(path: Path, config: TrainConfig, model: Any) -> Model:
    """Load the model that a run starts from; a smaller one of its shape is enlarged if the family supports that.

    model: the family's config of the run. Raises ZscapeError if the model is of another family or shape, or has no discriminator.
    """
    before = load_model(path)
    classes = len(before.spec.class_names)
    if before.spec.family == config.family and classes != model.classes:
        raise ZscapeError(f"{path} draws {classes} classes, the data has {model.classes}: start from another model, or none.")
    other = ZscapeError(f"{path} is not of the family and shape of {config.name}: start from another model, or from none.")
    if before.spec.family != config.family:
        raise other
    if before.discriminator is None:
        raise ZscapeError(f"{path} holds no discriminator: start from a model that has one, or from none.")
    family, shape = family_config(config.family, before.spec.config, str(path))
    if shape == model:
        return before
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        larger = family.grown(model, before.generator, before.discriminator, before.encoder) if family.grown else None
    if larger is None:
        raise other
    generator, discriminator, encoder = larger
    return replace(before, generator=generator, discriminator=discriminator, encoder=encoder)


def origin_of(spec: Spec) -> dict[str, Any]:
    """Return the record of the model a run starts from."""
    return {"name": spec.name, "sha256": spec.sha256, "step": spec.step, "images": spec.images, "recorded": dict(spec.recorded)}


def earlier_origin(path: Path) -> dict[str, Any]:
    """Return that record for a resumed run, from the model it has written; {} if it started from random weights."""
    return dict(read_spec(path).recorded.get("start", {})) if path.exists() else {}


def encoder_to_start_from(path: Path, spec: Spec) -> Model:
    """Load the model whose encoder a run for that of `spec` starts from. Raises ZscapeError if it has none, or another shape."""
    before = load_model(path)
    if before.encoder is None:
        raise ZscapeError(f"{path} holds no encoder: start from a model that has one, or from none.")
    if (before.spec.family, before.spec.config) != (spec.family, spec.config):
        raise ZscapeError(f"{path} is not of the family and shape of {spec.name}: start from another model, or from none.")
    return before


def encoder_origin(before: Model, model: Model) -> dict[str, Any]:
    """Return the record of the encoder that a run for `model` starts from: its own record, and its file if that is another."""
    if before.encoder is None:
        return {}
    start = {} if before is model else {"start": before.spec.sha256, "start_name": before.spec.name}
    return {**start, "before": before.spec.recorded.get("encoder", {})}


def earlier_encoder_origin(path: Path) -> dict[str, Any]:
    """Return that record for a resumed run, from the model it has written."""
    record = read_spec(path).recorded.get("encoder", {}) if path.exists() else {}
    return {name: record[name] for name in ("start", "start_name", "before") if name in record}
