"""Encoders that also find the class, in the same pass."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from recipes import inputs
from torch.nn.functional import one_hot

from zscape.models.families.projection import ProjectionConfig, ProjectionEncoder, ProjectionGenerator
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.encoding import encode
from zscape.models.inference.runner import to_uint8
from zscape.models.progress import finish

CONFIG = ProjectionConfig(z_size=4, classes=3, maps=(6, 4, 3), features=(3, 4, 5), hidden=12)


def make_model():
    torch.manual_seed(4)
    generator, encoder = ProjectionGenerator(CONFIG).eval(), ProjectionEncoder(CONFIG).eval()
    for norm in generator.norms:  # so that pictures differ by class and latent
        torch.nn.init.normal_(norm.bias.weight, 0, 2)
    with torch.no_grad():
        generator.last.weight.mul_(30)
    return Model(Spec("tiny", "projection", {}, inputs(4, tuple("abc")), (1, 28, 28)), generator.requires_grad_(False), encoder)


def drawn(model, count):
    z = torch.randn(count, 4, generator=torch.Generator().manual_seed(0))
    return to_uint8(model.generator({"z": z, "class": torch.eye(3)[np.arange(count) % 3]}))


def see(encoder, label, logit):
    """Make `encoder` classify every image as `label`, with this logit against 0 for the others."""
    last = encoder.classify[-1]
    torch.nn.init.zeros_(last.weight)
    last.bias.data = logit * torch.eye(3)[label]


def test_one_pass_gives_the_latent_of_the_class_it_sees():
    encoder = make_model().encoder
    x = torch.rand(5, 1, 28, 28) * 2 - 1
    with torch.no_grad():
        z, logits = encoder.infer(x)
        c = one_hot(logits.argmax(1), 3).float()
        assert torch.allclose(z, encoder(x, c), atol=1e-6)
        other = c.roll(1, 1)
        given, same = encoder.infer(x, other)
        assert torch.allclose(given, encoder(x, other), atol=1e-6)
        assert torch.equal(same, logits)
        assert not torch.allclose(given, z, atol=1e-3)


def test_a_class_that_is_sure_is_taken_after_one_look_at_each_image():
    model = make_model()
    see(model.encoder, 1, 9.0)
    images, looks = drawn(model, 7), []
    model.encoder.trunk.register_forward_pre_hook(lambda _, inputs: looks.append(len(inputs[0])))
    model.encoder.trunk.layers[0].register_forward_pre_hook(lambda _, inputs: looks.append(len(inputs[0])))
    found = finish(encode(model, images, None, device="cpu"))
    assert found.labels.tolist() == [1] * 7
    assert looks == [7] * model.encoder.passes
    given = finish(encode(model, images, np.ones(7, np.int64), device="cpu"))
    np.testing.assert_allclose(found.z, given.z, atol=1e-5)
    np.testing.assert_array_equal(found.reconstruction, given.reconstruction)


@pytest.mark.parametrize("count", [1, 120])
def test_where_it_is_not_sure_every_class_is_tried(count):
    model = make_model()
    see(model.encoder, 0, 0.0)  # all classes equally likely: the closest reconstruction decides
    images = drawn(model, count)
    under = [finish(encode(model, images, np.full(count, k), device="cpu")).mse for k in range(3)]
    found = finish(encode(model, images, None, device="cpu"))
    np.testing.assert_allclose(found.mse, np.min(under, axis=0), atol=1e-5)
    assert np.mean(found.labels == np.argmin(under, axis=0)) > 0.9
    assert count == 1 or len(set(found.labels.tolist())) > 1


def test_probability_and_closeness_are_weighed():
    model = make_model()
    images = drawn(model, 60)
    images = images // 2 + np.roll(images, 1, 0) // 2  # a blend of two pictures
    labels = []
    for logit in (0.0, 1.0, 2.5):  # below the probability at which a class is accepted without trying others
        see(model.encoder, 2, logit)
        labels.append(finish(encode(replace(model), images, None, device="cpu")).labels)
    seen = [int((found == 2).sum()) for found in labels]
    assert seen[0] < seen[1] <= seen[2]
    assert all(more[found == 2].tolist() == [2] * count for found, more, count in zip(labels, labels[1:], seen, strict=False))
