"""A data set that is learned in a few steps, and a training run on it."""

import numpy as np
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.files.checkpoint import load_model
from zscape.models.training.config import TrainConfig

MODEL = {"z_size": 3, "hidden": 6, "generator_maps": [4, 3], "discriminator_maps": [2, 3]}
CONFIG = TrainConfig("tiny", "dcgan", MODEL, "blobs", steps=6, batch=8, learning_rate=1e-2, save_seconds=1e9, publish_seconds=0)


def blobs(count=22, names=("left", "right")):
    """Grey 28x28 pictures with a bright half: the left one for class 0, the right one for class 1."""
    random = np.random.RandomState(0)
    labels = np.arange(count) % len(names)
    images = random.randint(0, 60, (count, 28, 28, 1))
    for image, label in zip(images, labels, strict=True):
        image[:, 14 * label : 14 * label + 14] += 150
    return Dataset("blobs", images.astype(np.uint8), labels.astype(np.int64), names, "ours")


def take(work, count):
    """Take the first `count` progress values of `work`, then close it."""
    for _ in range(count):
        next(work)
    work.close()


def same_weights(one, two):
    """Whether two folders of runs contain models with the same weights."""
    models = (load_model(folder / "model.safetensors") for folder in (one, two))
    states = [{f"{part}.{name}": t for part, m in model.parts.items() for name, t in m.state_dict().items()} for model in models]
    return states[0].keys() == states[1].keys() and all(
        torch.equal(tensor, states[1][name]) for name, tensor in states[0].items()
    )
