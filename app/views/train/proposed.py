"""The proposed values of a run's fields, and those set by the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zscape.app.views.train.time_box import STEPS
from zscape.app.work.training_run import EarlierRun, fresh_folder

if TYPE_CHECKING:
    from zscape.models.data.overview import Overview
    from zscape.models.files.spec import Spec

FIRST = "digits"
"""The initial data set: it is bundled."""
QUICK = "digits-dcgan"
"""The preset until the data is known."""
LONGEST = 60
"""The most characters of a proposed name."""


@dataclass
class Draft:
    """A run that may be started. chosen: the user's values, by field; they are kept whatever is proposed for the others."""

    chosen: dict[str, Any] = field(default_factory=dict)

    def values(self, proposed: Mapping[str, Any]) -> dict[str, Any]:
        """Every field's value."""
        steps = {"time": STEPS} if "steps" in self.chosen else {"time": None}
        return {**proposed, **steps, **self.chosen}

    def set(self, name: str, value: Any) -> None:
        """Set a field for the user. Of steps and time, the last one set counts."""
        if name == "time":
            self.chosen.pop("steps", None)
        if name == "steps" or (name == "time" and value in (None, STEPS)):
            self.chosen.pop("time", None)
        if name != "time" or value not in (None, STEPS):
            self.chosen[name] = value


def for_generator(chosen: Mapping[str, Any], data: Overview | None, folder: Path, quick: bool) -> dict[str, Any]:
    """The proposed values of a new generator run. data: what is known about the selected data. quick: as in `proposal`."""
    from zscape.models.data.sources import KNOWN
    from zscape.models.training.config import load_config
    from zscape.models.training.proposal import proposal

    suits = proposal(data, quick) if data is not None and "preset" not in chosen else None
    preset = chosen.get("preset") or (suits.preset if suits else QUICK)
    config = load_config(preset)
    spec = chosen.get("data") or (config.data if "preset" in chosen else FIRST)
    called = config.name if spec in KNOWN or data is None else _clean(data.name)
    return {
        "data": spec,
        "preset": preset,
        "size": suits.size if suits else config.model.get("size"),
        "channels": suits.channels if suits else config.model.get("channels", 1),
        "begin": None,
        "steps": config.steps,
        "keep_steps": config.keep_steps,
        "seed": config.seed,
        "name": fresh_folder(folder, called).name,
    }


def for_encoder(path: Path | None, called: str, spec: Spec | None, folder: Path) -> dict[str, Any]:
    """The proposed values of a new run for the encoder of the model at `path`. called: its name in the list."""
    from zscape.models.data.data_of_model import data_of
    from zscape.models.training.encoders.encoder_settings import EncoderSettings

    return {
        "model": path,
        "data": data_of(spec) if spec else FIRST,
        "steps": EncoderSettings.steps,
        "name": fresh_folder(folder, f"{called}-encoder").name,
    }


def for_earlier(run: EarlierRun, model: Path | None) -> dict[str, Any]:
    """The proposed values for resuming a run. model: the generator of an encoder run, if it still exists."""
    return {
        "name": run.out.name,
        "steps": int(run.settings.get("steps", 1)),
        "seed": int(run.settings.get("seed", 0)),
        "keep_steps": int(run.settings.get("keep_steps", 0)),
        "data": run.data,
        **({"model": model} if model else {}),
    }


def words_for(run: EarlierRun) -> str:
    """What an earlier run trains, which can no longer be changed."""
    made = run.settings.get("model")
    made = made if isinstance(made, Mapping) else {}
    size = f", {made['size']} px" if "size" in made else ""
    colours = {1: ", in grey", 3: ", in colour"}.get(made.get("channels", 0), "")
    return f"It continues as it was started: {run.settings.get('family', 'a generator')}{size}{colours}."


def _clean(name: str) -> str:
    """The name of a data set as a folder name."""
    kept = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in name).strip(" .-")
    return kept[:LONGEST] or "mine"
