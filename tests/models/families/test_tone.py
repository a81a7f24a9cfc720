"""The tone curve gives drawn pictures the histogram of real ones."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.data.dataset import Dataset
from zscape.models.families.layers.tone import KNOTS, REACH, LookedUp, Tone, bent, measured, raw
from zscape.models.files.checkpoint import load_model
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.averaging import recalibrated
from zscape.models.training.gan.gan_networks import GANNetworks
from zscape.models.training.gan.losses import chi_square
from zscape.models.training.train import train

seeds = st.integers(0, 10_000)


def pictures(seed, count=4000):
    """Grey levels of strokes: mostly paper, some ink, and a few values between."""
    random = np.random.RandomState(seed)
    levels = np.concatenate([np.zeros(count * 3), random.randint(0, 256, count), np.full(count // 2, 253)])
    return levels.astype(np.uint8)


@given(seeds, st.floats(0.3, 4))
@settings(max_examples=25)
def test_the_curve_rises_and_gives_real_histograms(seed, spread):
    levels = pictures(seed)
    y = raw(spread * torch.randn(20_000, generator=torch.Generator().manual_seed(seed)))
    curve = measured(y, torch.from_numpy(np.bincount(levels, minlength=256)))
    assert curve.shape == (KNOTS,)
    assert (curve.diff() >= 0).all()
    assert curve.abs().max() <= 1
    real = torch.from_numpy(levels).float() / 127.5 - 1
    found = (bent(y, curve) * 127.5 + 127.5).round() / 127.5 - 1
    assert chi_square(found, real) < 0.25 * chi_square(y.clamp(-1, 1), real)


@given(seeds)
@settings(max_examples=25)
def test_without_a_measurement_it_is_a_tanh_cut_at_black_and_white(seed):
    x = 3 * torch.randn(2, 1, 5, 5, generator=torch.Generator().manual_seed(seed))
    tone = Tone()
    wanted = raw(x).clamp(-1, 1)
    torch.testing.assert_close(tone.eval()(x), wanted, atol=1e-5, rtol=0)
    torch.testing.assert_close(tone.train()(x), wanted)


def test_between_knots_it_is_linear_with_gradients():
    curve = torch.linspace(-1, 1, KNOTS) ** 3
    y = torch.tensor([-REACH, -0.4987, 0.1234, 0.9912, REACH], dtype=torch.float64).requires_grad_()
    torch.autograd.gradcheck(lambda each: bent(each, curve.double()), y[1:4].detach().requires_grad_())
    knots = torch.linspace(-REACH, REACH, KNOTS)
    np.testing.assert_allclose(bent(y.detach(), curve.double()), np.interp(y.detach(), knots, curve), atol=1e-5)


@pytest.mark.parametrize("known", [True, False])
def test_the_averaged_generator_is_toned_where_the_pixels_are_known(known):
    images = pictures(1)[: 20 * 784].repeat(2)[: 20 * 784].reshape(20, 28, 28, 1)
    data = Dataset("strokes", images, np.arange(20) % 2, ("a", "b"), "ours")
    model = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
    config = TrainConfig("tiny", "projection", model, "strokes", steps=1, batch=4)
    run = GANNetworks(config, config.built(2), data, torch.device("cpu"))
    levels = torch.from_numpy(np.bincount(images.ravel(), minlength=256)) if known else None
    generator = list(recalibrated(run.average, run.space, batches=3, levels=levels))[-1]
    z, c = torch.randn(60, 3), torch.eye(2)[torch.arange(60) % 2]
    with torch.no_grad():
        drawn = (generator({"z": z, "class": c}) * 127.5 + 127.5).round() / 127.5 - 1
    assert (chi_square(drawn, torch.from_numpy(images).float() / 127.5 - 1) < 0.1) == known


@pytest.mark.parametrize("wanted", [True, False])
def test_a_run_leaves_the_grey_levels_where_its_config_says_so(tmp_path, wanted):
    images = pictures(1)[: 20 * 784].reshape(20, 28, 28, 1)
    data = Dataset("strokes", images, np.arange(20) % 2, ("a", "b"), "ours")
    model = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
    config = TrainConfig("tiny", "projection", model, "strokes", steps=1, batch=4, publish_seconds=0, tone_curve=wanted)
    generator = load_model(finish(train(config, data, tmp_path / "run"))).generator
    z, c = torch.randn(60, 3, generator=torch.Generator().manual_seed(0)), torch.eye(2)[torch.arange(60) % 2]
    with torch.no_grad():
        drawn = (generator({"z": z, "class": c}) * 127.5 + 127.5).round() / 127.5 - 1
    assert (chi_square(drawn, torch.from_numpy(images).float() / 127.5 - 1) < 0.1) == wanted


def test_looked_up_it_is_the_same_for_every_bfloat16_number():
    torch.manual_seed(0)
    tone = Tone().eval()
    tone.curve.copy_(torch.rand(KNOTS).mul(2).sub(1).sort().values)
    numbers = torch.cat([torch.randn(3, 100) * 4, torch.tensor([[0.0, -0.0], [torch.inf, -torch.inf], [3e38, -3e38]])], 1)
    numbers = numbers.bfloat16()
    found = LookedUp(tone)(numbers.t())
    assert found.dtype == torch.float32
    assert torch.equal(found, tone(numbers.t().float()))
    assert LookedUp(tone)(torch.tensor([torch.nan]).bfloat16()).isnan().all()  # a broken model must be noticed, not hidden
