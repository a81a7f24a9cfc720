"""Puts an encoder that was trained for a model into that model's file."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model, load_model, save_model
from zscape.models.files.directions import own_directions, own_file, save_directions
from zscape.models.files.run_checkpoints import RUN_FILE
from zscape.models.files.spec import Spec
from zscape.models.inputs.directions import DirectionSet
from zscape.models.progress import Progress, Work
from zscape.models.training.run.loss_table import LOSS_FILE
from zscape.models.training.run.run_folder import RunFolder, free_name


def put_encoder(found: Path, into: Path) -> Work[Path]:
    """Write the encoder of the model at `found` into that at `into`, which has the same generator; return `into`.

    The file at `found` then holds nothing more than `into`, and is deleted if its run is over; a model that already had an
    encoder is kept beside the new one, under another name. The user's directions stay with the model. Raises ZscapeError if the
    generators differ, there is no encoder, a run is working beside `into` or it cannot be written.
    """
    yield Progress(0, 0, "Putting the encoder in")
    with RunFolder(into.parent, False).held():
        given, model = load_model(found), load_model(into)
        if given.encoder is None:
            raise ZscapeError(f"{found} holds no encoder: choose the model of an encoder's run.")
        if not _same(given, model):
            raise ZscapeError(f"The encoder of {found} was trained for other weights than {into} has: train one for it.")
        own = own_directions(model.spec)
        if model.encoder is not None:
            shutil.copy2(into, free_name(into))
        written = save_model(into, Model(_spec(model.spec, given.spec), model.generator, given.encoder, model.discriminator))
        if own and not own_file(written).exists():
            save_directions(own_file(written), DirectionSet(written.name, written.sha256, own))
    if _is_over(given.spec):
        found.unlink()
        for name in (RUN_FILE, LOSS_FILE):
            (found.parent / name).unlink(missing_ok=True)
    return into


def _same(given: Model, model: Model) -> bool:
    """Whether both have the same generator."""
    a, b = given.generator.state_dict(), model.generator.state_dict()
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def _spec(spec: Spec, given: Spec) -> Spec:
    """Return `spec` with what is known of the encoder of `given`, without the settings needed to resume the encoder's run."""
    encoder = dict(_record(given))
    encoder["trained_with"] = encoder.pop("settings", {})
    return replace(
        spec,
        measures={**spec.measures, **given.measures},
        notes={**spec.notes, **given.notes},
        recorded={**spec.recorded, "encoder": encoder},
        layout=spec.layout or given.layout,
    )


def _is_over(given: Spec) -> bool:
    """Whether the run of the encoder of `given` cannot continue."""
    record = _record(given)
    settings = record.get("settings")
    return isinstance(settings, Mapping) and int(record.get("step", 0)) >= int(settings.get("steps", 1))


def _record(given: Spec) -> Mapping[str, Any]:
    record = given.recorded.get("encoder")
    return record if isinstance(record, Mapping) else {}
