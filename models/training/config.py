"""The settings of a training run."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import family_config
from zscape.models.files.reading import read_whole
from zscape.models.files.utf8 import check_utf8
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.value import SEED_LIMIT
from zscape.models.training.presets import presets

OLD_NAMES = {"knobs": "attribute_coordinates", "knob_weight": "attribute_weight"}
"""Present names of settings in configs and runs of earlier versions."""
LIMIT = 1 << 20
"""Maximum bytes of a config that is read."""
LONGEST_NAME = 100
"""The most letters of a run's name."""


@dataclass(frozen=True)
class TrainConfig:
    """One training run, in plain values.

    summary: what it makes, in one sentence. name: of the model. family, model: a name in models.families.FAMILIES and its
    settings; if `model` leaves out `classes`, their number comes from the data. data: the default data set. steps: number of
    steps of D and of G, which alternate. batch: images per step. pace: images per second, measured over whole runs on one or two
    CPU cores, to estimate the duration of a run; 0 if not known. warm_up: steps over which the learning rate rises from 0.
    learning_rate, beta1, beta2: Adam's (Radford et al. 2015, section 4: 2e-4 and 0.5). decay_from: fraction of the run after
    which the rate falls linearly to 2 %.

    objective: "non-saturating" (Goodfellow et al. 2014) or "relativistic" (Huang et al. 2024). smoothing: the target for real
    images in the former. r1, r2: weights of the gradient penalties on real and on drawn images (Mescheder et al. 2018), 0 for
    none; r1_every: number of steps between penalties (Karras et al. 2020, "lazy regularisation"). attribute_coordinates:
    coordinates of z that follow an attribute of the images, by the attribute's name; attribute_weight: weight of that loss.
    moment_weight: weight of the loss that matches the mean and covariance of the features of each class to those of real pictures
    (dos Santos et al. 2019). class_weight: weight of the cross-entropy of drawn images in the classifier with these features (cf.
    Odena et al. 2017).

    pair_weight: weight of the loss on pairs of pictures of one group in the data, which trains an encoder with the generator
    (`Pairs`); 0 for none. pair_noise: fraction of normal noise in the variance of the latents that pairs are drawn from, 0 to
    below 1: groups of similar style then share latents, and the generator learns what new groups have in common with those of the
    data. style_mixing: fraction of drawn images whose finer layers follow another latent, in a family with styles. path_length:
    weight of the regulariser that makes equal steps among the styles change the image equally (Karras et al. 2020, section 3.2,
    whose own weight is 2 here), 0 for none; path_length_every: number of steps between its measurements (8 there). tone_curve:
    map the grey levels of drawn images to the histogram of the data (`Tone`), in a family that can; this makes edges crisper, and
    the squared error of encoded pictures larger.

    average_decay: of the generator's average. precision: "float32", or "bfloat16" for the matrix products of the networks
    (torch's autocast; gradient penalties, optimisers and average stay in float32) if the processor supports it: two thirds of
    the time. seed: for everything random. save_seconds: time between checkpoints. publish_seconds: time between updates of the
    averaged generator shown, longer if an update takes long, 0 for never. keep_steps: number of steps between checkpoints that
    stay in the run's folder; 0 for none. Raises ZscapeError for a value out of range.
    """

    name: str
    family: str
    model: Mapping[str, Any] = field(default_factory=dict)
    data: str = "mnist"
    steps: int = 10_000
    batch: int = 64
    learning_rate: float = 2e-4
    beta1: float = 0.5
    beta2: float = 0.999
    smoothing: float = 0.9
    average_decay: float = 0.999
    objective: Literal["non-saturating", "relativistic"] = "non-saturating"
    precision: Literal["float32", "bfloat16"] = "float32"
    warm_up: int = 0
    r1: float = 0.0
    r2: float = 0.0
    r1_every: int = 16
    decay_from: float = 1.0
    attribute_coordinates: Mapping[str, int] = field(default_factory=dict)
    attribute_weight: float = 0.03
    moment_weight: float = 0.0
    class_weight: float = 0.0
    pair_weight: float = 0.0
    pair_noise: float = 0.0
    style_mixing: float = 0.0
    path_length: float = 0.0
    path_length_every: int = 8
    tone_curve: bool = True
    seed: int = 0
    save_seconds: float = 60.0
    publish_seconds: float = 10.0
    keep_steps: int = 0
    summary: str = ""
    pace: float = 0.0

    def __post_init__(self) -> None:
        ranges: dict[str, tuple[float, float]] = {
            "steps": (1, 10**9),
            "batch": (2, 65536),
            "learning_rate": (1e-9, 10),
            "beta1": (0, 0.9999),
            "beta2": (0, 0.999999),
            "smoothing": (0.5, 1),
            "average_decay": (0, 0.999999),
            "warm_up": (0, 10**9),
            "r1": (0, 1000),
            "r2": (0, 1000),
            "r1_every": (1, 1000),
            "decay_from": (0, 1),
            "attribute_weight": (0, 1000),
            "moment_weight": (0, 1000),
            "class_weight": (0, 1000),
            "pair_weight": (0, 10_000),
            "pair_noise": (0, 0.99),
            "style_mixing": (0, 1),
            "path_length": (0, 1000),
            "path_length_every": (1, 1000),
            "seed": (0, SEED_LIMIT - 1),
            "save_seconds": (0, math.inf),
            "publish_seconds": (0, math.inf),
            "keep_steps": (0, 10**9),
            "pace": (0, math.inf),
        }
        for name, (low, high) in ranges.items():
            if not low <= getattr(self, name) <= high:
                raise ZscapeError(f"{name} is {getattr(self, name)}, it must be from {low} to {high}.")
        if not self.name or len(self.name) > LONGEST_NAME:
            raise ZscapeError(f"A training run needs a name of at most {LONGEST_NAME} letters: set name.")
        check_utf8(self.name, self.data)
        model = self.built(1)
        size = getattr(model, "z_size", 0)
        if self.path_length and not has_styles(self.family, model):
            raise ZscapeError(f"path_length needs a family with styles, and {self.family} has none: leave it out or set it to 0.")
        if odd := [name for name, place in self.attribute_coordinates.items() if not 0 <= place < size]:
            raise ZscapeError(f"The coordinate of {odd[0]!r} must be one of z, from 0 to {size - 1}.")

    def built(self, data_classes: int) -> Any:
        """Return the family's config for data with that many classes.

        Raises ZscapeError if the model was set to another number.
        """
        settings = {"classes": data_classes, **self.model}
        config = family_config(self.family, settings, f"preset {self.name}")[1]
        # One class means unconditional: labels are ignored.
        if data_classes > 1 and config.classes not in (1, data_classes):
            raise ZscapeError(f"The data has {data_classes} classes, the model {config.classes}: leave out model.classes.")
        return config

    def labels(self, data: Dataset) -> tuple[str, ...]:
        """Return the class labels of a model with this config trained on `data`; one that ignores classes has one, "image"."""
        classes = getattr(self.built(len(data.class_names)), "classes", 1)
        return data.class_names if classes > 1 else ("image",)

    def rate(self, step: int) -> float:
        """Return the learning rate at `step`."""
        progress = min(step, self.steps - 1) / self.steps  # a trial may go beyond the last step
        if progress < self.decay_from:
            return self.learning_rate * min(1.0, (step + 1) / max(1, self.warm_up))
        return self.learning_rate * (1 - 0.98 * (progress - self.decay_from) / (1 - self.decay_from))

    @property
    def fixed(self) -> dict[str, Any]:
        """Settings that a resumed run must share with the original run.

        They are all but the name and the times, and the length unless a schedule depends on it. Settings that are off are left
        out, so that runs from before they existed can be resumed.
        """
        free = {"name", "data", "summary", "pace", "save_seconds", "publish_seconds", "keep_steps"}
        if self.decay_from == 1 and not self.attribute_coordinates and not self.moment_weight and not self.class_weight:
            free |= {"steps", "decay_from"}
        if self.objective == "non-saturating":
            free |= {"objective"}
        if self.precision == "float32":
            free |= {"precision"}
        if not self.warm_up:
            free |= {"warm_up"}
        if not self.r2:
            free |= {"r2"}
        if not self.r1 and not self.r2:
            free |= {"r1", "r1_every"}
        if not self.attribute_coordinates:
            free |= {"attribute_coordinates", "attribute_weight"}
        if not self.moment_weight:
            free |= {"moment_weight"}
        if not self.path_length:
            free |= {"path_length", "path_length_every"}
        if self.tone_curve:
            free |= {"tone_curve"}
        for name in ("class_weight", "pair_weight", "style_mixing"):
            if not getattr(self, name):
                free |= {name}
        return {name: value for name, value in asdict(self).items() if name not in free}


