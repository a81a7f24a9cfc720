"""Pictures that were once misread: transparent backgrounds and unusual value ranges."""

from functools import cache
from pathlib import Path

import pytest

from zscape.models.data.given_pictures import read_inputs
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference.encoding import encode
from zscape.models.progress import finish

PICTURES = Path(__file__).parents[2] / "fixtures" / "pictures"
NUMBERS = {"three": 3, "five": 5}


@cache
def model():
    return load_model(find("mnist"))


@pytest.mark.parametrize("path", sorted(PICTURES.rglob("*-*.*")), ids=lambda path: path.name)
def test_it_is_the_digit_it_is_named_for(path):
    given = read_inputs(path, (1, 28, 28))
    assert finish(encode(model(), given.images, None, device="cpu")).labels.tolist() == [NUMBERS[path.name.split("-")[0]]]
