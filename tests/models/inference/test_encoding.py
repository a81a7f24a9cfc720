"""From pictures to latents and back."""

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGANConfig, DCGANEncoder, DCGANGenerator
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.encoding import encode, restyle
from zscape.models.inference.runner import to_uint8
from zscape.models.progress import finish


def make_model(classes=3, encoder=True):
    """A model whose generator draws high-contrast pictures that differ by class, with an untrained encoder."""
    torch.manual_seed(4)
    config = DCGANConfig(z_size=4, classes=classes, hidden=12, generator_maps=(6, 4), discriminator_maps=(3, 4))
    generator = DCGANGenerator(config)
    with torch.no_grad():
        for part in (generator.linear, generator.project, *generator.ups):
            part.weight.mul_(8)
    names = tuple("abc"[:classes])
    spec = Spec("tiny", "dcgan", {}, inputs(4, names), (1, 28, 28))
    return Model(spec, generator.eval().requires_grad_(False), DCGANEncoder(config).eval() if encoder else None)


def drawn(model, count, seed=0):
    """Pictures that the generator drew, their latents and classes."""
    z = torch.randn(count, 4, generator=torch.Generator().manual_seed(seed))
    labels = np.arange(count) % len(model.spec.class_names)
    c = torch.eye(len(model.spec.class_names))[labels]
    return to_uint8(model.generator({"z": z, "class": c})), z.numpy(), labels


@pytest.mark.parametrize("count", [1, 5, 250])
def test_encoding_gives_one_row_an_image_and_its_true_error(count):
    model = make_model()
    images, _, labels = drawn(model, count)
    encoded = finish(encode(model, images, labels, device="cpu"))
    assert encoded.z.shape == (count, 4)
    assert encoded.z.dtype == np.float32
    assert encoded.reconstruction.shape == images.shape
    assert encoded.labels.tolist() == labels.tolist()
    assert encoded.losses == ()
    squares = ((encoded.reconstruction / 255.0 - images / 255.0) ** 2).reshape(count, -1).mean(1)
    np.testing.assert_allclose(encoded.mse, squares)
    with torch.no_grad():
        again = model.generator({"z": torch.from_numpy(encoded.z), "class": torch.eye(3)[labels]})
    assert np.abs(to_uint8(again).astype(int) - encoded.reconstruction).max() <= 1


def test_the_class_found_is_the_one_that_reconstructs_best():
    model = make_model()
    images, _, _ = drawn(model, 37)
    under = [finish(encode(model, images, np.full(37, k), device="cpu")).mse for k in range(3)]
    found = finish(encode(model, images, None, device="cpu"))
    np.testing.assert_allclose(found.mse, np.min(under, axis=0), atol=1e-5)
    assert len(set(found.labels.tolist())) > 1
    assert np.mean(found.labels == np.argmin(under, axis=0)) > 0.9


def test_refinement_comes_closer_for_every_image_and_tells_its_loss():
    model = make_model()
    images, _, labels = drawn(model, 6)
    before = finish(encode(model, images, labels, device="cpu"))
    signs = []
    work = encode(model, images, labels, refine=40, device="cpu")
    try:
        while True:
            signs.append(next(work))
    except StopIteration as stop:
        after = stop.value
    assert (after.mse <= before.mse).all()
    assert after.mse.mean() < 0.5 * before.mse.mean()
    assert len(after.losses) == 40
    assert after.losses[-1] < after.losses[0]
    refining = [sign for sign in signs if sign.label == "Refining"]
    assert (refining[-1].done, refining[-1].total) == (240, 240)
    assert [sign.figures["loss"] for sign in refining] == pytest.approx(list(after.losses))


def test_encoding_in_a_batch_changes_nothing_for_an_image():
    model = make_model()
    images, _, labels = drawn(model, 3)
    together = finish(encode(model, images, labels, refine=10, device="cpu"))
    alone = finish(encode(model, images[1:2], labels[1:2], refine=10, device="cpu"))
    np.testing.assert_allclose(alone.z[0], together.z[1], atol=1e-3)


def test_restyling_draws_every_class_from_the_style_found():
    model = make_model()
    images, _, labels = drawn(model, 4)
    encoded = finish(encode(model, images, labels, device="cpu"))
    restyled = restyle(model, encoded, device="cpu")
    assert restyled.shape == (4, 3, 28, 28, 1)
    assert restyled.dtype == np.uint8
    own = restyled[np.arange(4), labels].astype(int)
    assert np.abs(own - encoded.reconstruction).max() <= 1
    assert not np.array_equal(restyled[:, 0], restyled[:, 1])


def test_an_unconditional_model_encodes_too():
    model = make_model(classes=1)
    images, _, _ = drawn(model, 2)
    assert finish(encode(model, images, None, device="cpu")).labels.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("images", "labels", "said"),
    [
        (np.zeros((2, 28, 28), np.uint8), None, r"\[M, 28, 28, 1\]"),
        (np.zeros((2, 32, 32, 1), np.uint8), None, "32"),
        (np.zeros((2, 28, 28, 1), np.float32), None, "uint8"),
        (np.zeros((0, 28, 28, 1), np.uint8), None, r"\[0, 28"),
        (np.zeros((2, 28, 28, 1), np.uint8), np.array([0]), "labels"),
        (np.zeros((2, 28, 28, 1), np.uint8), np.array([0, 3]), "0 to 2"),
        (np.zeros((2, 28, 28, 1), np.uint8), np.array([-1, 0]), "0 to 2"),
    ],
)
def test_what_does_not_fit_the_model_is_said(images, labels, said):
    with pytest.raises(ZscapeError, match=said):
        next(encode(make_model(), images, labels, device="cpu"))


def test_a_model_without_encoder_says_how_to_get_one():
    with pytest.raises(ZscapeError, match="zscape train-encoder --model tiny"):
        next(encode(make_model(encoder=False), np.zeros((1, 28, 28, 1), np.uint8), None, device="cpu"))
