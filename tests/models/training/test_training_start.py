"""Runs that start from a trained model, and recipes other than the classic one."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.precision import native_bfloat16, products_in
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig(
    "tiny", "projection", MODEL, "bars", steps=4, batch=8, learning_rate=1e-2, r1=0.1, r1_every=2, publish_seconds=0
)
STILL = replace(CONFIG, name="next", steps=2, learning_rate=1e-9)


def bars(count=40):
    labels = np.arange(count) % 2
    images = np.zeros((count, 28, 28, 1), np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[(slice(4, 24), slice(10, 18)) if label else (slice(10, 18), slice(4, 24))] = 200
    return Dataset("bars", images, labels.astype(np.int64), ("lying", "standing"), "ours")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return finish(train(CONFIG, bars(), tmp_path_factory.mktemp("first")))


def test_a_run_begins_with_the_weights_and_the_record_of_a_trained_model(tmp_path, first):
    before, after = load_model(first), load_model(finish(train(STILL, bars(), tmp_path, start=first)))
    for part in ("generator", "discriminator"):
        old, new = getattr(before, part).state_dict(), getattr(after, part).state_dict()
        for name in old:
            if "running" not in name and "tracked" not in name and "curve" not in name:
                torch.testing.assert_close(new[name], old[name], atol=1e-5, rtol=0)
    spec = after.spec
    assert (spec.name, spec.step, spec.images) == ("next", 6, 48)
    assert spec.recorded["start"]["sha256"] == before.spec.sha256
    assert spec.recorded["start"]["recorded"]["training"]["steps"] == 4
    assert spec.recorded["command"].endswith("--start tiny")


def test_such_a_run_is_resumed_without_the_model_it_began_with(tmp_path, first):
    config = replace(CONFIG, seed=3)
    work = train(config, bars(), tmp_path / "broken", start=first)
    for _ in range(3):
        next(work)
    work.close()
    (tmp_path / "broken" / "model.safetensors").unlink()  # its state alone is enough
    broken = load_model(finish(train(config, bars(), tmp_path / "broken", resume=True)))
    whole = load_model(finish(train(config, bars(), tmp_path / "whole", start=first)))
    assert all(torch.equal(each, whole.generator.state_dict()[name]) for name, each in broken.generator.state_dict().items())
    assert broken.spec.recorded["start"] == whole.spec.recorded["start"]
    assert broken.spec.step == whole.spec.step == 8


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"model": {**MODEL, "hidden": 9}}, "family and shape"), ({"family": "dcgan", "model": {}}, "family and")],
)
def test_a_model_of_another_shape_is_no_start(tmp_path, first, changes, said):
    with pytest.raises(ZscapeError, match=said):
        next(train(replace(CONFIG, **changes), bars(), tmp_path, start=first))


def test_a_model_without_discriminator_is_no_start(tmp_path, tiny_model):
    spec = load_model(tiny_model).spec
    config = TrainConfig("tiny", "dcgan", dict(spec.config), "digits")
    data = Dataset("d", np.zeros((20, 28, 28, 1), np.uint8), np.arange(20) % 10, tuple("0123456789"), "")
    with pytest.raises(ZscapeError, match="no discriminator"):
        next(train(config, data, tmp_path, start=tiny_model))


@pytest.mark.parametrize(
    "changes",
    [
        {"objective": "relativistic"},
        {"r2": 0.1},
        {"precision": "bfloat16"},
        {"warm_up": 3},
        {"objective": "relativistic", "r2": 1.0},
    ],
    ids=str,
)
def test_every_part_of_a_recipe_changes_what_is_learned(tmp_path, first, changes):
    config = replace(CONFIG, **changes)
    if "precision" in changes and not native_bfloat16(torch.device("cpu")):
        pytest.skip("this processor has no bfloat16 of its own")
    found = load_model(finish(train(config, bars(), tmp_path))).generator.state_dict()
    assert any(not torch.equal(found[name], each) for name, each in load_model(first).generator.state_dict().items())


def test_where_there_is_no_bfloat16_products_stay_in_float32(monkeypatch):
    monkeypatch.setattr("zscape.models.inference.precision.native_bfloat16", lambda device: False)
    with products_in("bfloat16", torch.device("cpu")):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32
    assert not native_bfloat16(torch.device("mps"))


def test_the_rate_rises_over_the_warm_up_and_falls_at_the_end():
    config = replace(CONFIG, steps=100, warm_up=10, decay_from=0.5)
    rates = [config.rate(step) for step in range(100)]
    assert rates[0] == pytest.approx(config.learning_rate / 10)
    assert rates[:10] == sorted(rates[:10])
    assert set(rates[9:50]) == {config.learning_rate}
    assert rates[50:] == sorted(rates[50:], reverse=True)
    assert rates[-1] < 0.05 * config.learning_rate
    assert replace(CONFIG, steps=1).rate(16) == CONFIG.learning_rate  # a trial goes beyond the end of a short run
