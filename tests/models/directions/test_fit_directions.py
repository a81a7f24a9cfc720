"""The step of a measured attribute has the size it states, and its direction is turned so that pictures keep their class."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

import zscape
from zscape.models.data.attributes import measure
from zscape.models.directions.find import find
from zscape.models.families.base import Encoder
from zscape.models.progress import finish

SIDE = 8


class Halves(nn.Module):
    """Class a is lighter on the left, class b on the right. z[0] and z[1] both lighten the picture; z[1] also swaps the sides."""

    def forward(self, z, c):
        light = 0.1 * z[:, 0] + 0.1 * z[:, 1] + 0.02 * z[:, 0].square()
        contrast = (c[:, 0] - c[:, 1]) * (0.25 - 0.15 * z[:, 1])
        side = torch.cat([torch.ones(SIDE // 2), -torch.ones(SIDE // 2)])
        rows = 0.5 + 0.5 * torch.tanh(light[:, None] + contrast[:, None] * side)
        return rows[:, None, None].expand(-1, 1, SIDE, -1) + 0 * z[:, :1, None, None]


class Sides(Encoder):
    """Classifies by the difference between the sides, with soft logits."""

    classifies = True

    def infer(self, x, c=None):
        half = x.shape[3] // 2
        contrast = x[..., :half].mean((1, 2, 3)) - x[..., half:].mean((1, 2, 3))
        return x.new_zeros(len(x), 3), torch.stack([5 * contrast, -5 * contrast], 1)


def model(encoder=None, net=None, classes=True):
    inputs = [zscape.Latent("z", 3), *([zscape.Classes("class", ["a", "b"])] if classes else [])]
    made = zscape.wrap((net or Halves()).eval(), inputs, image_range=(0, 1), name="halves", device="cpu")
    made.inner = replace(made.inner, encoder=encoder)
    return made


def found(one, seed=0):
    return next(each for each in finish(find(one.inner, ["attributes"], samples=1500, seed=seed, device="cpu")).directions)


def after(one, direction, amount):
    """(share of new pictures whose sides still show their class, mean rise in brightness in standard deviations)."""
    one.inner = replace(one.inner, directions=(direction,))
    one.runner.serves(one.inner, "cpu")
    points = one.points(800, seed=99)
    drawn = [one.draw(each) for each in (points, one.move(points, direction.name, amount))]
    lighter_left = drawn[1][:, :, : SIDE // 2].mean((1, 2, 3)) > drawn[1][:, :, SIDE // 2 :].mean((1, 2, 3))
    rise = measure(drawn[1])[direction.name] - measure(drawn[0])[direction.name]
    return float((lighter_left == (points["class"][:, 0] > 0.5)).mean()), float(rise.mean() / direction.provenance["sd"])


def test_two_of_a_step_raise_the_attribute_by_two_and_the_class_stays_where_an_encoder_reads_it():
    plain, with_encoder = model(), model(Sides())
    straight, turned = found(plain), found(with_encoder)
    assert straight.name == turned.name == "brightness"
    assert "turned" not in straight.provenance
    assert turned.provenance["turned"] > 0
    (before, rise), (kept, same_rise) = after(plain, straight, 2.0), after(with_encoder, turned, 2.0)
    assert rise == pytest.approx(2, abs=0.15)
    assert same_rise == pytest.approx(2, abs=0.15)
    assert 1 - kept < 0.6 * (1 - before)
    assert turned.provenance["normal"] == straight.provenance["normal"]
    assert turned.provenance["sd"] == straight.provenance["sd"]


def test_the_same_seed_turns_the_same_way():
    assert found(model(Sides()), seed=4) == found(model(Sides()), seed=4)


class Light(nn.Module):
    """z[0] makes the picture lighter, increasingly so; the sides always show the class, whatever z is."""

    def forward(self, z, c=None):
        way = torch.zeros(len(z)) if c is None else c[:, 0] - c[:, 1]
        side = torch.cat([torch.ones(SIDE // 2), -torch.ones(SIDE // 2)])
        light = 0.2 + 0.1 * torch.exp(z[:, :1] / 3) + 0.1 * way[:, None] * side
        return light[:, None, None].expand(-1, 1, SIDE, -1)


def test_without_classes_or_where_the_class_stays_by_itself_a_step_is_only_made_as_long_as_it_says():
    for one in (model(net=Light(), classes=False), model(Sides(), net=Light())):
        direction = found(one)
        assert "turned" not in direction.provenance
        assert direction.provenance["scaled"] < 0.95
        assert abs(np.array(direction.vector)[0]) > 20 * np.abs(np.array(direction.vector)[1:]).max()


class Blocked(Halves):
    """`Halves` without gradients."""

    def forward(self, z, c):
        return super().forward(z, c).detach()


def test_where_no_gradient_flows_nothing_is_turned():
    assert "turned" not in found(model(Sides(), net=Blocked())).provenance


def test_fitting_that_is_closed_early_stops():
    work = find(model(Sides()).inner, ["attributes"], samples=1500, device="cpu")
    while "classes" not in next(work).label:
        pass
    work.close()
    with pytest.raises(StopIteration):
        next(work)
