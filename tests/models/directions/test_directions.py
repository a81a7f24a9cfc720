"""Directions as data: in files, in recipes, in the space of a model."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from recipes import space
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from zscape.models.errors import ZscapeError
from zscape.models.files.directions import directions_of, fitting, found_file, load_directions, own_file, save_directions
from zscape.models.files.spec import Spec
from zscape.models.inputs import Latent, Styles
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

SPACE = space(4)
SMILE = Direction("smile", "z", (0.5, -1.0, 0.0, 2.0), method="pairs", provenance={"a": "seed 1", "pictures": 50})
WIDE = Direction("wide", "z", (1.0, 0.0, 0.0, 0.0), unit="pixels")
SPEC = Spec("m", "dcgan", {}, SPACE.inputs, (1, 28, 28), sha256="ab" * 32)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "d.safetensors"
    save_directions(path, DirectionSet("m", SPEC.sha256, (SMILE, WIDE)))
    return path


def test_a_set_of_directions_is_the_same_after_saving_and_loading(file):
    found = load_directions(file)
    assert found == DirectionSet("m", SPEC.sha256, (SMILE, WIDE))
    assert found.directions[0].provenance == SMILE.provenance
    assert fitting(file, SPEC) == (SMILE, WIDE)


def test_directions_of_another_model_are_refused(file):
    with pytest.raises(ZscapeError, match="another model"):
        fitting(file, Spec("other", "dcgan", {}, SPACE.inputs, (1, 28, 28), sha256="cd" * 32))
    with pytest.raises(ZscapeError, match="does not fit"):
        space(5).with_directions([SMILE])
    with pytest.raises(ZscapeError, match="no input 'w'"):
        SPACE.with_directions([Direction("x", "w", (1.0,))])


def test_the_users_directions_are_found_for_their_model_only(home):
    assert directions_of(SPEC) == ()
    save_directions(own_file(SPEC), DirectionSet("m", SPEC.sha256, (SMILE,)))
    assert directions_of(SPEC) == (SMILE,)
    own_file(SPEC).write_bytes(b"damaged")
    assert directions_of(SPEC) == ()


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"x"), lambda path: path.write_bytes(path.read_bytes()[:-3])])
def test_damaged_files_are_refused_in_one_line(file, damage):
    damage(file)
    with pytest.raises(ZscapeError) as caught:
        load_directions(file)
    assert "\n" not in str(caught.value)


def test_a_number_that_is_not_finite_is_told_with_the_file(file):
    with safe_open(file, "pt") as given:
        texts, tensors = given.metadata(), {name: given.get_tensor(name) for name in given.keys()}  # noqa: SIM118
    tensors["0001"][2] = math.nan
    save_file(tensors, file, texts)
    with pytest.raises(ZscapeError, match=r"d\.safetensors is damaged: The direction 'wide' holds a number that is not finite"):
        load_directions(file)


def test_a_file_of_other_tensors_holds_no_directions(file):
    save_file({"0000": torch.zeros(4)}, file)
    with pytest.raises(ZscapeError, match="no directions"):
        load_directions(file)
    assert "0000" in load_file(file)


@pytest.mark.parametrize(
    "bad", [lambda: Direction("", "z", (1.0,)), lambda: Direction("a", "z", ()), lambda: Direction("a", "z", (math.nan,)),
            lambda: DirectionSet("m", "", (SMILE, SMILE))]
)  # fmt: skip
def test_what_is_no_direction_is_refused(bad):
    with pytest.raises(ZscapeError):
        bad()


def test_styles_move_in_the_layers_of_the_direction():
    of = Space((Latent("z", 3), Styles("w", 4, 2))).with_directions([Direction("up", "w", (1.0, -1.0), layers=(1, 2))])
    moved = Recipe.seed(1).with_value("w", StylesValue().with_move("up", 0.5))
    shift = resolve([Recipe.seed(1), moved], of, 1, 2).plan.shift
    assert not shift[0].any()
    np.testing.assert_array_equal(shift[1], [[0, 0], [0.5, -0.5], [0.5, -0.5], [0, 0]])


def test_the_directions_of_a_model_of_any_name_stay_in_the_users_folder(home):
    for name in ("plain", "../a/b", "..", "x" * 300, "a:b"):
        spec = replace(SPEC, name=name, sha256="")
        for file, folder in ((own_file(spec), home / "directions"), (found_file(spec), home / "found-directions")):
            assert file.parent == folder
            assert len(file.name) < 100
    assert own_file(replace(spec, name="plain")).name == "plain.safetensors"
