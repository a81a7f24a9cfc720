"""What an encoder minimises while it is trained, and how."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class EncoderSettings:
    """What the encoder minimises, and how.

    The loss is the mean squared distance of G(E(x, c), c) from x, with pixels from -1 to 1, summed over the encoder's passes
    (each learns from its own error alone), plus

    - latent_weight times that of E(G(z, c), c) from z on images drawn from the prior, and prior_weight times the mean square of
      E(x, c): both keep z where the generator was trained, so that a style found in one class is good in the others;
    - class_weight times the cross-entropy of the class, of real images, of the same moved at random, and of drawn ones, where the
      encoder has a head for it;
    - attribute_weight times how far the attribute coordinates in E(x, c) are from the attributes measured on x, where the
      generator has such coordinates.

    The rate falls along half a cosine to zero. precision, pace: as of a training run (TrainConfig).
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
        """What a resumed run must share with the one it goes on from."""
        return {name: value for name, value in asdict(self).items() if name not in ("save_seconds", "pace")}
