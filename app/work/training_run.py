"""What a person asks to be trained, as plain values, and the work it means. Imports nothing heavy until it is asked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec
    from zscape.models.training.config import TrainConfig


@dataclass(frozen=True)
class GeneratorRequest:
    """Train a generator.

    source: a preset's name, or of a resumed run the settings it was begun with. overrides: of these settings. begin: the model
    whose weights it begins with, None for random ones. threads: of the processor, 0 for as many as usual.
    """

    encoder: ClassVar[bool] = False
    source: str | Mapping[str, Any]
    out: Path
    data: str
    device: str = "auto"
    resume: bool = False
    overrides: Mapping[str, Any] = field(default_factory=dict)
    begin: Path | None = None
    threads: int = 0

    @property
    def title(self) -> str:
        """What the job is called."""
        return f"Train {self.out.name}"

    def work(self) -> Work[Path]:
        """Load the data and train; returns the path of the model."""
        yield Progress(0, 0, "Loading the data")
        from zscape.models.data.sources import loading
        from zscape.models.inference.device import choose
        from zscape.models.training.threads import cpu_threads
        from zscape.models.training.train import train

        config, device = self.config(), choose(self.device)
        data = yield from loading(self.data)
        with cpu_threads(self.threads):
            return (yield from train(config, data, self.out, device, self.resume, self.begin))

    def config(self) -> TrainConfig:
        """All settings of the run. Raises ZscapeError where one is out of range."""
        from zscape.models.training.config import config_of, load_config

        if isinstance(self.source, str):
            return load_config(self.source, self.overrides)
        return config_of({**self.source, **self.overrides}, f"{self.out} cannot go on")


@dataclass(frozen=True)
class EncoderRequest:
    """Train the encoder of the model at `model`, which holds its discriminator. threads: as of GeneratorRequest."""

    encoder: ClassVar[bool] = True
    model: Path
    out: Path
    data: str
    steps: int
    device: str = "auto"
    resume: bool = False
    threads: int = 0

    @property
    def title(self) -> str:
        """What the job is called."""
        return f"Train encoder {self.out.name}"

    def work(self) -> Work[Path]:
        """Load the data and train; returns the path of the model with its encoder."""
        yield Progress(0, 0, "Loading the data")
        from zscape.models.data.sources import loading
        from zscape.models.training.encoder import train_encoder
        from zscape.models.training.threads import cpu_threads

        data = yield from loading(self.data)
        with cpu_threads(self.threads):
            return (yield from train_encoder(self.model, data, self.out, self.steps, self.device, self.resume))


@dataclass(frozen=True)
class WatchRequest:
    """Watch the run that another program works at in the folder `out`. encoder: whether it trains an encoder."""

    out: Path
    encoder: bool = False

    @classmethod
    def of(cls, folder: Path) -> WatchRequest:
        """For the run in `folder`. Raises ZscapeError where no run has written there."""
        from zscape.models.files.header import read_spec
        from zscape.models.files.run_record import model_of_run, run_record

        return cls(folder, run_record(read_spec(model_of_run(folder))).encoder)

    @property
    def title(self) -> str:
        """What the job is called."""
        return f"Watch {self.out.name}"

    def work(self) -> Work[Path]:
        """Tell of each checkpoint; returns the path of the model once the run has ended."""
        from zscape.models.training.watch import watch

        return (yield from watch(self.out))


Request = GeneratorRequest | EncoderRequest | WatchRequest


def same_shape(config: TrainConfig, spec: Spec) -> bool:
    """Whether a run of `config` on the classes of `spec` trains networks of the shape of that model's."""
    from zscape.models.errors import ZscapeError
    from zscape.models.files.checkpoint import family_config

    try:
        theirs = family_config(spec.family, spec.config, spec.name)[1]
        return config.family == spec.family and theirs == config.built(len(spec.class_names))
    except ZscapeError:
        return False


@dataclass(frozen=True)
class EarlierRun:
    """A run that can go on: its folder, its model's name, how far it has got, the settings it was begun with, its data, and with
    how many threads of the processor it computed (0: not known), as other numbers of them round otherwise.
    """

    out: Path
    model: str
    step: int
    settings: Mapping[str, Any]
    encoder: bool
    data: str = ""
    threads: int = 0


def earlier_runs(folder: Path) -> list[EarlierRun]:
    """The runs in the sub-folders of `folder` that can go on, by name; what cannot be read is passed over."""
    from zscape.models.data.data_of_model import data_of
    from zscape.models.errors import ZscapeError
    from zscape.models.files.header import read_spec
    from zscape.models.files.run_checkpoints import MODEL_FILE, RUN_FILE
    from zscape.models.files.run_record import run_record

    runs = []
    for state in sorted(folder.glob(f"*/{RUN_FILE}")):
        try:
            spec = read_spec(state.parent / MODEL_FILE)
            record = run_record(spec)
        except ZscapeError:
            continue
        if record.encoder and record.step >= record.steps:
            continue  # an encoder's rate falls to zero: a finished one cannot go on
        threads = 0 if record.encoder else record.threads
        runs.append(EarlierRun(state.parent, spec.name, record.step, record.settings, record.encoder, data_of(spec), threads))
    return runs


def fresh_folder(folder: Path, name: str) -> Path:
    """The sub-folder `name` of `folder`, or the first of name-2, name-3, ... that is not there yet.

    A name that was made so itself, of one that is there, counts on: after a-2 comes a-3.
    """
    base, _, count = name.rpartition("-")
    if count.isdecimal() and (folder / name).exists() and (folder / base).exists():
        name = base
    out, number = folder / name, 1
    while out.exists():
        number += 1
        out = folder / f"{name}-{number}"
    return out
