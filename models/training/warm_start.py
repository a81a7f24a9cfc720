"""Warm starts: the model a run starts from instead of random weights, and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model, family_config, load_model
from zscape.models.files.header import read_spec
from zscape.models.files.run_checkpoints import MODEL_FILE, RUN_FILE
from zscape.models.files.spec import Spec
from zscape.models.training.config import TrainConfig
from zscape.models.training.run.run_file import run_origin


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


def earlier_origin(out: Path) -> dict[str, Any]:
    """Return that record for the run to be resumed in the folder `out`; {} if it started from random weights."""
    return run_origin(out / RUN_FILE) or dict(_recorded(out).get("start", {}))


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


def earlier_encoder_origin(out: Path) -> dict[str, Any]:
    """Return that record for the run to be resumed in the folder `out`."""
    record = run_origin(out / RUN_FILE) or _recorded(out).get("encoder", {})
    return {name: record[name] for name in ("start", "start_name", "before") if name in record}


def asked_before(out: Path, config: TrainConfig) -> str:
    """Return a message if the run to be resumed in `out` was asked for more than `config` says, "" if not."""
    before = _recorded(out).get("training", {})
    steps, kept = before.get("steps", 0), before.get("keep_steps", 0)
    lines = []
    if steps > config.steps:
        lines.append(f"The run was begun with {steps:,} steps and ends after {config.steps:,} now (--steps).")
    if kept and not config.keep_steps:
        lines.append(f"It kept a checkpoint every {kept:,} steps and keeps none now (--keep-steps).")
    return " ".join(lines)


def _recorded(out: Path) -> Mapping[str, Any]:
    """Return what the model of the run in `out` records, {} if it is not there: runs of 0.1.0 have the origin only there."""
    path = out / MODEL_FILE
    return read_spec(path).recorded if path.exists() else {}
