"""StyleGAN2's layers compared with the paper's equations, and how the family uses class, style and noise."""

import pytest
import torch
from torch.nn.functional import avg_pool2d, conv2d, interpolate

from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.families.stylegan2 import StyleGAN2Config, StyleGAN2Generator
from zscape.models.families.stylegan2.layers import ModulatedConv, ToColour, blur, doubled, halved

SMALL = {"z_size": 5, "w_size": 7, "mapping": 2, "classes": 3, "maps": (12, 10, 8, 6), "features": (4, 6, 8, 10), "hidden": 8}


def own_weights(conv, s, demodulate=True):
    """Equations 1 and 3 as written: separate weights for each image, [N, out, in, 3, 3]."""
    w = (conv.weight * conv.scale)[None] * s[:, None, :, None, None]
    return w * torch.rsqrt(w.square().sum((2, 3, 4), keepdim=True) + 1e-8) if demodulate else w


def test_a_modulated_convolution_is_that_of_equations_1_and_3():
    torch.manual_seed(0)
    conv, x, s = ModulatedConv(4, 6), torch.randn(3, 4, 9, 9), torch.randn(3, 4)
    wanted = torch.cat([conv2d(each[None], w, padding=1) for each, w in zip(x, own_weights(conv, s), strict=True)])
    torch.testing.assert_close(conv(x, s) * conv.factors(s)[:, :, None, None], wanted, rtol=1e-4, atol=1e-5)


def test_a_convolution_that_doubles_is_zeros_between_the_pixels_then_both_filters():
    torch.manual_seed(0)
    conv, x, s = ModulatedConv(4, 6, up=True), torch.randn(2, 4, 5, 5), torch.randn(2, 4)
    spread = torch.zeros(2, 4, 9, 9)
    spread[:, :, ::2, ::2] = x
    weights = own_weights(conv, s, demodulate=False).flip(3, 4)
    full = torch.cat([conv2d(each[None], w, padding=2) for each, w in zip(spread, weights, strict=True)])
    torch.testing.assert_close(conv(x, s), blur(full, 4.0), rtol=1e-4, atol=1e-5)


def test_the_step_to_colour_is_a_modulated_convolution_without_demodulation():
    torch.manual_seed(0)
    colour, x, s = ToColour(4, 3), torch.randn(2, 4, 5, 5), torch.randn(2, 4)
    wanted = torch.einsum("nihw,oi,ni->nohw", x, colour.weight * colour.scale, s)
    torch.testing.assert_close(colour(x, s), wanted, rtol=1e-4, atol=1e-5)


def test_halving_and_doubling_keep_even_pictures_and_what_is_between():
    flat = torch.full((1, 2, 8, 8), 3.0)
    torch.testing.assert_close(halved(flat)[:, :, 1:-1, 1:-1], torch.full((1, 2, 2, 2), 3.0))
    x = torch.randn(1, 2, 6, 6)
    torch.testing.assert_close(doubled(x), interpolate(x, scale_factor=2, mode="bilinear"))


@pytest.mark.parametrize(("class_path", "shared"), [("layers", True), ("mapping", False), ("both", False)])
def test_the_styles_know_the_class_only_where_it_enters_the_mapping(class_path, shared):
    torch.manual_seed(0)
    generator = StyleGAN2Generator(StyleGAN2Config(32, class_path=class_path, **SMALL)).eval()
    z, classes = torch.randn(1, 5).expand(3, 5), torch.eye(3)
    with torch.no_grad():
        styles = generator.styles({"z": z, "class": classes})
    assert styles.shape == (3, 8, 7)
    assert torch.equal(styles[0], styles[1]) == shared


def test_each_layer_of_the_styles_changes_the_picture_and_the_later_ones_finer_detail():
    torch.manual_seed(0)
    config = StyleGAN2Config(32, noise=False, **SMALL)
    generator = StyleGAN2Generator(config).eval()
    points = {"z": torch.randn(1, 5), "class": torch.eye(3)[:1]}
    with torch.no_grad():
        styles = generator.styles(points).clone()
        plain = generator.draw(styles, points)
        for layer in range(config.layers):
            moved = styles.clone()
            moved[:, layer] += 1
            assert not torch.equal(generator.draw(moved, points), plain), layer


def test_noise_comes_from_its_seed_and_can_be_off():
    torch.manual_seed(0)
    generator = StyleGAN2Generator(StyleGAN2Config(32, **SMALL)).eval()
    for block in generator.blocks:
        block.layer.noise_strength.data.fill_(1.0)
    points = {"z": torch.randn(1, 5), "class": torch.eye(3)[:1]}
    rows = {"one": [0, 1, 1.0, 0, 0, 0], "again": [0, 1, 1.0, 0, 0, 0], "two": [0, 2, 1.0, 0, 0, 0], "off": [0, 1, 0.0, 0, 0, 0]}
    with torch.no_grad():
        drawn = {name: generator({**points, "noise": torch.tensor([row])}) for name, row in rows.items()}
        without = generator(points)
    assert torch.equal(drawn["one"], drawn["again"])
    assert not torch.equal(drawn["one"], drawn["two"])
    assert torch.equal(drawn["off"], without)


def test_a_preview_is_what_earlier_blocks_tell_of_the_picture():
    torch.manual_seed(0)
    config = StyleGAN2Config(32, noise=False, **SMALL)
    generator = StyleGAN2Generator(config).eval()
    points, others = ({"z": torch.randn(n, 5), "class": torch.eye(3)[torch.arange(n) % 3]} for n in (40, 6))
    with torch.no_grad():
        pictures, wanted = generator(points), generator(others)
        preview = generator.preview_twin(torch.float32, 1, points, pictures)
        drawn = preview(others)
    assert drawn.shape == wanted.shape
    assert torch.allclose(drawn, preview.draw(preview.styles(others), others))
    off = (avg_pool2d(drawn, 2) - avg_pool2d(wanted, 2)).square().mean()
    assert off < 0.5 * avg_pool2d(wanted, 2).var()  # for points it was not fitted to
    assert generator.preview_twin(torch.float32, 2, points, pictures) is None  # it would have 8 pixels a side


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 48},
        {"channels": 2},
        {"w_size": 0},
        {"mapping": 99},
        {"class_path": "nowhere"},
        {"maps": (8,)},
        {"features": (0,) * 5},
    ],
    ids=str,
)
def test_a_config_out_of_range_is_refused_in_one_line(changes):
    with pytest.raises(ZscapeError) as caught:
        StyleGAN2Config(**changes)
    assert "\n" not in str(caught.value)


def test_its_inputs_are_latent_classes_styles_and_noise():
    family = FAMILIES["stylegan2"]
    names = [each.kind for each in family.inputs(StyleGAN2Config(32, **SMALL), ("a", "b", "c"))]
    assert names == ["latent", "classes", "styles", "noise"]
    assert [each.kind for each in family.inputs(StyleGAN2Config(32, noise=False, **SMALL), ("a", "b", "c"))] == names[:3]


def test_the_filter_has_both_its_derivatives():
    x = torch.randn(2, 3, 6, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True)
    assert torch.autograd.gradcheck(lambda x: blur(x, 4.0), x)
    assert torch.autograd.gradgradcheck(lambda x: blur(x, 4.0).square(), x)
