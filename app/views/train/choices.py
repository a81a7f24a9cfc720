"""What is to be trained, without the form: the choices available, those made, and the resulting request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zscape.app.views.train.proposed import Draft, for_earlier, for_encoder, for_generator
from zscape.app.work.training_run import (
    EarlierRun,
    EncoderRequest,
    GeneratorRequest,
    Request,
    earlier_runs,
    fresh_folder,
    same_shape,
)
from zscape.models.errors import ZscapeError
from zscape.models.progress import Work

if TYPE_CHECKING:
    from zscape.models.data.overview import Overview
    from zscape.models.files.spec import Spec
    from zscape.models.training.config import TrainConfig
    from zscape.models.training.trial import Pace

    Tried = tuple[Hashable, str, Callable[[], Work[Pace]]]
    """The key of a trial, what is tried, and the work of trying it."""

Values = Mapping[str, Any]
"""The fields of the form by name: data, preset, size, channels, begin, model, steps, keep_steps, seed, name."""

MOST_BYTES = 240
"""The most bytes of a run's name: file systems have room for 255."""


class Choices:
    """The user's choices among models, presets and earlier runs. encoder: whether an encoder is to be trained.

    Each kind of run, and each earlier run, keeps its own settings while others are selected. opened(): the file of the open
    model, whose encoder is proposed first.
    """

    def __init__(self, opened: Callable[[], Path | None]) -> None:
        self._opened = opened
        self.encoder = False
        self.folder = Path()
        self.quick = False
        self._models: dict[Path, tuple[str, Spec]] = {}
        self._runs: list[EarlierRun] = []
        self._earlier: dict[bool, Path] = {}  # the run to resume, by `encoder`
        self._drafts: dict[object, Draft] = {}

    def read(self) -> None:
        """Read which models and runs exist."""
        from zscape.models.files.library import listing, trained_folder
        from zscape.models.inference.device import available

        self.folder, self.quick = trained_folder(), len(available()) > 1
        others = {path: known for path, known in self._models.items() if path.is_file()}  # opened from elsewhere
        self._models = {**{entry.path: (entry.called, entry.spec) for entry in listing()}}
        self._models |= {path: known for path, known in others.items() if path not in self._models}
        self._runs = earlier_runs(self.folder)
        for kind in (False, True):  # if the name is taken now, use the next free number
            draft = self._drafts.get(kind)
            if draft and (name := draft.chosen.get("name")):
                draft.chosen["name"] = fresh_folder(self.folder, name).name if is_name(name) else name

    # Available choices.

    @property
    def models(self) -> list[tuple[str, Path]]:
        """The models whose encoder can be trained, as (name, file)."""
        return [(called, path) for path, (called, _) in self._models.items()]

    def add_model(self, path: Path) -> None:
        """Add the model in a file from elsewhere. Raises ZscapeError if it is not a model."""
        from zscape.models.files.header import read_spec

        if path not in self._models:
            self._models[path] = path.stem, read_spec(path)

    @property
    def runs(self) -> list[EarlierRun]:
        """The runs that can be resumed, of the kind to be trained."""
        return [run for run in self._runs if run.encoder == self.encoder]

    def beginnings(self, values: Values) -> list[tuple[str, Path]]:
        """The models whose weights a run with these values can start from."""
        config = self.config(values)
        return [(called, path) for path, (called, spec) in self._models.items() if same_shape(config, spec)]

    # Choices made.

    @property
    def earlier(self) -> EarlierRun | None:
        """The run to resume, None for a new one."""
        out = self._earlier.get(self.encoder)
        return next((run for run in self.runs if run.out == out), None)

    def go_on(self, run: EarlierRun | None) -> None:
        """Select `run` to be resumed; None: start a new one."""
        self._earlier.pop(self.encoder, None)
        if run is not None:
            self._earlier[self.encoder] = run.out

    @property
    def draft(self) -> Draft:
        """The user's settings for the selected run."""
        earlier = self.earlier
        return self._drafts.setdefault(earlier.out if earlier else self.encoder, Draft())

    def start_encoder(self, model: Path | None) -> None:
        """Select a new run for the encoder of `model`, with the proposed settings; None: for the selected model."""
        self.encoder = True
        self.go_on(None)
        if model is not None:
            self.add_model(model)
            self._drafts[True] = Draft({"model": model})

    def values(self, data: Overview | None) -> dict[str, Any]:
        """The values of all fields. data: what is known about the selected data."""
        run, draft = self.earlier, self.draft
        if run is not None:
            names = [path for path, (_, spec) in self._models.items() if spec.name == run.model and path.parent != run.out]
            values = draft.values(for_earlier(run, names[0] if run.encoder and names else None))
            return values if run.length_fixed else {**values, "steps": max(values["steps"], run.step + 1)}
        if not self.encoder:
            return draft.values(for_generator(draft.chosen, data, self.folder, self.quick))
        opened = self._opened()
        model = draft.chosen.get("model") or (opened if opened in self._models else next(iter(self._models), None))
        called, spec = self._models.get(model, ("", None)) if model else ("", None)
        return draft.values(for_encoder(model, called, spec, self.folder))

    # Results.

    def config(self, values: Values) -> TrainConfig:
        """The settings of a generator run. Raises ZscapeError if one is out of range."""
        from zscape.models.training.config import config_of, load_config

        run = self.earlier
        if run is not None:
            return config_of({**run.settings, "steps": values["steps"]}, f"{run.out} cannot go on")
        return load_config(values["preset"], {"steps": values["steps"], **self._networks(values)})

    def _networks(self, values: Values) -> dict[str, Any]:
        """The override of a preset's networks, {} if they are as in the preset."""
        from zscape.models.training.config import load_config
        from zscape.models.training.proposal import at_size

        config = load_config(values["preset"])
        if values["size"] is None or (values["size"], values["channels"]) == (
            config.model.get("size"),
            config.model.get("channels", 1),
        ):
            return {}
        return {"model": dict(at_size(config, values["size"], values["channels"]))}

    def spec(self, values: Values) -> Spec | None:
        """The spec of the model whose encoder is to be trained."""
        known = self._models.get(values.get("model") or Path())
        return known[1] if known else None

    def image_shape(self, values: Values, data: Overview) -> tuple[int, int, int] | None:
        """(C, H, W) of what is to be trained, None if unknown. Raises ZscapeError for unsuitable data."""
        if self.encoder:
            spec = self.spec(values)
            return spec.image_shape if spec else None
        shape: tuple[int, int, int] = self.config(values).built(len(data.class_names)).image_shape
        return shape

    def refusal(self, values: Values, data: Overview) -> str:
        """Why this cannot be trained on `data`, "" if it can."""
        from zscape.models.data.model_classes import classes_of

        spec = self.spec(values) if self.encoder else None
        try:
            if spec is not None:
                classes_of(data.class_names, spec.class_names, data.name, spec.name)
        except ZscapeError as error:
            return str(error)
        return ""

    def tried(self, values: Values, data: Overview, device: str) -> Tried | None:
        """What to try before the run with these values; None if something is missing or wrong."""
        sample = data.sample
        if self.encoder:
            model: Path | None = values.get("model")
            if model is None:
                return None
            path = model

            def encoder() -> Work[Pace]:
                from zscape.models.training.trial import try_encoder

                return (yield from try_encoder(path, sample, device))

            return ("encoder", path, data.spec, device), path.stem, encoder
        try:
            config = self.config(values)
        except ZscapeError:
            return None

        def generator() -> Work[Pace]:
            from zscape.models.training.trial import try_generator

            return (yield from try_generator(config, sample, device))

        made = tuple(sorted((name, str(value)) for name, value in config.model.items()))
        key = ("generator", values.get("preset"), made, data.class_names, config.batch, device)
        return key, config.name, generator

    def request(self, values: Values, device: str, threads: int = 0) -> Request:
        """The request for a run. threads: the fastest number for a new run. Raises ZscapeError if a choice is missing."""
        name, data, run, steps = str(values["name"]).strip(), values["data"], self.earlier, values["steps"]
        if not is_name(name):
            raise ZscapeError("The run needs a name that can be the name of a folder, of at most 100 letters.")
        if not data:
            raise ZscapeError("There is no data to train on: choose a data set or a folder.")
        out = self.folder / name
        if run is None and out.exists():
            raise ZscapeError(f"There is a run called {name} already: choose another name.")
        if run is not None and not out.is_dir():
            raise ZscapeError(f"The run {name} is no longer there: choose another, or start a new one.")
        if self.encoder:
            model = values.get("model")
            if model is None:
                raise ZscapeError("There is no model to train an encoder for: choose a file, or train a generator first.")
            return EncoderRequest(model, out, data, steps, device, run is not None, 0 if run else threads)
        overrides = {"steps": steps, "data": data, "keep_steps": values["keep_steps"]}
        if run is not None:
            return GeneratorRequest(run.settings, out, data, device, True, overrides, threads=run.threads)
        overrides |= {"seed": values["seed"], "name": name, **self._networks(values)}
        return GeneratorRequest(values["preset"], out, data, device, False, overrides, values["begin"], threads)


def is_name(name: str) -> bool:
    """Whether it is a valid folder name that is not too long for a run."""
    from zscape.models.training.config import LONGEST_NAME

    short = len(name) <= LONGEST_NAME and len(name.encode("utf-8", "replace")) <= MOST_BYTES
    return bool(name) and short and Path(name).name == name and name not in (".", "..")
