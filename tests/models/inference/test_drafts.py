"""Drafts of moving pictures: whole pictures while there are few, a preview from earlier layers while there are many."""

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference import drafts
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

SHARED = {"z_size": 5, "classes": 3, "features": (4, 4, 6, 6), "hidden": 8}
STYLED = {**SHARED, "size": 32, "w_size": 7, "mapping": 2, "maps": (8, 6, 4, 4), "noise": False}
SETTINGS = {"stylegan2": STYLED, "projection": {**SHARED, "size": 64, "maps": (8, 6, 6, 4, 4), "features": (4, 4, 6, 6, 6)}}
"""The families that can draw drafts from earlier layers."""
SPACES = {"stylegan2": Space((*inputs(5, tuple("abc")), Styles("w", 8, 7))), "projection": Space(inputs(5, tuple("abc")))}


@pytest.fixture(params=SETTINGS)
def drawn(request, monkeypatch):
    """drawn(seconds): the images of twelve points, as a draft with this time for whole pictures, and exactly.

    drawn(seconds, count): only the draft, float32 in [-1, 1], as part of a sheet of `count` images.
    """
    family, space = FAMILIES[request.param], SPACES[request.param]
    config = family.config(**SETTINGS[request.param])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator = family.generator(config).eval()
    if request.param == "projection":
        for norm in generator.norms:  # as if trained: with fresh statistics, maps and pictures hardly differ
            norm.norm.running_var.fill_(0.002)
    spec = Spec("small", request.param, SETTINGS[request.param], space.inputs, config.image_shape)
    runner = GeneratorRunner(Model(spec, generator), "cpu")
    points = resolve([Recipe.seed(seed) for seed in range(12)], space, 3, 4)
    monkeypatch.setattr(drafts, "WORTH", 0.0)  # accept every kind of draft, however fast it is on this machine
    assert not runner.drafted(points.count)  # none before they are measured
    assert runner.prepare_drafts()

    def draw(seconds, count=0, allowed=0.0):
        if count:
            monkeypatch.setattr(drafts, "SECONDS", seconds)
            return runner.forward(runner.tensors(points), True, count).numpy()
        monkeypatch.setattr(drafts, "SECONDS", seconds)
        assert runner.drafted(points.count)
        return runner.draw(points, draft=True, allowed=allowed).images.astype(int), runner.draw(points).images.astype(int)

    return draw


def test_where_there_is_time_a_draft_is_a_whole_picture(drawn):
    for seconds, allowed in ((1e9, 0.0), (0.0, 1e9)):
        draft, exact = drawn(seconds, allowed=allowed)
        assert np.abs(draft - exact).mean() < 2, (seconds, allowed)  # grey levels: the rounding of bfloat16


def test_a_part_is_drawn_as_the_whole_sheet_is(drawn):
    alone, part = drawn(60, 12), drawn(60, 10**9)
    assert np.abs(alone - part).mean() > 0.02


def test_where_there_is_none_it_is_what_earlier_layers_tell(drawn):
    draft, exact = drawn(0.0)
    assert draft.shape == exact.shape
    assert np.abs(draft - exact).mean() > 3  # grey levels: more than the rounding of bfloat16
    side = exact.shape[1] // 2
    halves = [each.reshape(12, side, 2, side, 2, -1).mean((2, 4)) for each in (draft, exact)]
    assert np.square(halves[0] - halves[1]).mean() < 0.5 * halves[1].var()  # they show the same pictures