def has_styles(family: str, model: Any) -> bool:
    """Whether the generators of a family (by name) with the config `model` have styles between the latent and the image."""
    labels = tuple(str(label) for label in range(getattr(model, "classes", 1)))
    return any(isinstance(each, Styles) for each in FAMILIES[family].inputs(model, labels))


def config_of(values: Mapping[str, Any], where: str) -> TrainConfig:
    """Make a config from settings; names of earlier versions are understood. where: the start of messages.

    Raises ZscapeError for an unknown setting, or a value of the wrong type or out of range.
    """
    values = {OLD_NAMES.get(name, name): value for name, value in values.items()}
    names = [part.name for part in fields(TrainConfig)]
    if unknown := [name for name in values if name not in names]:
        raise ZscapeError(f"{where}: {unknown[0]!r} is not a setting of a training run; there are: {', '.join(names)}.")
    try:
        return msgspec.convert(values, TrainConfig)
    except msgspec.ValidationError as error:
        raise ZscapeError(f"{where}: {error}.") from error


def load_config(source: str | Path, overrides: Mapping[str, Any] | None = None) -> TrainConfig:
    """Load the config of a preset (by name) or a TOML file, with `overrides` applied (None leaves a setting as it is).

    Raises ZscapeError if there is no such preset or file, or for an invalid setting or value.
    """
    known = presets()
    path = known[source] if isinstance(source, str) and source in known else Path(source)
    if path.suffix != ".toml":
        raise ZscapeError(f"No preset is called {source}; there are: {', '.join(known)}. Or name a .toml file.")
    try:
        # Presets never change while the program runs, and the train view asks for them at every choice.
        read = deepcopy(_of_preset(path)) if path in known.values() else _toml(path)
        values = {"name": path.stem, **read}
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ZscapeError(f"{path} is not valid TOML: {error}.") from error
    return config_of({**values, **{key: value for key, value in (overrides or {}).items() if value is not None}}, str(path))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(read_whole(path, LIMIT).decode("utf-8-sig"))


_of_preset = cache(_toml)
