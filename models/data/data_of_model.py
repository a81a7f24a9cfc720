"""Finds the data set that a model was trained on, if it is on this machine."""

from __future__ import annotations

from pathlib import Path

from zscape.models.data.sources import KNOWN, TEN, known
from zscape.models.files.spec import Spec
from zscape.models.files.typed_path import typed_path


def data_of(spec: Spec) -> str:
    """Return what names the data of `spec`'s model for `loading`: the recorded folder or file, or else the data's name."""
    training = spec.recorded.get("training")
    recorded = str(training.get("data", "")) if isinstance(training, dict) else ""
    path = Path(recorded)
    own = path.is_absolute() and spec.data not in KNOWN and spec.data in (path.name, path.stem)
    return recorded if own else spec.data


def own_data(spec: Spec) -> str:
    """Return `data_of` if that is on this machine (for MNIST at least the part that comes with Zscape), otherwise "".

    Only names and paths are checked.
    """
    name = data_of(spec)
    fetched = any(each.here for each in known() if each.name == name)
    if fetched or (name and name not in KNOWN and typed_path(name).exists()):
        return name
    return "digits" if name == "mnist" else ""


def data_here(spec: Spec) -> str:
    """Return `own_data`, or else, for a model of digits, the digits that come with Zscape; "" if there is neither."""
    if own := own_data(spec):
        return own
    return "digits" if spec.class_names == TEN and spec.image_shape[0] == 1 else ""


def why_not_here(spec: Spec) -> str:
    """Return in one line why there are no pictures to compare the model with, and what to do; "" if there are (`data_here`)."""
    if data_here(spec):
        return ""
    line = f"{spec.name} was trained on {spec.data or 'data unknown'}, which is not here"
    if spec.data in KNOWN:
        return f"{line}: download it with `zscape data fetch {spec.data}`, or by choosing it in the Train view."
    return f"{line}: measure it by `zscape evaluate --model {spec.name} --data DATA`, with pictures of its classes."
