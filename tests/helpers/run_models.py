"""Models of one run at several checkpoints that are easy to tell apart: each draws pictures of a single grey level."""

from dataclasses import asdict

import torch
from recipes import inputs

from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model, save_model
from zscape.models.files.spec import Spec


def tiny(step, level, size=8):
    """A small model after `step` steps, all of whose pictures have the value `level`: -1 black, 1 white."""
    family = FAMILIES["dcgan"]
    config = family.config(z_size=size, hidden=16, generator_maps=(4, 4), discriminator_maps=(4, 4))
    with torch.random.fork_rng():
        torch.manual_seed(0)
        generator = family.generator(config)
    with torch.no_grad():
        generator.ups[-1].weight.zero_()
        generator.ups[-1].bias.fill_(10 * level)
    spec = Spec("tiny", "dcgan", asdict(config), inputs(size), (1, 28, 28), data="digits", step=step)
    return Model(spec, generator.eval().requires_grad_(False))


def write_run(folder, levels=(-1.0, 0.0, 1.0)):
    """Write the folder of a run with a checkpoint every 100 steps, the last being the run's model; returns the folder."""
    (folder / "checkpoints").mkdir(parents=True)
    for number, level in enumerate(levels, 1):
        inside = folder / "checkpoints" / f"step-{100 * number:08d}.safetensors"
        save_model(folder / "model.safetensors" if number == len(levels) else inside, tiny(100 * number, level))
    (folder / "run.safetensors").write_bytes(b"the state of the run is no model")
    return folder
