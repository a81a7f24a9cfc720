"""Pictures are laid out like the model's data: measured in training, stored in the file; matching ones are only resized."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from odd_fonts import folder_of
from PIL import Image
from recipes import inputs

from zscape.models.data.dataset import Dataset
from zscape.models.data.given_pictures import from_given, read_inputs
from zscape.models.data.layout import layout_of
from zscape.models.data.sources import load
from zscape.models.data.synthetic.letters import make_letters
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.header import spec_json, spec_of
from zscape.models.files.spec import Spec
from zscape.models.files.tensor_file import Header
from zscape.models.media.npz import save_arrays
from zscape.models.media.preparing.prepare import prepare_drawing
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.train import train

SMALL = (1, 32, 32)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    """(letters to train on, letters of two other fonts), 64x64, white on black."""
    folder = tmp_path_factory.mktemp("fonts")
    arrays = finish(make_letters([folder_of(folder / "fonts", 8)])).arrays
    save_arrays(folder / "letters.npz", **arrays)
    data = load(str(folder / "letters.npz"))
    return data.subset(data.groups < 6), data.subset(data.groups >= 6)


@pytest.fixture(scope="module")
def of_digits():
    """The layout of the digits; measuring 5,000 pictures takes a while."""
    return layout_of(load("digits"))


def far(left, right) -> float:
    return float(((left.astype(float) - right) / 255).__pow__(2).mean())


def on_page(picture, side, top, left, page=300):
    """The ink of a picture [H, W, 1], scaled to `side` pixels, on a page: float [page, page], 0 to 1."""
    ink = np.zeros((page, page))
    scaled = np.asarray(Image.fromarray(picture[..., 0]).resize((side, side), Image.Resampling.LANCZOS), float) / 255
    ink[top : top + side, left : left + side] = scaled
    return ink


def test_letters_are_scaled_by_height_and_digits_by_their_longer_side_and_mass(fonts, of_digits) -> None:
    letters, digits = layout_of(fonts[0]), of_digits
    assert letters is not None
    assert digits is not None
    assert (letters.size, letters.across) == ("height", "middle x")
    assert abs(letters.spans["bottom"][1] - 0.8) < 0.02
    assert abs(letters.spans["height"][1] - 0.6) < 0.03
    assert (letters.ground, letters.ink) == (0, 1)
    assert (digits.size, digits.across, digits.down) == ("longer", "mass x", "mass y")
    assert abs(digits.spans["longer"][1] - 20 / 28) < 0.01


def test_colour_and_empty_pictures_have_none() -> None:
    labels = np.zeros(3, np.int64)
    assert layout_of(Dataset("c", np.zeros((3, 8, 8, 3), np.uint8), labels, ("a",))) is None
    assert layout_of(Dataset("e", np.zeros((3, 8, 8, 1), np.uint8), labels, ("a",))) is None


def test_held_out_letters_of_another_size_are_only_resized(fonts) -> None:
    data, held = fonts
    layout = layout_of(data.fit(SMALL))
    np.testing.assert_array_equal(from_given(held.images, SMALL, "glyph", layout), held.fit(SMALL).images)
    np.testing.assert_array_equal(from_given(held.fit(SMALL).images, SMALL, "glyph", layout), held.fit(SMALL).images)


def test_black_on_white_becomes_white_on_black(fonts) -> None:
    data, held = fonts
    given = from_given(255 - held.images, SMALL, "glyph", layout_of(data.fit(SMALL)))
    assert np.abs(given.astype(int) - held.fit(SMALL).images).max() <= 2


def test_data_that_is_black_on_white_stays_so(fonts) -> None:
    data, held = fonts
    layout = layout_of(dataclasses.replace(data, images=255 - data.images).fit(SMALL))
    assert layout is not None
    assert (layout.ground, layout.ink) == (1, 0)
    wanted = dataclasses.replace(held, images=255 - held.images).fit(SMALL).images
    np.testing.assert_array_equal(from_given(255 - held.images, SMALL, "glyph", layout), wanted)
    assert np.abs(from_given(held.images, SMALL, "glyph", layout).astype(int) - wanted).max() <= 2
    small = from_given(pixels(255 * on_page(held.images[0], 90, 20, 180)), SMALL, "glyph", layout)[0]
    assert small[0, 0, 0] == 255
    assert far(small, wanted[0]) < 0.02


def pixels(values):
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("kind", ["drawn", "scanned", "photographed"])
def test_a_letter_that_lies_otherwise_is_placed_as_the_data_is(fonts, kind) -> None:
    data, held = fonts
    layout = layout_of(data.fit(SMALL))
    random = np.random.default_rng(0)
    for number in (0, 7, 17, 30, 45):
        ink = on_page(held.images[number], 150, 20, 130)
        paper = 200 - 50 * np.linspace(0, 1, 300)
        given = {
            "drawn": 255 * ink,
            "scanned": 250 - 230 * ink,
            "photographed": paper * (1 - 0.8 * ink) + random.normal(0, 3, ink.shape),
        }[kind]
        [ready] = from_given(pixels(given), SMALL, "glyph", layout)
        wanted = held.subset([number]).fit(SMALL).images[0]
        assert far(ready, wanted) < 0.03
        assert far(ready, wanted) < 0.5 * far(from_given(pixels(given), SMALL)[0], wanted)


def test_a_letter_drawn_on_the_pad_is_placed_as_the_data_is(fonts) -> None:
    data, held = fonts
    layout = layout_of(data.fit(SMALL))
    for number in (0, 7, 17, 30, 45):
        paper = pixels(255 * on_page(held.images[number], 150, 20, 130))[..., None]
        wanted = held.subset([number]).fit(SMALL).images[0]
        assert far(prepare_drawing(paper, SMALL, "glyph", layout), wanted) < 0.03
        assert far(prepare_drawing(paper, SMALL, "glyph", layout), wanted) < far(prepare_drawing(paper, SMALL), wanted)


@pytest.mark.parametrize("name", ["three.png", "five-on-paper.jpg"])
def test_pictures_of_digits_become_what_they_become_without_a_layout(name, of_digits) -> None:
    path = Path(__file__).parents[4] / "resources" / "samples" / name
    plain = read_inputs(path, (1, 28, 28)).images[0]
    assert far(read_inputs(path, (1, 28, 28), "glyph", of_digits).images[0], plain) < 0.005


def test_nothing_in_a_picture_is_still_refused(fonts) -> None:
    with pytest.raises(ZscapeError, match="no ink"):
        from_given(np.full((50, 50, 1), 200, np.uint8), SMALL, "glyph", layout_of(fonts[0]))


def test_a_model_file_keeps_it(fonts, tmp_path) -> None:
    model = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
    config = TrainConfig("tiny", "projection", model, "d", steps=1, batch=4, publish_seconds=0)
    finish(train(config, fonts[0], tmp_path))
    spec = load_model(tmp_path / "model.safetensors").spec
    assert spec.layout == layout_of(fonts[0].fit((1, 28, 28)))
    assert hash(spec.layout) == hash(layout_of(fonts[0].fit((1, 28, 28))))


@pytest.mark.parametrize("damage", [("0.6", "NaN"), ("0.6", "9e9"), ('"height":', '"heights":'), (':"height"', ':"depth"')])
def test_a_layout_that_lies_is_a_damaged_file(fonts, damage) -> None:
    layout = dataclasses.replace(layout_of(fonts[0]), ground=0.0, ink=0.6)
    spec = Spec("m", "dcgan", {}, inputs(2), (1, 28, 28), layout=layout)
    text, path = spec_json(spec), Path("m.safetensors")
    assert spec_of(path, Header({"zscape": text}, {}, 0)).layout == layout
    assert damage[0] in text
    with pytest.raises(ZscapeError, match="does not describe a model"):
        spec_of(path, Header({"zscape": text.replace(*damage)}, {}, 0))
