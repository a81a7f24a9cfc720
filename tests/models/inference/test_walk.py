"""The endless walk: at its speed, on the sphere, never back and forth."""

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.kinds.styles import Styles, StylesValue
from zscape.models.inputs.space import Space
from zscape.models.timeline.walk import Walk

SPACE = space(64)
Z = SPACE.first(Latent)


def way(start, steps, degrees, seed=0, of=SPACE):
    walk, found = Walk(seed), [start]
    for _ in range(steps):
        found.append(walk.step(found[-1], degrees, of))
    return found, np.stack([of.first(Latent).base(each.value(of.first(Latent))) for each in found]).astype(float)


def angles(rows):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return np.degrees(np.arccos(np.clip((unit[1:] * unit[:-1]).sum(1), -1, 1)))


@pytest.mark.parametrize("degrees", [0.1, 3.0, 30.0])
def test_each_step_is_as_long_as_asked_and_the_latent_keeps_its_length(degrees):
    _, rows = way(recipe(seeds=((3, 1.0),)), 50, degrees)
    assert angles(rows) == pytest.approx(degrees, rel=0.02, abs=0.02)
    lengths = np.linalg.norm(rows, axis=1)
    assert lengths == pytest.approx(lengths[0], rel=1e-4)


def test_it_leads_away_and_turns_as_much_in_small_steps_as_in_large_ones():
    for degrees in (0.5, 5.0):
        far = []
        for seed in range(8):
            _, rows = way(recipe(seeds=((3, 1.0),)), round(60 / degrees), degrees, seed)
            far.append(angles(rows[[0, -1]])[0])
        assert 35 < np.mean(far) < 59, degrees  # 60 if it went straight


def test_the_same_seed_goes_the_same_way_and_another_does_not():
    start = recipe(seeds=((3, 1.0),))
    first, again, other = (way(start, 5, 2.0, seed)[0][-1] for seed in (1, 1, 2))
    assert first == again != other


def test_only_where_the_latent_is_drawn_from_moves():
    start = recipe(seeds=((3, 1.0),), coordinates=((2, 1.5),), truncation=0.7)
    moved = Walk().step(start, 5.0, SPACE)
    before, after = start.value(Z), moved.value(Z)
    assert (after.coordinates, after.moves, after.truncation) == (before.coordinates, before.moves, before.truncation)
    assert moved.get("class") == start.get("class")


def test_a_hand_may_move_it_on_the_way():
    walk = Walk(5)
    walk.step(recipe(seeds=((3, 1.0),)), 2.0, SPACE)
    other = recipe(seeds=((9, 1.0),))
    rows = np.stack([Z.base(each.value(Z)) for each in (other, walk.step(other, 2.0, SPACE))])
    assert angles(rows)[0] == pytest.approx(2.0, rel=0.02)


def test_from_the_centre_it_gets_away():
    start = recipe(seeds=(), numbers=(0.0,) * 64)
    assert np.linalg.norm(Z.base(Walk().step(start, 1.0, SPACE).value(Z))) == pytest.approx(8.0, rel=1e-4)


def test_where_nothing_would_change_it_says_so():
    with pytest.raises(ZscapeError, match="no latent to walk in"):
        Walk().step(recipe(), 1.0, Space((Numbers("pose", ("angle",), ((-1.0, 1.0),)),)))
    styled = Space((Latent("z", 8), Styles("w", 2, 4)))
    stored = recipe(seeds=((1, 1.0),)).without("class").with_value("w", StylesValue(numbers=((0.0,) * 4,) * 2))
    with pytest.raises(ZscapeError, match="re-roll"):
        Walk().step(stored, 1.0, styled)
