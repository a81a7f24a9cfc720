"""Training with groups: an encoder is trained with the generator, and finds in one picture what its group shares."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.encoding import encode
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 16, "maps": [16, 8, 6], "features": [6, 8, 10]}
STYLED = {"size": 32, "channels": 1, "z_size": 3, "w_size": 6, "mapping": 2, "hidden": 8, "maps": [8, 6, 4, 4]}
CONFIG = TrainConfig(
    "bars", "projection", MODEL, "bars", steps=4, batch=8, learning_rate=3e-3, beta1=0.0, pair_weight=40, publish_seconds=0
)
STYLEGAN2 = replace(CONFIG, family="stylegan2", model={**STYLED, "features": [4, 6, 8, 8]}, style_mixing=0.5, r1=0.1, r1_every=2)


def bars(groups=40, side=28, classes=2):
    """A horizontal and a vertical bar for each group, in the group's grey level."""
    greys = np.linspace(40, 250, groups)
    images = np.zeros((groups * classes, side, side, 1), np.uint8)
    labels = np.arange(len(images)) % classes
    for number, (image, label) in enumerate(zip(images, labels, strict=True)):
        image[(slice(4, 24), slice(10, 18)) if label else (slice(10, 18), slice(4, 24))] = greys[number // classes]
    numbers = (np.arange(len(images)) // classes).astype(np.int64)
    return Dataset("bars", images, labels.astype(np.int64), ("lying", "standing")[:classes], groups=numbers)


def tensors(path):
    model = load_model(path)
    return {f"{part}.{name}": each for part, module in model.parts.items() for name, each in module.state_dict().items()}


@pytest.mark.parametrize("config", [CONFIG, STYLEGAN2], ids=lambda config: config.family)
def test_the_model_has_an_encoder_and_a_broken_run_goes_on_to_the_same_weights(tmp_path, config):
    whole = tensors(finish(train(config, bars(), tmp_path / "whole")))
    work = train(config, bars(), tmp_path / "broken")
    for _ in range(4):
        next(work)
    work.close()
    assert load_model(tmp_path / "broken" / "model.safetensors").encoder is not None
    resumed = tensors(finish(train(config, bars(), tmp_path / "broken", resume=True)))
    assert any(name.startswith("encoder.") for name in whole)
    assert whole.keys() == resumed.keys()
    assert all(torch.equal(each, resumed[name]) for name, each in whole.items())


def test_what_a_group_shares_is_found_in_one_picture_and_drawn_in_another_class(tmp_path):
    data = bars()
    signs = list(train(replace(CONFIG, steps=45, learning_rate=8e-3, decay_from=0.5, publish_seconds=1e9), data, tmp_path))
    pairs = [sign.figures["pairs"] for sign in signs if "pairs" in sign.figures]
    assert np.mean(pairs[-10:]) < 0.1 * np.mean(pairs[:10])
    model = load_model(tmp_path / "model.safetensors")
    lying = data.subset(data.labels == 0)
    found = finish(encode(model, lying.images, lying.labels))
    z = torch.from_numpy(found.z)
    with torch.no_grad():
        drawn = model.generator.eval()({"z": z, "class": torch.tensor([[0.0, 1.0]]).expand(len(z), 2)})
    greys = (drawn[:, 0, 4:24, 10:18].mean((1, 2)).numpy() + 1) * 127.5
    wanted = data.images[data.labels == 1][:, 10, 14, 0]
    assert np.corrcoef(greys, wanted)[0, 1] > 0.9


def test_a_run_begins_with_the_encoder_of_the_model_it_starts_from(tmp_path):
    """Its latents are standardised first, by changing generator and encoder together, so that reconstructions stay the same."""
    data = bars()
    first = finish(train(CONFIG, data, tmp_path / "first"))
    still = replace(CONFIG, name="next", steps=1, learning_rate=1e-9)
    second = finish(train(still, data, tmp_path / "next", start=first))
    old, new = (load_model(path) for path in (first, second))
    x, c = torch.from_numpy(data.images[:40]).permute(0, 3, 1, 2) / 127.5 - 1, torch.eye(2)[data.labels[:40]]
    with torch.no_grad():
        z, other = (model.encoder.eval()(x, c) for model in (old, new))
        # With the batch's own statistics, because the running statistics are measured again for each model.
        drawn = [m.generator.train()({"z": each, "class": c}) for m, each in ((old, z), (new, other))]
    torch.testing.assert_close(drawn[0], drawn[1], atol=1e-3, rtol=0)
    apart = other.T @ other / len(other) - torch.eye(other.shape[1])
    assert apart.abs().mean() < (z.T @ z / len(z) - torch.eye(z.shape[1])).abs().mean()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (replace(bars(), groups=None), "no groups"),
        (replace(bars(), groups=np.arange(80)), "two classes"),
        (replace(bars(classes=1)), "two classes"),
    ],
    ids=["none", "single pictures", "one class"],
)
def test_data_that_teaches_no_style_is_refused_before_training_starts(tmp_path, data, words):
    with pytest.raises(ZscapeError, match=words):
        next(train(CONFIG, data, tmp_path / "run"))
    assert not (tmp_path / "run").exists()


def test_groups_of_one_class_among_others_are_left_out(tmp_path):
    data = bars()
    groups = data.groups.copy()
    groups[:10] = np.arange(1000, 1010)
    signs = list(train(CONFIG, replace(data, groups=groups), tmp_path))
    assert all(np.isfinite(sign.figures["pairs"]) for sign in signs if "pairs" in sign.figures)
