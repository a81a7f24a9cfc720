"""A CUDA device changes only the speed, not the results. Skipped where there is none."""

from dataclasses import replace

import numpy as np
import pytest
import torch

import zscape
from zscape.models.data.dataset import Dataset
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import listing
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.gan_networks import GANNetworks
from zscape.models.training.steps.replay import Replay
from zscape.models.training.steps.step_inputs import StepInputs, StepKind
from zscape.models.training.train import train

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")

MODELS = [entry.spec.name for entry in listing() if entry.origin == "bundled"]
RUNS = {
    "dcgan": {"z_size": 3, "hidden": 6, "generator_maps": [4, 3], "discriminator_maps": [2, 3]},
    "projection": {"size": 32, "channels": 1, "z_size": 4, "maps": [8, 8, 6, 4], "features": [4, 6, 8, 8], "hidden": 8},
    "stylegan2": {"size": 32, "channels": 1, "z_size": 5, "w_size": 7, "maps": [12, 10, 8, 6], "features": [4, 6, 8, 10]},
}
"""The settings of a small model of each family."""


@pytest.mark.parametrize("name", MODELS)
def test_it_draws_and_encodes_what_the_cpu_does(name):
    model, other = zscape.open(name, device="cuda"), zscape.open(name, device="cpu")
    drawn, wanted = model.sample(60, seed=3).astype(int), other.sample(60, seed=3).astype(int)
    assert np.abs(drawn - wanted).max() <= 2  # grey levels of 255: GPUs multiply with lower precision
    assert np.abs(drawn - wanted).mean() < 0.05
    if model.inner.encoder is not None:
        found, same = model.encode(wanted[:10].astype(np.uint8)), other.encode(wanted[:10].astype(np.uint8))
        assert found.labels.tolist() == same.labels.tolist()
        np.testing.assert_allclose(found.mse, same.mse, rtol=0.05, atol=1e-4)


@pytest.mark.parametrize("family", RUNS)
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_run_goes_on_as_if_unbroken_and_ends_on_the_cpu_too(family, precision, tmp_path):
    side = RUNS[family].get("size", 28)
    random = np.random.RandomState(0)
    labels = np.arange(24) % 2
    images = random.randint(0, 60, (24, side, side, 1)) + 150 * labels[:, None, None, None]
    data = Dataset("blobs", images.astype(np.uint8), labels.astype(np.int64), ("dark", "light"), "ours")
    config = TrainConfig(
        "tiny", family, RUNS[family], "blobs", steps=8, batch=8, precision=precision, save_seconds=1e9, publish_seconds=0
    )
    config = replace(config, r1=0.1, r1_every=2)
    finish(train(config, data, tmp_path / "whole", "cuda"))
    work = train(config, data, tmp_path / "broken", "cuda")
    while next(work).done < 4:
        pass
    work.close()
    finish(train(config, data, tmp_path / "broken", "cuda", resume=True))
    whole, broken = (load_model(tmp_path / name / "model.safetensors") for name in ("whole", "broken"))
    for one, two in zip(whole.generator.parameters(), broken.generator.parameters(), strict=True):
        torch.testing.assert_close(one, two, rtol=1e-3, atol=1e-4)
    assert broken.spec.step == 8
    finish(train(replace(config, steps=9), data, tmp_path / "whole", "cpu", resume=True))
    assert load_model(tmp_path / "whole" / "model.safetensors").spec.step == 9


@pytest.mark.parametrize("family", ["projection", "stylegan2"])
def test_steps_that_are_replayed_learn_what_steps_worked_one_by_one_do(family):
    random = np.random.RandomState(0)
    groups, labels = np.arange(48) // 2, np.arange(48) % 2
    images = random.randint(0, 60, (24, 32, 32, 1)).repeat(2, 0) + 150 * labels[:, None, None, None]
    data = Dataset(
        "blobs", images.astype(np.uint8), labels.astype(np.int64), ("dark", "light"), "ours", groups=groups.astype(np.int64)
    )
    settings = {**RUNS[family], "noise": False} if family == "stylegan2" else RUNS[family]
    config = TrainConfig("tiny", family, settings, "blobs", steps=60, batch=8, learning_rate=1e-4, decay_from=0.5)
    config = replace(config, r1=0.1, r2=0.1, r1_every=4, pair_weight=10, class_weight=0.1, moment_weight=0.1)
    if family == "stylegan2":
        config = replace(config, style_mixing=0.5, path_length=1.0, path_length_every=4)
    runs = [GANNetworks(config, config.built(2), data, torch.device("cuda")) for _ in range(2)]
    assert runs[1].replay is not None
    runs[0].replay, figures = None, []
    finish(runs[0].prepare())
    runs[1].moments.load_state_dict(runs[0].moments.state_dict())  # on a GPU, training a classifier twice gives different weights
    for run in runs:
        figures.append([{name: value for half in run.halves() for name, value in half.items()} for _ in range(40)])
    assert runs[1].replay.recorded
    assert runs[1].replay.records
    for one, two in zip(*figures, strict=True):
        assert one.keys() == two.keys()
        np.testing.assert_allclose(list(one.values()), list(two.values()), rtol=0.05, atol=0.02)
    for one, two in zip(runs[0].average.parameters(), runs[1].average.parameters(), strict=True):
        torch.testing.assert_close(one, two, rtol=1e-2, atol=2e-3)


def test_work_that_cannot_be_recorded_goes_on_one_by_one_and_says_so():
    def work(inputs):
        total = inputs["x"].sum()
        if torch.cuda.is_current_stream_capturing():
            raise RuntimeError("too little memory\nand more words")
        yield {"sum": total}

    replay = Replay(work, torch.device("cuda"))
    for number in range(1, 6):
        figures = replay(StepInputs(StepKind(False, False, False), {"x": torch.full((2,), float(number))}))
        assert figures[0]["sum"].item() == 2 * number
    assert replay.notice.endswith("cannot be recorded here: too little memory.")
