"""Finds the step that turns a yes-or-no attribute by gradients through the generator, where regression finds none.

A. Jahanian et al., "On the 'steerability' of generative adversarial networks" (2020), section 3, learn one step w that makes G(z
+ w) what an edit makes of G(z). Here a network that reads attributes determines what the edited picture should be: with the
attribute, and otherwise as before. If the network has learned nothing else, it is the picture that should stay.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, smooth_l1_loss, softplus

from zscape.models.data.dataset import Dataset
from zscape.models.directions.lock import effect_of
from zscape.models.directions.reader import AttributeReader
from zscape.models.directions.samples import Floats, Samples
from zscape.models.directions.turning import AMOUNT, change_of
from zscape.models.inference.adam import Adam
from zscape.models.inference.encoding import to_float
from zscape.models.inference.inside.unit_edits import forward
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Progress, Work

STEPS, BATCH, RATE, BETAS = 240, 24, 0.05, (0.9, 0.99)
OTHERS, CLASS, PICTURE, SHORT, MOST = 2.0, 3.0, 3.0, 0.01, 6.0
"""Weights of the loss, and its limit.

OTHERS: of the other attributes read. CLASS: of the class. PICTURE: of the change of the picture. SHORT: of the squared length of
the step (relative to the input's own spread). MOST: largest loss of one picture and attribute, since some pictures never turn and
must not dominate.
"""
SHARE, EXPLAINED, LOOKED_AT = 0.02, 0.5, 500
"""Limits for attributes that can stay while the other turns: see `can_stay`."""


def can_stay(data: Dataset, reader: AttributeReader, place: int) -> NDArray[np.bool_]:
    """Return which attributes [A] can stay unchanged while that at `place` turns on, by the pictures of `data` that have it.

    For a yes-or-no attribute, both values must occur among these: nobody is bald and has long hair. For any other, the reader
    must explain most of it in them: the colour of no hair is nothing to keep.
    """
    values = np.stack(list(data.attributes.values()), 1)
    some = np.flatnonzero(values[:, place] > 0.5)[:LOOKED_AT]
    if not len(some):
        return np.zeros(values.shape[1], bool)
    read = reader.read(data.images[some]).double().numpy()
    shares = values[some].mean(0)
    binary = (shares >= SHARE) & (shares <= 1 - SHARE)
    spread = values[some].std(0) * read.std(0)
    together = ((values[some] - shares) * (read - read.mean(0))).mean(0) / np.maximum(spread, 1e-12)
    found: NDArray[np.bool_] = np.where(reader.binary.numpy(), binary, together**2 > EXPLAINED)
    found[place] = False
    return found


def steered(
    runner: GeneratorRunner,
    samples: Samples,
    reader: AttributeReader,
    read: Floats,
    direction: Direction,
    place: int,
    stay: NDArray[np.bool_],
    seed: int,
    change: float | None = None,
    hold: Sequence[Direction] = (),
) -> Work[Direction | None]:
    """Return `direction` with a step of which AMOUNT turns on the attribute at `place` in samples that lack it.

    read: what the reader reads in the samples, [N, A]. stay: which attributes [A] are to stay. The step starts from that of
    `direction`. change: how much a step that is good enough changes the pictures (see `change_of`); if given, the step is to
    change them as little as possible, which keeps what `reader` does not know. hold: directions on whose normals the step is to
    have no effect. None if all samples have the attribute, or no gradient flows through the generator.
    """
    lacking = np.flatnonzero(read[:, place] < 0.5)
    if not len(lacking):
        return None
    space, device, target = runner.model.space, runner.device, samples.target.name
    generator = copy.deepcopy(runner.model.generator).float().to(device).eval().requires_grad_(False)
    network = copy.deepcopy(reader).to(device)
    binary, kept = reader.binary.to(device), torch.from_numpy(stay).to(device)
    inverse = torch.from_numpy(np.linalg.inv(samples.covariance)).float().to(device)
    vector = np.asarray(direction.vector, np.float64)
    step = torch.from_numpy(vector / float(vector @ inverse.double().cpu().numpy() @ vector) ** 0.5).float().to(device)
    normals = np.stack([effect_of(each) for each in hold]) if hold else np.zeros((0, len(vector)))
    across = torch.from_numpy(np.eye(len(vector)) - np.linalg.pinv(normals) @ normals).float().to(device)
    step = across @ step
    adam, random = Adam(step, BETAS), np.random.default_rng(seed)
    for number in range(STEPS):
        some = random.choice(lacking, min(BATCH, len(lacking)), replace=False)
        points = {name: torch.from_numpy(rows[some]).to(device) for name, rows in samples.points.items()}
        before = torch.from_numpy(read[some]).float().to(device)
        labels = torch.from_numpy(samples.labels[some]).to(device)
        with torch.enable_grad():
            given = step.clone().requires_grad_()
            free = across @ given
            points[target] = points[target] + AMOUNT * free
            images: Tensor = forward(generator, points, space)
            if not images.requires_grad:
                return None
            out = network(images)
            attributes, classes = out[:, : len(binary)], out[:, len(binary) :]
            loss = softplus(-attributes[:, place]).clamp(max=MOST).mean() + SHORT * AMOUNT**2 * free @ inverse @ free
            yes = binary_cross_entropy_with_logits(attributes, (before > 0.5).float(), reduction="none")
            amounts = smooth_l1_loss(attributes, before, reduction="none")
            others = torch.where(binary, yes, amounts).clamp(max=MOST).mean(0)
            loss = loss + OTHERS * others[kept].sum()
            if classes.shape[1] > 1:
                loss = loss + CLASS * cross_entropy(classes, labels)
            if change:
                loss = loss + PICTURE / change * change_of(images, to_float(samples.images[some]).to(device))
            (gradient,) = torch.autograd.grad(loss, [given])
        adam.step(gradient, RATE * (1 - number / STEPS))
        yield Progress(number + 1, STEPS, f"Steering {direction.name}", {"loss": float(loss.detach())})
    about = {**direction.provenance, "steered": STEPS}
    return replace(direction, vector=tuple((across @ step).double().cpu().tolist()), provenance=about)
