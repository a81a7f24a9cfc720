"""Directions are kept separate from other attributes of the model, by a rule that does not depend on their names."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

import zscape
from zscape.models.directions.from_pictures import from_pictures
from zscape.models.directions.samples import sampled
from zscape.models.directions.separate import apart_from, others_than, separated
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import finish


def attribute(name, normal, vector=None, target="z"):
    return Direction(name, target, tuple(vector or normal), provenance={"normal": list(normal)})


HAT = attribute("hat", (1.0, 0.4, 0.0, 0.2))
TALL = attribute("tall", (0.0, 1.0, 0.0, 0.0))
OLD = attribute("old", (0.0, 0.3, 1.0, 0.5), (0.0, 0.0, 2.0, 0.0))


def effect(step, on):
    return float(np.dot(step.vector, on.provenance["normal"]))


def test_the_step_changes_its_own_attribute_as_before_and_the_others_not():
    apart = separated(HAT, [TALL, OLD])
    assert effect(apart, HAT) == pytest.approx(effect(HAT, HAT))
    assert effect(apart, TALL) == pytest.approx(0, abs=1e-9)
    assert effect(apart, OLD) == pytest.approx(0, abs=1e-9)
    assert sorted(apart.provenance["held"]) == ["old", "tall"]
    assert apart.provenance["normal"] == HAT.provenance["normal"]
    assert np.linalg.norm(apart.vector) < 1.5 * np.linalg.norm(HAT.vector)


def test_of_styles_that_vary_unlike_the_likeliest_step_is_taken():
    random = np.random.default_rng(0)
    root = random.normal(size=(4, 4))
    covariance = 0.1 * root @ root.T + np.eye(4)
    step = replace(HAT, vector=tuple(covariance @ HAT.provenance["normal"]))
    apart = separated(step, [TALL], covariance)
    assert effect(apart, TALL) == pytest.approx(0, abs=1e-9)
    # The likeliest one: any other step with the same effects is further from 0 in the metric of the covariance.
    found, inverse = np.array(apart.vector), np.linalg.inv(covariance)
    rows = np.array([HAT.provenance["normal"], TALL.provenance["normal"]])
    for _ in range(20):
        other = random.normal(size=4)
        other -= np.linalg.lstsq(rows, rows @ other, rcond=None)[0]
        moved = found + 0.3 * other
        assert moved @ inverse @ moved > found @ inverse @ found


def test_the_same_attribute_under_another_name_is_no_other():
    again = attribute("headgear", (0.9, 0.5, 0.1, 0.2))
    assert [each.name for each in others_than(HAT, [again, TALL])] == ["tall"]
    assert separated(HAT, [replace(HAT, name="hat 2"), replace(HAT, vector=(9.0, 0.0, 0.0, 0.0))]) == HAT


def test_what_stands_for_no_attribute_or_moves_another_input_is_left_aside():
    component = Direction("component 1", "z", (0.0, 0.0, 0.0, 1.0), method="principal components")
    assert others_than(HAT, [component, attribute("style", (0.0, 1.0, 0.0, 0.0), target="w"), attribute("short", (1.0,))]) == []


def test_others_that_would_take_most_of_the_attribute_are_left_out_most_alike_first():
    wide = attribute("wide", (1.0,) * 5)
    unit = [attribute(str(place), tuple(np.eye(5)[place])) for place in range(4)]
    less = attribute("less", (0.3, 0.0, -0.2, 0.0, 0.0))
    apart = separated(wide, [*unit, less])
    held = apart.provenance["held"]
    assert held[0] == "less"
    assert 2 <= len(held) <= 3
    assert effect(apart, wide) == pytest.approx(effect(wide, wide))
    assert effect(apart, less) == pytest.approx(0, abs=1e-9)


class Spot(nn.Module):
    """A spot on grey: z[0] moves it right, z[1] makes the background lighter, z[2] moves it down, z[3] does nothing."""

    def forward(self, z):
        places = torch.arange(12).float()
        across, down = (torch.exp(-((places - 5.5 - 3 * z[:, k, None].tanh()) ** 2) / 3) for k in (0, 2))
        ground = 0.3 + 0.1 * z[:, 1].clamp(-2, 2)
        return (ground[:, None, None] + 0.5 * down[:, :, None] * across[:, None, :])[:, None]


@pytest.fixture(scope="module")
def spot():
    return zscape.wrap(Spot().eval(), [zscape.Latent("z", 4)], image_range=(0, 1), name="spot", device="cpu")


def axis(name, place, way=1.0):
    return attribute(name, tuple(way * np.eye(4)[place]))


def test_what_turns_the_attribute_itself_or_excludes_it_is_not_held(spot):
    runner = GeneratorRunner(spot.inner, "cpu")
    samples = finish(sampled(runner, 100, 0))
    others = [axis("light", 1), axis("east", 0), axis("west", 0, -1), axis("low", 2)]

    def read(images):  # whether the right half is lighter than the left
        pixels = torch.from_numpy(images.astype(np.float32))
        return (pixels[:, :, 6:].mean((1, 2, 3)) > pixels[:, :, :6].mean((1, 2, 3))).float()

    kept = finish(apart_from(runner, samples, others, samples.rows[:, 0] > 0, read))
    assert [each.name for each in kept] == ["light", "low"]


class Opaque(Spot):
    """The same spot, without gradients."""

    @torch.no_grad()
    def forward(self, z):
        return super().forward(z)


def test_what_two_folders_differ_in_by_chance_does_not_get_into_the_direction(spot, tmp_path, monkeypatch):
    """With gradients, the height stays although no direction for it is known; without gradients, it stays only if one is."""
    monkeypatch.setattr("zscape.models.directions.from_pictures.SAMPLES", 1500)
    monkeypatch.setattr("zscape.models.directions.from_pictures.STEPS", 50)
    monkeypatch.setattr("zscape.models.directions.steered.STEPS", 60)
    points = spot.points(400, seed=5)
    z = points["z"]
    right = z[:, 0] > 0.3
    sides = {"with": right & (z[:, 2] > -0.4), "without": ~right & (z[:, 2] < 0.4)}  # those on the right are also lower
    for name, some in sides.items():
        np.savez(tmp_path / f"{name}.npz", images=spot.draw(points)[some][:50])
    opaque = zscape.wrap(Opaque().eval(), [zscape.Latent("z", 4)], image_range=(0, 1), name="opaque", device="cpu")

    def found(model, known=()):
        one = finish(from_pictures(model.inner, tmp_path / "with.npz", tmp_path / "without.npz", "right", "cpu", known))
        return np.array(one.vector) / np.linalg.norm(one.vector), one.provenance

    (plain, _), (apart, about) = found(opaque), found(opaque, (axis("low", 2),))
    assert abs(plain[2]) > 0.05
    assert set(about["held"]) == {"low", "brightness"}
    assert apart[2] == pytest.approx(0, abs=1e-6)
    assert apart[0] > 0.95
    least, about = found(spot)
    assert about["steered"]
    assert abs(least[2]) < 0.3 * abs(plain[2])
    assert least[0] > 0.95
