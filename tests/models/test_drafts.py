"""Which drafts moving pictures are drawn in: whole ones while there are few, what earlier layers tell while there are many."""

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference import drafts
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.styles import Styles

SPACE = Space((*inputs(5, tuple("abc")), Styles("w", 8, 7)))
SETTINGS = {"z_size": 5, "w_size": 7, "mapping": 2, "classes": 3, "maps": (8, 6, 4, 4), "features": (4, 4, 6, 6), "hidden": 8}
POINTS = resolve([Recipe.seed(seed) for seed in range(12)], SPACE, 3, 4)


@pytest.fixture
def drawn(monkeypatch):
    """drawn(seconds): the images of twelve points in a draft, where so much time is given to whole pictures, and exactly."""
    family = FAMILIES["stylegan2"]
    config = family.config(size=32, noise=False, **SETTINGS)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator = family.generator(config).eval()
    runner = GeneratorRunner(Model(Spec("styled", "stylegan2", SETTINGS, SPACE.inputs, config.image_shape), generator), "cpu")
    monkeypatch.setattr(drafts, "WORTH", 0.0)  # every kind is, however fast this machine is at it
    assert not runner.drafted(POINTS.count)  # until they are tried
    assert runner.prepare_drafts()

    def draw(seconds):
        monkeypatch.setattr(drafts, "SECONDS", seconds)
        assert runner.drafted(POINTS.count)
        return runner.draw(POINTS, draft=True).images.astype(int), runner.draw(POINTS).images.astype(int)

    return draw


def test_where_there_is_time_a_draft_is_a_whole_picture(drawn):
    draft, exact = drawn(1e9)
    assert np.abs(draft - exact).mean() < 2  # grey levels: the digits of bfloat16


def test_where_there_is_none_it_is_what_earlier_layers_tell(drawn):
    draft, exact = drawn(0.0)
    assert draft.shape == exact.shape
    steps = np.abs(np.diff(draft, axis=2)).mean(), np.abs(np.diff(exact, axis=2)).mean()
    assert steps[0] < 0.8 * steps[1]  # smoother: half the pixels a side
    halves = [each.reshape(12, 16, 2, 16, 2, -1).mean((2, 4)) for each in (draft, exact)]
    assert np.square(halves[0] - halves[1]).mean() < 0.5 * halves[1].var()  # of the same pictures
