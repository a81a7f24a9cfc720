"""Encoding one drawing: its latent, and its style in every class."""

from __future__ import annotations

from pathlib import Path

from zscape.app.bench.forward import median_ms
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.encoding import encode, restyle
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.sampling import sample
from zscape.models.progress import finish

REPEATS = 50


def encoding(path: Path, device: str) -> dict[str, float]:
    """Milliseconds to encode one image once the networks are ready, and to encode it and draw every class in its style.

    The image is drawn by the model. {} if the model has no encoder.
    """
    model = load_model(path)
    if model.encoder is None:
        return {}
    image = GeneratorRunner(model, device).draw(sample(model.space, 1, seed=3)).images

    def one() -> None:
        finish(encode(model, image, device=device))

    def styled() -> None:
        restyle(model, finish(encode(model, image, device=device)), device)

    encoded, restyled = median_ms(one, styled, repeats=REPEATS)
    return {"encode_ms": encoded, "restyle_ms": restyled}
