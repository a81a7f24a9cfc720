"""Refinement brings the reconstruction closer to the picture, with or without keeping the style."""

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.families.dcgan import DCGANConfig, DCGANEncoder, DCGANGenerator
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.encoding import encode, restyle
from zscape.models.inference.runner import to_uint8
from zscape.models.progress import finish


def make_model(classes=4):
    torch.manual_seed(4)
    config = DCGANConfig(z_size=16, classes=classes, hidden=24, generator_maps=(6, 4), discriminator_maps=(3, 4))
    generator = DCGANGenerator(config)
    with torch.no_grad():
        for part in (generator.linear, generator.project, *generator.ups):
            part.weight.mul_(8)
    spec = Spec("tiny", "dcgan", {}, inputs(16, tuple("abcd"[:classes])), (1, 28, 28))
    return Model(spec, generator.eval().requires_grad_(False), DCGANEncoder(config).eval())


def drawn(model, count):
    z = torch.randn(count, 16, generator=torch.Generator().manual_seed(1))
    labels = np.arange(count) % len(model.spec.class_names)
    return to_uint8(model.generator({"z": z, "class": torch.eye(len(model.spec.class_names))[labels]})), labels


def coarse(images):
    """uint8 [M, K, 28, 28, 1] -> the means of 4x4 squares."""
    return images.reshape(*images.shape[:2], 7, 4, 7, 4).mean((3, 5))


def test_a_kept_style_changes_the_other_classes_less_and_still_comes_closer(monkeypatch):
    monkeypatch.setattr("zscape.models.inference.refinement.STYLE", 30)  # the classes of an untrained generator look almost alike
    model = make_model()
    images, labels = drawn(model, 12)
    before = finish(encode(model, images, labels, device="cpu"))
    start = coarse(restyle(model, before, device="cpu"))
    others = np.arange(4)[None] != labels[:, None]
    moved = {}
    for keep in (True, False):
        after = finish(encode(model, images, labels, refine=40, device="cpu", keep_style=keep))
        assert after.mse.mean() < 0.8 * before.mse.mean()
        assert after.losses[-1] < after.losses[0]
        moved[keep] = np.abs(coarse(restyle(model, after, device="cpu")) - start)[others].mean()
    assert moved[True] < 0.9 * moved[False]


@pytest.mark.parametrize("keep", [True, False])
def test_progress_reports_loss_and_error(keep):
    model = make_model()
    images, labels = drawn(model, 3)
    work = encode(model, images, labels, refine=5, device="cpu", keep_style=keep)
    figures = [sign.figures for sign in work if sign.label == "Refining"]
    before = finish(encode(model, images, labels, device="cpu"))
    assert len(figures) == 5
    assert figures[0]["mse"] == pytest.approx(before.mse.mean(), abs=1e-4)
    assert all(sign["loss"] > 4 * sign["mse"] for sign in figures)  # the loss is over pixels from -1 to 1, and includes the prior


def test_without_other_classes_there_is_nothing_to_keep():
    model = make_model(classes=1)
    images, labels = drawn(model, 2)
    kept, free = (finish(encode(model, images, labels, refine=3, device="cpu", keep_style=keep)) for keep in (True, False))
    np.testing.assert_array_equal(kept.z, free.z)


def test_what_was_found_first_is_not_overwritten():
    model = make_model()
    images, labels = drawn(model, 3)
    images = 255 - images
    found = finish(encode(model, images, labels, device="cpu"))
    refined = finish(encode(model, images, labels, refine=1, device="cpu"))
    worse = refined.mse >= found.mse
    np.testing.assert_array_equal(refined.z[worse], found.z[worse])
    assert (refined.mse <= found.mse).all()
