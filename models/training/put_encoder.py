"""An encoder that was trained for a model, put into the file of that model."""

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
from zscape.models.training.loss_table import LOSS_FILE
from zscape.models.training.run_folder import RunFolder, free_name


def put_encoder(found: Path, into: Path) -> Work[Path]:
    """Work that writes the encoder of the model at `found` into that at `into`, which has the same generator; returns `into`.

    The file at `found` then holds nothing that `into` does not, and goes where its run is over; a model that had an encoder is
    kept beside the new one, under another name. A person's directions stay with the model. Raises ZscapeError for other
    generators, no encoder, and where a run works beside `into` or it cannot be written.
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
    """Whether both have one generator."""
    a, b = given.generator.state_dict(), model.generator.state_dict()
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def _spec(spec: Spec, given: Spec) -> Spec:
    """`spec` with what is known of the encoder of `given`, but for the settings that its own run would go on with."""
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
    """Whether the run of the encoder of `given` cannot go on."""
    record = _record(given)
    settings = record.get("settings")
    return isinstance(settings, Mapping) and int(record.get("step", 0)) >= int(settings.get("steps", 1))


def _record(given: Spec) -> Mapping[str, Any]:
    record = given.recorded.get("encoder")
    return record if isinstance(record, Mapping) else {}
