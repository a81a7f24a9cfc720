"""The data set that a model was trained on."""

from __future__ import annotations

from pathlib import Path

from zscape.models.data.sources import KNOWN
from zscape.models.files.spec import Spec


def data_of(spec: Spec) -> str:
    """What names the data of the model of `spec`, for `loading`: a folder or file where one is recorded, else its name."""
    training = spec.recorded.get("training")
    recorded = str(training.get("data", "")) if isinstance(training, dict) else ""
    path = Path(recorded)
    own = path.is_absolute() and spec.data not in KNOWN and spec.data in (path.name, path.stem)
    return recorded if own else spec.data
