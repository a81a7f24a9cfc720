"""Training a judge."""

from __future__ import annotations

import math
import platform
import time

import torch
from torch.nn.functional import cross_entropy

from models.data.dataset import Dataset
from models.data.jitter import jittered
from models.errors import ZscapeError
from models.evaluation.judge import Judge, JudgeSpec, Network
from models.evaluation.reference import reference
from models.progress import Progress, Work
from models.training.batches import Batches
from models.training.clock import quick_denormals

BATCH = 100
RATE, WEIGHT_DECAY = 4e-3, 0.02
"""AdamW's highest rate (one cycle: up within a fifth of the run, then half a cosine down to nothing) and its decay."""


def train_judge(data: Dataset, epochs: float = 12, seed: int = 0) -> Work[Judge]:
    """Train a judge on `data` less its held-out part (see `reference`), and measure it on that.

    Each picture is moved, turned, sheared and scaled a little at random, so that the judge knows the class and not the picture.
    Raises ZscapeError for pictures too small for the network, or data with one class.
    """
    if min(data.image_shape[1:]) < 12 or len(data.class_names) < 2:
        raise ZscapeError(f"{data.name}: a judge needs pictures of at least 12 x 12 pixels, of at least two classes.")
    split = reference(data)
    started = time.monotonic()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = Network(data.image_shape, len(data.class_names)).train()
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch declares it for tensors only
    steps = math.ceil(epochs * len(split.rest) / BATCH)
    batches = Batches(split.rest, len(data.class_names), BATCH, seed, torch.device("cpu"))
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=WEIGHT_DECAY, fused=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1, pct_start=0.2, cycle_momentum=False)
    random = torch.Generator().manual_seed(seed)
    with quick_denormals():
        for step in range(steps):
            x, c = batches[step]
            loss = cross_entropy(network(jittered(x, random)), c)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            cycle.step()
            yield Progress(step + 1, steps, "Training the judge", {"loss": loss.item()})
    recorded: dict[str, str | int | float] = {
        "seed": seed,
        "epochs": epochs,
        "batch": BATCH,
        "seconds": round(time.monotonic() - started),
        "threads": torch.get_num_threads(),
        "torch": str(torch.__version__),
        "python": platform.python_version(),
    }
    rest, held = len(split.rest), len(split.held_out)
    judge = Judge(JudgeSpec(data.class_names, data.image_shape, data.name, rest, held, 0.0, recorded), network.eval())
    opinion = yield from judge.look(split.held_out.images)
    accuracy = float((opinion.labels == split.held_out.labels).mean())
    network.requires_grad_(False)
    return Judge(JudgeSpec(data.class_names, data.image_shape, data.name, rest, held, accuracy, recorded), network)
