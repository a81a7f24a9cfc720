"""Runs that start from a model of half the size."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.functional import interpolate

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.families.stylegan2 import StyleGAN2Config
from zscape.models.families.stylegan2.layers import halved
from zscape.models.files.checkpoint import load_model
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.train import train

FAMILY = FAMILIES["stylegan2"]
SHAPE = {
    "z_size": 4, "w_size": 6, "mapping": 1, "classes": 2, "noise": False, "hidden": 8,
    "maps": (8, 6, 6, 4), "features": (5, 6, 8, 8), "size": 32,
}  # fmt: skip
LARGER = {**SHAPE, "size": 64, "maps": (*SHAPE["maps"], 4), "features": (12, *SHAPE["features"])}


def networks(channels=3, **changes):
    config = StyleGAN2Config(**{**SHAPE, "channels": channels, **changes})
    torch.manual_seed(3)
    found = FAMILY.generator(config), FAMILY.discriminator(config), FAMILY.encoder(config)
    for network in found:
        for each in network.parameters():
            torch.nn.init.normal_(each, 0, 1 if each.dim() > 1 else 0.3)  # so that no zeros can hide a mistake
    return found


@pytest.mark.parametrize("channels", [1, 3])
@torch.no_grad()
def test_grown_networks_first_do_what_those_of_half_the_size_did(channels):
    generator, discriminator, encoder = networks(channels)
    config = StyleGAN2Config(**{**LARGER, "channels": channels})
    drawing, judging, finding = FAMILY.grown(config, generator, discriminator, encoder)
    z, c = torch.randn(5, 4), torch.eye(2)[[0, 1, 1, 0, 1]]
    x, drawn = torch.rand(2, 5, channels, 64, 64) * 2 - 1
    points = {"z": z, "class": c}
    small = generator.draw(generator.styles(points), points)
    picture = drawing.draw(drawing.styles(points), points)
    assert picture.shape == (5, channels, 64, 64)
    torch.testing.assert_close(picture, interpolate(small, scale_factor=2, mode="bilinear"))
    assert small.std() > 0.05
    for after, before in (
        (judging(x, c), discriminator(halved(x), c)),
        (finding(x, c), encoder(halved(x), c)),
        (finding.infer(x)[1], encoder.infer(halved(x))[1]),
        (finding.correct(x, drawn, z, c), encoder.correct(halved(x), halved(drawn), z, c)),
    ):
        torch.testing.assert_close(after, before, atol=1e-4, rtol=1e-4)
        assert before.std() > 0.05


def test_what_the_new_layers_add_can_be_learnt():
    drawing, judging, finding = FAMILY.grown(StyleGAN2Config(**LARGER), *networks())
    points = {"z": torch.randn(3, 4), "class": torch.eye(2)[[0, 1, 1]]}
    x = drawing.train()(points)
    (judging(x, points["class"]).sum() + finding.correct(x, x * 0.5, points["z"], points["class"]).square().sum()).backward()
    new = [
        drawing.blocks[-1].colour.weight,
        judging.trunk[2].second.weight,
        judging.trunk[2].skip.weight,
        finding.difference.weight,
    ]
    assert all(each.grad is not None and (each.grad != 0).float().mean() > 0.4 for each in new)


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden": 9},
        {"size": 128, "maps": (*LARGER["maps"], 4), "features": (12, *LARGER["features"])},
        {"maps": (9, 6, 6, 4, 4)},
    ],
)
def test_networks_of_another_shape_are_not_grown(changes):
    assert FAMILY.grown(StyleGAN2Config(**{**LARGER, **changes}), *networks()) is None


def test_too_few_maps_to_carry_the_picture_are_refused():
    with pytest.raises(ZscapeError, match=r"first of features is 11; .* at least 12"):
        FAMILY.grown(StyleGAN2Config(**{**LARGER, "features": (11, *SHAPE["features"])}), *networks())


def test_runs_begin_alike_with_a_model_of_half_the_size(tmp_path):
    images = np.random.default_rng(0).integers(0, 255, (12, 64, 64, 3), np.uint8)
    data = Dataset("dots", images, np.arange(12) % 2, ("one", "two"), "ours")
    shape, larger = ({name: value for name, value in each.items() if name != "classes"} for each in (SHAPE, LARGER))
    small = TrainConfig("small", "stylegan2", shape, "dots", steps=1, batch=4, publish_seconds=0)
    first = finish(train(small, data, tmp_path / "small"))
    config = replace(small, name="large", model=larger)
    one, other = (load_model(finish(train(config, data, tmp_path / name, start=first))) for name in ("one", "other"))
    assert one.spec.image_shape == (3, 64, 64)
    assert (one.spec.step, one.spec.images) == (2, 8)
    assert one.spec.recorded["start"]["sha256"] == load_model(first).spec.sha256
    assert one.spec.sha256 == other.spec.sha256
