"""The reference classifier: a small network from whose predictions and features the measures are computed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_tensors, save_tensors
from zscape.models.files.library import BUNDLED
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.tensor_file import read_header
from zscape.models.inference.encoding import to_float
from zscape.models.progress import Progress, Work
from zscape.models.training.classifiers.classifier_network import SMALLEST, Classifier

KEY = "zscape-judge"
"""Key of the description among the texts of a classifier's file; it is older than the name "classifier"."""
CHUNK = 100
"""Pictures classified together: about 40 ms of work on one core."""


@dataclass(frozen=True)
class ClassifierSpec:
    """The description in a reference classifier's file.

    class_names, image_shape (C, H, W): what it can classify. data, count: name and number of its training pictures; held_out:
    number of pictures on which its `accuracy` (0..1) was measured. recorded: how it was made.
    """

    class_names: tuple[str, ...]
    image_shape: tuple[int, int, int]
    data: str
    count: int
    held_out: int
    accuracy: float
    recorded: dict[str, str | int | float]


@dataclass(frozen=True, eq=False)
class Classification:
    """Result for N pictures: labels int64 [N], the predicted classes; features float32 [N, 128], the input of the last layer."""

    labels: NDArray[np.int64]
    features: Tensor


@dataclass(frozen=True, eq=False)
class ReferenceClassifier:
    """A trained network in evaluation mode, with its description."""

    spec: ClassifierSpec
    network: Classifier

    @property
    def words(self) -> str:
        """A description of it for the conditions of a measure."""
        return f"the {self.spec.data} classifier ({self.spec.accuracy:.2%} right on {self.spec.held_out:,} held-out pictures)"

    def classify(self, images: NDArray[np.uint8], label: str = "Classifying") -> Work[Classification]:
        """Predict the classes of images uint8 [N, H, W, C] of its shape."""
        labels, features = [], []
        for start in range(0, len(images), CHUNK):
            with torch.inference_mode():
                seen = self.network.features(to_float(images[start : start + CHUNK]))
                labels.append(self.network.decide(seen).argmax(1))
            features.append(seen)
            yield Progress(min(start + CHUNK, len(images)), len(images), label)
        return Classification(torch.cat(labels).numpy(), torch.cat(features).clone())


def save_classifier(path: Path, classifier: ReferenceClassifier) -> None:
    """Write a reference classifier atomically, with weights of two or more dimensions in half precision."""
    tensors = {
        name: tensor.detach().to("cpu", torch.float16 if tensor.dim() > 1 else tensor.dtype).contiguous()
        for name, tensor in classifier.network.state_dict().items()
    }
    save_tensors(path, tensors, {KEY: msgspec.json.encode(asdict(classifier.spec)).decode()})


def load_classifier(path: Path) -> ReferenceClassifier:
    """Load the reference classifier in a file, in float32. Raises ZscapeError for a damaged file, or one without a classifier."""
    header = read_header(path)
    spec = _spec(path, header.texts.get(KEY, ""))
    network = Classifier(spec.image_shape, len(spec.class_names))
    wanted = network.state_dict()
    if {name: tuple(tensor.shape) for name, tensor in wanted.items()} != {n: e.shape for n, e in header.tensors.items()}:
        raise ZscapeError(f"{path}: its tensors are not those of a classifier. Install Zscape again.")
    tensors = load_tensors(path, header)
    network.load_state_dict({name: tensors[name].to(wanted[name].dtype) for name in wanted})
    if not all(bool(torch.isfinite(tensor).all()) for tensor in network.state_dict().values()):
        raise ZscapeError(f"{path}: the classifier holds numbers that are not finite. Install Zscape again.")
    return ReferenceClassifier(spec, network.eval().requires_grad_(False))


def _spec(path: Path, text: str) -> ClassifierSpec:
    try:
        spec = msgspec.json.decode(text.encode(), type=ClassifierSpec)
    except NOT_JSON as error:
        raise ZscapeError(f"{path} is not a classifier: {error}. Install Zscape again.") from error
    channels, height, width = spec.image_shape
    if channels not in (1, 3) or not SMALLEST <= min(height, width) <= max(height, width) <= 128 or not spec.class_names:
        raise ZscapeError(f"{path}: no classifier takes pictures of {spec.image_shape}. Install Zscape again.")
    return spec


def classifier_for(data: Dataset) -> ReferenceClassifier | None:
    """Load the bundled reference classifier whose classes and shape are those of `data`; None if there is none."""
    path = classifier_file(data.class_names, data.image_shape)
    return None if path is None else load_classifier(path)


def classifier_file(class_names: tuple[str, ...], image_shape: tuple[int, int, int]) -> Path | None:
    """Return the file of the bundled reference classifier for these classes and this shape of pictures; None if there is none."""
    for path in sorted(BUNDLED.glob("classifier-*.safetensors")):
        spec = _spec(path, read_header(path).texts.get(KEY, ""))
        if spec.class_names == class_names and spec.image_shape == image_shape:
            return path
    return None
