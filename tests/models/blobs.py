"""A data set that is learned in a few steps."""

import numpy as np

from zscape.models.data.dataset import Dataset


def blobs(count=22, names=("left", "right")):
    """Grey 28x28 pictures with a bright half: the left one for class 0, the right one for class 1."""
    random = np.random.RandomState(0)
    labels = np.arange(count) % len(names)
    images = random.randint(0, 60, (count, 28, 28, 1))
    for image, label in zip(images, labels, strict=True):
        image[:, 14 * label : 14 * label + 14] += 150
    return Dataset("blobs", images.astype(np.uint8), labels.astype(np.int64), names, "ours")
