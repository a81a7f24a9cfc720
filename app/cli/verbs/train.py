"""`zscape train` and `zscape train-encoder`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from tyro.conf import Positional

from zscape.app.cli.options import Device, Flag, MaybeDataName, MaybeInt, MaybeModelName, MaybePath, ModelName, option
from zscape.app.cli.usage import UsageError
from zscape.models.training.presets import summaries

PRESET_HELP = "A config file of your own (.toml), or a preset:\n" + "\n".join(
    f"{name}: {summary}" for name, summary in summaries().items()
)


@dataclass(frozen=True)
class Train:
    """Train a generator. Ctrl-C stops and keeps the work; --resume continues from there.

    On several devices or machines: torchrun --nproc-per-node N -m zscape train CONFIG (docs/training.md).
    """

    preset: Positional[Annotated[str, option("PRESET", PRESET_HELP)]]
    data: MaybeDataName = None
    """A data set's name, a folder (IDX files, a sub-folder of images a class, or images), or an npz; the preset's by default."""
    out: MaybePath = None
    """The folder of the run; among the trained models, under the preset's name, by default."""
    steps: MaybeInt = None
    """Training steps of the generator; the preset's by default."""
    resume: Flag = False
    """Continue the run in --out."""
    start: MaybeModelName = None
    """A model's name or file to start from in place of random weights: of the same shape, with its discriminator."""
    seed: MaybeInt = None
    """Seed of the random numbers; the preset's by default."""
    keep_steps: MaybeInt = None
    """Keep a checkpoint in the run's folder every so many steps; the preset's by default, which is none."""
    device: Device = "auto"

    def run(self) -> int:
        """Train."""
        _check_steps(self.steps)
        from zscape.app.cli.show import say_loading, show

        say_loading()
        from zscape.models.data.sources import load
        from zscape.models.errors import ZscapeError
        from zscape.models.files.library import find, trained_folder
        from zscape.models.training.config import load_config
        from zscape.models.training.run.processes import is_first
        from zscape.models.training.train import train

        asked = {"steps": self.steps, "seed": self.seed, "data": self.data, "keep_steps": self.keep_steps}
        config = load_config(self.preset, asked)
        config = replace(config, data=_absolute(config.data))
        if not self.out and Path(config.name).name != config.name:
            raise ZscapeError(f"The run's name {config.name!r} is not the name of a folder: change it, or give --out.")
        out = self.out or trained_folder() / config.name
        dataset = load(config.data)
        start = find(self.start) if self.start else None
        work = train(config, dataset, out, self.device, self.resume, start, published=False)  # nobody looks
        flags = {"--data": self.data, "--steps": self.steps, "--seed": self.seed, "--keep-steps": self.keep_steps}
        path = show(work, _how_to_go_on(["train", self.preset], flags, out, self.device), quiet=not is_first())
        if is_first():
            print(f"The model is at {path}")
        return 0


@dataclass(frozen=True)
class TrainEncoder:
    """Train the encoder of a trained generator, from its discriminator's weights."""

    model: ModelName
    """A model's name or file, with its discriminator."""
    data: MaybeDataName = None
    """A data set's name, a folder or an npz; what the model was trained on by default."""
    out: MaybePath = None
    """The folder of the run; among the trained models by default."""
    steps: MaybeInt = None
    """Training steps; enough for about two passes over MNIST by default."""
    resume: Flag = False
    """Continue the run in --out."""
    start: MaybeModelName = None
    """A model's name or file whose encoder to start from; the model's own, or else its discriminator, by default."""
    device: Device = "auto"

    def run(self) -> int:
        """Train."""
        _check_steps(self.steps)
        from zscape.app.cli.show import say_loading, show

        say_loading()
        from zscape.models.data.data_of_model import data_of
        from zscape.models.data.sources import load
        from zscape.models.files.header import read_spec
        from zscape.models.files.library import find, trained_folder
        from zscape.models.training.encoder import train_encoder
        from zscape.models.training.encoders.encoder_settings import EncoderSettings

        path = find(self.model)
        spec = read_spec(path)
        out = self.out or trained_folder() / f"{spec.name}-encoder"
        dataset = load(self.data or data_of(spec))
        start = find(self.start) if self.start else None
        work = train_encoder(path, dataset, out, self.steps or EncoderSettings.steps, self.device, self.resume, begin=start)
        words = _how_to_go_on(
            ["train-encoder", "--model", self.model], {"--data": self.data, "--steps": self.steps}, out, self.device
        )
        print(f"The model is at {show(work, words)}")
        return 0


def _how_to_go_on(words: list[str], flags: Mapping[str, object], out: Path, device: str) -> str:
    """A line with the command that continues a stopped run: what was asked for is not remembered, so it is repeated."""
    given = {name: value for name, value in flags.items() if value is not None}
    given |= {"--device": device} if device != "auto" else {}
    options = [str(each) for pair in given.items() for each in pair]
    return f"Go on with: {shlex.join(['zscape', *words, *options, '--out', str(out), '--resume'])}"


def _absolute(data: str) -> str:
    """The data set as it is recorded in the model's file: a folder or file by its absolute path."""
    from zscape.models.data.sources import KNOWN
    from zscape.models.files.typed_path import typed_path

    path = typed_path(data)
    return str(path.resolve()) if data and data not in KNOWN and path.exists() else data


def _check_steps(steps: int | None) -> None:
    if steps is not None and steps < 1:
        raise UsageError("--steps must be at least 1.")
