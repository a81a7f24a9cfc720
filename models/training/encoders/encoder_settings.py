"""Settings of an encoder's training: its loss and schedule."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class EncoderSettings:
    """The loss of an encoder and the schedule of its training.

    The loss is the mean squared distance of G(E(x, c), c) from x, with pixels from -1 to 1, summed over the encoder's passes
    (each learns from its own error alone), plus

    - latent_weight times that of E(G(z, c), c) from z on images drawn from the prior, and prior_weight times the mean square of
      E(x, c): both keep z where the generator was trained, so that a style found in one class is good in the others;
    - class_weight times the cross-entropy of the class, of real images, of the same shifted at random, and of drawn ones, if the
      encoder has a head for it;
    - attribute_weight times how far the attribute coordinates in E(x, c) are from the attributes measured on x, if the
      generator has such coordinates.

    The learning rate falls along half a cosine to zero. precision, pace: as in TrainConfig.
    """

    steps: int = 5200
    batch: int = 32
    learning_rate: float = 1e-3
    latent_weight: float = 0.1
    prior_weight: float = 0.01
    class_weight: float = 0.3
    attribute_weight: float = 0.2
    seed: int = 0
    precision: str = "bfloat16"
    save_seconds: float = 60.0
    pace: float = 140.0

    @property
    def fixed(self) -> dict[str, Any]:
        """Settings that a resumed run must share with the original run."""
        return {name: value for name, value in asdict(self).items() if name not in ("save_seconds", "pace")}
