"""Measures by the model's encoder whether pictures keep the class they are drawn in, and finds the step that changes that."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy

from zscape.models.directions.samples import Floats
from zscape.models.inference.encoding import to_float
from zscape.models.inference.inside.unit_edits import forward
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import Styles

TEMPERATURE = 2.0
"""Divisor of the logits: pictures that are merely less certain then count too, so fewer are needed to find a step."""


class ClassLoss:
    """The softened cross-entropy of the class of points, as the model's encoder classifies the images drawn there.

    Holds copies of generator and encoder on the runner's device: the model's own stay unchanged.
    """

    def __init__(self, runner: GeneratorRunner) -> None:
        assert runner.model.encoder is not None
        self._space, self._device = runner.model.space, runner.device
        self._encoder = copy.deepcopy(runner.model.encoder).float().to(self._device).eval().requires_grad_(False)
        self._generator = copy.deepcopy(runner.model.generator).float().to(self._device).eval().requires_grad_(False)

    @staticmethod
    def fits(runner: GeneratorRunner) -> bool:
        """Whether the model has classes and an encoder that classifies."""
        encoder = runner.model.encoder
        return encoder is not None and encoder.classifies and runner.model.space.first(Classes) is not None

    def losses(self, images: NDArray[np.uint8], labels: NDArray[np.int64]) -> Floats:
        """Return the losses of images uint8 [N, H, W, C] drawn in classes `labels` [N]: float64 [N], 0 for a certain class."""
        asked = torch.from_numpy(labels).to(self._device)
        with torch.inference_mode():
            logits = self._encoder.infer(to_float(images).to(self._device))[1]
            losses = cross_entropy(logits / TEMPERATURE, asked, reduction="none")
        found: Floats = losses.double().cpu().numpy()
        return found

    def gradient(
        self, points: Mapping[str, NDArray[np.float32]], labels: NDArray[np.int64], target: Latent | Styles
    ) -> Floats | None:
        """Return the derivative of the summed losses at `points` by a common step of the input `target`: float64 [S].

        None if no gradient flows through the generator.
        """
        tensors = {name: torch.from_numpy(rows).to(self._device) for name, rows in points.items()}
        with torch.enable_grad():
            step = torch.zeros(target.shape[-1], device=self._device, requires_grad=True)
            tensors[target.name] = tensors[target.name] + step
            images: Tensor = forward(self._generator, tensors, self._space)
            if not images.requires_grad:
                return None
            logits = self._encoder.infer(images)[1]
            loss = cross_entropy(logits / TEMPERATURE, torch.from_numpy(labels).to(self._device), reduction="sum")
            found: Floats = torch.autograd.grad(loss, [step])[0].double().cpu().numpy()
        return found
