"""The judge: its file, its training, and the one that comes with Zscape."""

import dataclasses

import numpy as np
import pytest
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.data.jitter import jittered
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.classifier_training import train_judge
from zscape.models.evaluation.reference_classifier import Judge, JudgeSpec, judge_for, load_judge, save_judge
from zscape.models.files.checkpoint import save_tensors
from zscape.models.files.library import BUNDLED
from zscape.models.progress import finish
from zscape.models.training.classifier_network import FEATURES, Classifier

BUNDLED_JUDGE = BUNDLED / "judge-mnist.safetensors"


def bars(count, classes=("lying", "standing")):
    """Noisy bars 12x12, lying or standing."""
    random = np.random.default_rng(0)
    images = random.integers(0, 60, (count, 12, 12, 1)).astype(np.uint8)
    labels = np.arange(count) % 2
    for image, label in zip(images, labels, strict=True):
        place = random.integers(3, 9)
        image[(slice(place, place + 2), slice(2, 10)) if label == 0 else (slice(2, 10), slice(place, place + 2))] += 190
    return Dataset("bars", images, labels.astype(np.int64), classes)


@pytest.fixture(scope="module")
def judge():
    torch.manual_seed(0)
    spec = JudgeSpec(("a", "b", "c"), (3, 16, 20), "noise", 40, 10, 0.5, {"seed": 0, "torch": "x"})
    return Judge(spec, Classifier(spec.image_shape, 3).eval().requires_grad_(False))


def test_a_judge_comes_back_from_its_file_with_the_same_opinion(judge, tmp_path):
    save_judge(tmp_path / "j.safetensors", judge)
    back = load_judge(tmp_path / "j.safetensors")
    assert back.spec == judge.spec
    images = np.random.default_rng(0).integers(0, 255, (130, 16, 20, 3)).astype(np.uint8)
    here, there = finish(judge.look(images)), finish(back.look(images))
    assert here.features.shape == (130, FEATURES)
    assert here.labels.shape == (130,)
    torch.testing.assert_close(here.features, there.features, atol=5e-3, rtol=5e-3)  # the file is in half precision
    assert (here.features >= 0).all()


def test_looking_says_how_far_it_is(judge):
    steps = list(judge.look(np.zeros((250, 16, 20, 3), np.uint8), "Looking"))
    assert [(step.done, step.total, step.label) for step in steps] == [(n, 250, "Looking") for n in (100, 200, 250)]


def test_files_that_hold_no_judge_are_refused(judge, tmp_path):
    path = tmp_path / "j.safetensors"
    save_tensors(path, {"x": torch.zeros(2)}, {})
    with pytest.raises(ZscapeError, match="not a judge"):
        load_judge(path)
    save_judge(path, Judge(dataclasses.replace(judge.spec, class_names=("a", "b")), judge.network))
    with pytest.raises(ZscapeError, match="tensors"):
        load_judge(path)
    save_judge(path, Judge(dataclasses.replace(judge.spec, image_shape=(3, 10**6, 10**6)), judge.network))
    with pytest.raises(ZscapeError, match="no judge looks"):
        load_judge(path)


def test_a_damaged_judge_is_refused(judge, tmp_path):
    network = Classifier((3, 16, 20), 3)
    with torch.no_grad():
        network.decide.bias[0] = float("nan")
    save_judge(tmp_path / "j.safetensors", Judge(judge.spec, network))
    with pytest.raises(ZscapeError, match="not finite"):
        load_judge(tmp_path / "j.safetensors")


def test_training_learns_and_is_the_same_for_the_same_seed():
    data = bars(1200)
    first, again = (finish(train_judge(data, epochs=3, seed=1)) for _ in range(2))
    assert first.spec.accuracy > 0.95
    assert (first.spec.count, first.spec.held_out) == (960, 240)
    assert first.spec.recorded["seed"] == 1
    for name, tensor in first.network.state_dict().items():
        assert torch.equal(tensor, again.network.state_dict()[name]), name


@pytest.mark.parametrize("count", [10, 99])
def test_training_wants_enough_pictures(count):
    with pytest.raises(ZscapeError, match="at least 100"):
        finish(train_judge(bars(count)))


def test_training_wants_two_classes():
    data = bars(200)
    with pytest.raises(ZscapeError, match="two classes"):
        finish(train_judge(dataclasses.replace(data, labels=data.labels * 0, class_names=("all",))))


def test_jitter_moves_pictures_but_not_far():
    x = -torch.ones(50, 1, 28, 28)
    x[:, :, 12:16, 12:16] = 1
    moved = jittered(x, torch.Generator().manual_seed(0))
    assert moved.shape == x.shape
    assert not torch.allclose(moved[0], moved[1])
    assert (moved[:, :, :5].amax((1, 2, 3)) < 0).all()
    assert ((moved > 0).sum((1, 2, 3)) > 6).all()


def test_the_bundled_judge_knows_digits_and_is_small():
    spec = load_judge(BUNDLED_JUDGE).spec
    assert BUNDLED_JUDGE.stat().st_size <= 1_500_000
    assert spec.accuracy >= 0.994
    assert spec.held_out == 10_000
    digits = load("digits")
    judge = judge_for(digits)
    assert judge is not None
    assert (finish(judge.look(digits.images[::5])).labels == digits.labels[::5]).mean() > 0.99
    assert judge_for(bars(100)) is None
