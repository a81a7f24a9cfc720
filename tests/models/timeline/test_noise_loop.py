"""Noise loops: closed without a seam, with constant speed and the given length, on the sphere."""

import math

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.space import Space
from zscape.models.timeline.noise_loop import noise_loop
from zscape.models.timeline.text import read_timeline, timeline_text

SPACE = space(64)
Z = SPACE.first(Latent)
CENTRE = recipe(seeds=((3, 1.0),), coordinates=((2, 1.5),), truncation=0.8)


def rows(timeline, times):
    return np.stack([Z.before_truncation(timeline.at(time, SPACE).value(Z), SPACE) for time in times]).astype(float)


def angles(found):
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    return np.degrees(2 * np.arcsin(np.linalg.norm(np.diff(unit, axis=0), axis=1) / 2))


@pytest.mark.parametrize(
    ("seconds", "speed", "rate"), [(2.0, 5.0, 30), (8.0, 40.0, 30), (20.0, 90.0, 30), (120.0, 90.0, 8)], ids=str
)
def test_it_is_as_long_as_asked_as_fast_everywhere_and_has_no_seam(seconds, speed, rate):
    made = noise_loop(recipe(seeds=((3, 1.0),)), SPACE, seconds, speed)
    frames = round(seconds * rate)
    assert made.frames(frames)[-1] == pytest.approx(seconds - 1 / rate)
    found = rows(made, [*made.frames(frames), seconds])  # the last step leads from the last frame to the first
    steps = angles(found) * rate
    assert steps.mean() == pytest.approx(speed, rel=0.03)
    assert steps.min() > 0.8 * speed
    assert steps.max() < 1.2 * speed
    bends = angles(np.diff(np.concatenate([found, found[1:3]]), axis=0))
    assert bends[-3:].max() < 1.5 * bends[:-3].max()  # no corner either
    np.testing.assert_allclose(found[0], found[-1], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), np.linalg.norm(found[0]), rtol=0.01)


def test_it_begins_at_the_centre_and_moves_nothing_but_the_latent():
    made = noise_loop(CENTRE, SPACE, 4.0, 40.0)
    assert made.loop
    assert made.at(0.0, SPACE).value(Z) == made.at(4.0, SPACE).value(Z) == CENTRE.value(Z)
    for time in (1.0, 2.5):
        value = made.at(time, SPACE).value(Z)
        assert value.truncation == 0.8
        assert [name for name, _ in made.tracks] == ["z"]
    assert read_timeline(timeline_text(made)) == made


def test_it_leads_away_and_another_seed_leads_elsewhere():
    first, again, other = (noise_loop(CENTRE, SPACE, 8.0, 40.0, seed) for seed in (1, 1, 2))
    assert first == again != other
    middle = rows(first, [0.0, 4.0])
    assert 20 < angles(middle)[0] < 160


def test_every_way_that_can_be_typed_can_be_made():
    for size in (2, 3, 512):
        made = space(size)
        for seconds, speed in ((0.5, 1.0), (120.0, 90.0)):
            found = noise_loop(recipe(seeds=((1, 1.0),)), made, seconds, speed)
            value = found.at(0.4, made).value(made.first(Latent))
            assert all(map(math.isfinite, made.first(Latent).base(value)))
    zero = recipe(seeds=(), numbers=(0.0,) * 64)
    assert np.isfinite(rows(noise_loop(zero, SPACE, 2.0, 20.0), [0.0, 0.7])).all()


def test_what_cannot_be_is_said():
    for seconds, speed in ((1.0, 0.0), (1e9, 90.0), (1.0, math.nan)):
        with pytest.raises(ZscapeError, match="degrees cannot be made"):
            noise_loop(CENTRE, SPACE, seconds, speed)
    with pytest.raises(ZscapeError, match="no latent"):
        noise_loop(recipe(), Space((Numbers("pose", ("angle",), ((-1.0, 1.0),)),)), 2.0, 20.0)
