"""Add a trained model to the bundled ones: resources/NAME.safetensors, in half precision.

python scripts/bundle_model.py MODEL.safetensors [--name NAME] [--command COMMAND] [--data NAME] [--licence TERMS]
[--measure NAME VALUE NOTE]... [--soften FACTOR]

--name is its name among the bundled models. --command is recorded as the command that trained it, if it says more than what the
run recorded. --data is the name of its data, --licence the terms of the weights. --measure adds a figure measured elsewhere
to those in the file. --soften multiplies the output of the last layer of a projection GAN, before its tanh: below 1, edges are
softer, and the squared error is smaller where the exact pixel of an edge is unknown. Prints how much the pictures differ from
the original's.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from zscape.models.files.checkpoint import Model, load_model, save_model
from zscape.models.files.library import BUNDLED
from zscape.models.inference.runner import prior


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--measure", nargs=3, action="append", default=[], metavar=("NAME", "VALUE", "NOTE"))
    parser.add_argument("--name")
    parser.add_argument("--command")
    parser.add_argument("--data")
    parser.add_argument("--licence")
    parser.add_argument("--soften", type=float, metavar="FACTOR")
    given = parser.parse_args()
    model = load_model(given.model)
    model.spec = replace(
        model.spec,
        name=given.name or model.spec.name,
        recorded=published(model.spec.recorded, given.data or model.spec.data, given.command),
        data=given.data or model.spec.data,
        licence=given.licence or model.spec.licence,
        measures={**model.spec.measures, **{name: float(value) for name, value, _ in given.measure}},
        notes={**model.spec.notes, **{name: note for name, _, note in given.measure}},
    )
    if given.soften:
        soften(model, given.soften)
    path = BUNDLED / f"{model.spec.name}.safetensors"
    save_model(path, model, half=True)
    bundled = load_model(path)
    points = prior(bundled.space, 1000)
    with torch.inference_mode():
        levels = 127.5 * (bundled.generator(points) - model.generator(points)).abs()
    near = (levels <= 1).float().mean()
    size, worst = path.stat().st_size / 2**20, levels.max().item()
    print(f"{path}: {size:.1f} MiB; {near:.2%} of pixels within 1/255 of the original's, at most {worst:.1f}/255")


@torch.no_grad()
def soften(model: Model, factor: float) -> None:
    """Multiply the weights and the bias of the last layer by `factor`. Exits with an error for other families."""
    last = getattr(model.generator, "last", None)
    if not isinstance(last, torch.nn.Conv2d) or last.bias is None:
        raise SystemExit(f"--soften knows projection GANs, not {model.spec.family}.")
    last.weight *= factor
    last.bias *= factor


def published(recorded: Mapping[str, Any], data: str, command: str | None = None) -> dict[str, Any]:
    """The record of a model trained on `data`, without paths of this machine, also for the models it started from."""
    found, training = dict(recorded), dict(recorded.get("training", {}))
    place = str(training.get("data", ""))
    if Path(place).is_absolute():
        found["training"] = {**training, "data": data}
        found["command"] = str(found.get("command", "")).replace(place, data)
    start = found.get("start")
    if isinstance(start, dict) and isinstance(start.get("recorded"), dict):
        found["start"] = {**start, "recorded": published(start["recorded"], data)}
    return {**found, **({"command": command} if command else {})}


if __name__ == "__main__":
    main()
