"""Average the weights of trained models: of several runs that started from the same weights, or of one run at several steps.

python scripts/average_models.py MODEL.safetensors MODEL.safetensors... --data D.npz --out MEAN.safetensors

The mean of such weights often draws better than each of the models (M. Wortsman et al., "Model soups", 2022). The batch norms of
the generator then need statistics of its own images: those of the models do not fit it, and its pictures would be pale and
smudged. They are measured on 2,600 points, half of them random, half those that the encoder finds for pictures of --data.
The record of how the model was made is that of the first; pictures count as laid out like the data if all models take them so.
"""

import argparse
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.files.checkpoint import Model, load_model, save_model
from zscape.models.files.layout import Layout
from zscape.models.inference.encoding import encode
from zscape.models.progress import finish
from zscape.models.training.gan.averaging import Drawing, averaged, recalibrated
from zscape.models.training.steps.points import draw_points

BATCHES, SIZE = 40, 65


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    models = [load_model(path) for path in given.models]
    first = models[0]
    if any(each.space != first.space or each.spec.config != first.spec.config for each in models[1:]):
        raise SystemExit("The models differ in family, shape or inputs; only weights of the same networks have a mean.")
    for part in ("generator", "encoder", "discriminator"):
        networks = [getattr(each, part) for each in models]
        if all(networks):
            networks[0].load_state_dict(mean([each.state_dict() for each in networks]))
    met = as_met(first, load(given.data))
    for generator in recalibrated(averaged(first.generator, 0.0), first.space, BATCHES, size=SIZE, draw=met):
        if generator is not None:
            first.generator.load_state_dict(generator.state_dict())
    first.spec = replace(first.spec, layout=shared([each.spec.layout for each in models]))
    save_model(given.out, first)
    print(f"{given.out}: the mean of {len(models)} models")


def mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of tensors of the same names and shapes; of integers, such as counts, the first."""
    return {
        name: torch.stack([each[name] for each in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }


def shared(layouts: list[Layout | None]) -> Layout | None:
    """The first of the layouts, each range of which is narrowed to what lies in the ranges of all; None if one has none."""
    known = [each for each in layouts if each is not None]
    if len(known) < len(layouts):
        return None
    spans = {
        name: (max(each.spans[name][0] for each in known), middle, min(each.spans[name][2] for each in known))
        for name, (_, middle, _) in known[0].spans.items()
    }
    return replace(known[0], spans=spans)


def as_met(model: Model, data: Dataset) -> Drawing:
    """Return a function that draws points; half of their latents are those that the encoder finds for pictures of `data`."""
    some = np.random.default_rng(0).permutation(len(data))[: BATCHES * (SIZE // 2)]
    name, latents = "", iter(torch.empty(0))
    if model.encoder is not None:
        found = finish(encode(model, data.images[some], data.labels[some], device="cpu"))
        name, latents = model.encoder.finds, iter(torch.from_numpy(np.asarray(found.z, np.float32)))

    def draw(c: Tensor, random: torch.Generator) -> dict[str, Tensor]:
        points = draw_points(model.space, c, random)
        for row, latent in enumerate(islice(latents, SIZE // 2)):
            points[name][row] = latent
        return points

    return draw


if __name__ == "__main__":
    main()
