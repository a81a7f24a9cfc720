"""Encodes many pictures into one npz file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.progress import Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zscape.models.data.given_pictures import Inputs
    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec
    from zscape.models.inference.encoding import Encoded


def arrays_of(encoded: Encoded, names: Sequence[str], spec: Spec) -> dict[str, NDArray[Any]]:
    """Return the arrays that `zscape encode` writes for the model of `spec`.

    They are the inputs, names, labels, latents (under the name of their input), reconstructions and the model's identity.
    """
    import numpy as np

    from zscape.models.media.latents_file import made_by

    return {
        "inputs": encoded.images,
        "names": np.array(names, np.str_),
        "labels": encoded.labels,
        encoded.finds: encoded.z,
        "reconstruction": encoded.reconstruction,
        **made_by(spec),
    }


def encode_to_file(model: Model, source: Path, out: Path, device: str = "auto") -> Work[str]:
    """Encode the pictures in `source` (see `reading_inputs`) into the npz file `out`; return a sentence that reports it.

    Classes are those of the source if the model has all of them; otherwise they are found. An older file at `out` stays until the
    new one is complete. Raises ZscapeError if the model has no encoder or a picture cannot be read.
    """
    from zscape.models.data.given_pictures import reading_inputs
    from zscape.models.inference.encoding import encode
    from zscape.models.media.npz import save_arrays

    if model.encoder is None:
        raise ZscapeError(
            f"{model.spec.name} has no encoder, which finds the point of a picture: train one, or open another model."
        )
    given = yield from reading_inputs(source, model.spec.image_shape, model.spec.subject, model.spec.layout)
    labels = _labels(given, model)
    encoded = yield from encode(model, given.images, labels, device=device)
    save_arrays(out, **arrays_of(encoded, given.names, model.spec))
    count = len(given.names)
    how = "found" if labels is None else "taken from the folders"
    done = f"Saved {count:,} {'picture' if count == 1 else 'pictures'} with latents in {out.name}; the classes were {how}."
    by_place = given.by_place(model.spec.class_names, model.spec.name) if labels is not None else ""
    return " ".join(filter(None, [done, by_place, *given.warnings]))


def _labels(given: Inputs, model: Model) -> NDArray[Any] | None:
    if given.labels is None:
        return None
    try:
        return given.labels_of(model.spec.class_names, model.spec.name)
    except ZscapeError:
        return None
