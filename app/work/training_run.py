"""What the user asks to train, as plain values, and the work for it. Slow imports happen only when the work starts."""

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
    """A request to train a generator.

    source: the name of a preset or, for a resumed run, its original settings. overrides: of these settings. begin: the model
    whose weights it starts from, None for random ones. threads: of the processor, 0 for the default.
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
        """The name of the job."""
        return f"Train {self.out.name}"

    def work(self) -> Work[Path]:
        """Load the data and train; returns the path of the model."""
        yield Progress(0, 0, "Loading the data")
        from zscape.models.data.sources import loading
        from zscape.models.inference.device import choose
        from zscape.models.training.run.threads import cpu_threads
        from zscape.models.training.train import train

        config, device = self.config(), choose(self.device)
        data = yield from loading(self.data)
        with cpu_threads(self.threads):
            return (yield from train(config, data, self.out, device, self.resume, self.begin))

    def config(self) -> TrainConfig:
        """All settings of the run. Raises ZscapeError if one is out of range."""
        from zscape.models.training.config import config_of, load_config

        if isinstance(self.source, str):
            return load_config(self.source, self.overrides)
        return config_of({**self.source, **self.overrides}, f"{self.out} cannot go on")


@dataclass(frozen=True)
class EncoderRequest:
    """A request to train the encoder of the model at `model`, which has its discriminator. threads: as in GeneratorRequest."""

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
        """The name of the job."""
        return f"Train encoder {self.out.name}"

    def work(self) -> Work[Path]:
        """Load the data and train; returns the path of the model that includes the encoder."""
        yield Progress(0, 0, "Loading the data")
        from zscape.models.data.sources import loading
        from zscape.models.training.encoder import train_encoder
        from zscape.models.training.run.threads import cpu_threads

        data = yield from loading(self.data)
        with cpu_threads(self.threads):
            return (yield from train_encoder(self.model, data, self.out, self.steps, self.device, self.resume))


@dataclass(frozen=True)
class WatchRequest:
    """A request to watch a run that another program trains in the folder `out`. encoder: whether it trains an encoder."""

    out: Path
    encoder: bool = False

    @classmethod
    def of(cls, folder: Path) -> WatchRequest:
        """For the run in `folder`. Raises ZscapeError if no run has written there."""
        from zscape.models.files.header import read_spec
        from zscape.models.files.run_record import model_of_run, run_record

        return cls(folder, run_record(read_spec(model_of_run(folder))).encoder)

    @property
    def title(self) -> str:
        """The name of the job."""
        return f"Watch {self.out.name}"

    def work(self) -> Work[Path]:
        """Report each checkpoint; returns the path of the model once the run has ended."""
        from zscape.models.training.run.watch import watch

        return (yield from watch(self.out))


Request = GeneratorRequest | EncoderRequest | WatchRequest


def same_shape(config: TrainConfig, spec: Spec) -> bool:
    """Whether a run of `config` on the classes of `spec` trains networks of the same shape as that model's."""
    from zscape.models.errors import ZscapeError
    from zscape.models.files.checkpoint import family_config

    try:
        theirs = family_config(spec.family, spec.config, spec.name)[1]
        return config.family == spec.family and theirs == config.built(len(spec.class_names))
    except ZscapeError:
        return False


@dataclass(frozen=True)
class EarlierRun:
    """A run that can be resumed: its folder, its model's name, its progress, its original settings, its data, and the number of
    processor threads it used (0: unknown), because other numbers give other rounding errors.

    length_fixed: whether it keeps its number of steps, because its schedules depend on that.
    """

    out: Path
    model: str
    step: int
    settings: Mapping[str, Any]
    encoder: bool
    data: str = ""
    threads: int = 0
    length_fixed: bool = False


def earlier_runs(folder: Path) -> list[EarlierRun]:
    """The runs in the sub-folders of `folder` that can be resumed, by name; unreadable ones are skipped."""
    from zscape.models.data.data_of_model import data_of
    from zscape.models.errors import ZscapeError
    from zscape.models.files.header import read_spec
    from zscape.models.files.run_checkpoints import MODEL_FILE, RUN_FILE
    from zscape.models.files.run_record import run_record
    from zscape.models.training.config import config_of

    runs = []
    for state in sorted(folder.glob(f"*/{RUN_FILE}")):
        try:
            spec = read_spec(state.parent / MODEL_FILE)
            record = run_record(spec)
            fixed = record.encoder or "steps" in config_of(record.settings, str(state.parent)).fixed
        except ZscapeError:
            continue
        if fixed and record.step >= record.steps:
            continue  # its schedules have ended: it cannot be resumed
        threads = 0 if record.encoder else record.threads
        data = data_of(spec)
        runs.append(EarlierRun(state.parent, spec.name, record.step, record.settings, record.encoder, data, threads, fixed))
    return runs


def fresh_folder(folder: Path, name: str) -> Path:
    """The sub-folder `name` of `folder`, or the first of name-2, name-3, ... that does not exist.

    If `name` already is such a numbered name, counting continues: a-3 after a-2.
    """
    base, _, count = name.rpartition("-")
    if count.isdecimal() and (folder / name).exists() and (folder / base).exists():
        name = base
    out, number = folder / name, 1
    while out.exists():
        number += 1
        out = folder / f"{name}-{number}"
    return out
