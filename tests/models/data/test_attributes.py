import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from zscape.models.data.attributes import ATTRIBUTES, aspect, measure, slant, stroke_width
from zscape.models.data.sources import load

LARGE = 8


def bar(width: float, lean: float = 0.0, size: int = 28) -> torch.Tensor:
    """An upright bar 20 high, sheared by `lean` pixels to the right per pixel up; float [1, size, size], antialiased."""
    picture = Image.new("L", (size * LARGE, size * LARGE))
    middle, top, bottom = size / 2, size / 2 - 10, size / 2 + 10
    corners = [
        (middle + side * width / 2 + lean * (middle - y), y) for y, sides in ((top, (-1, 1)), (bottom, (1, -1))) for side in sides
    ]
    ImageDraw.Draw(picture).polygon([(x * LARGE, y * LARGE) for x, y in corners], fill=255)
    return torch.from_numpy(np.asarray(picture.resize((size, size), Image.Resampling.BOX), np.float64)[None] / 255)


@pytest.mark.parametrize("lean", [-0.4, 0.0, 0.25, 0.5])
def test_slant_is_the_shear(lean: float) -> None:
    assert slant(bar(3, lean)).item() == pytest.approx(lean, abs=0.02)


def test_slant_does_not_depend_on_place_or_ink() -> None:
    leaning = bar(3, 0.3)
    torch.testing.assert_close(slant(leaning.roll((3, -2), (1, 2)) * 0.5), slant(leaning), atol=1e-9, rtol=0)


@pytest.mark.parametrize("width", [2, 3, 4, 6])
def test_stroke_width_of_a_bar(width: int) -> None:
    exact = 2 * 20 * width / (2 * 20 + 2 * width)  # its short sides belong to the outline too
    assert stroke_width(bar(width)).item() == pytest.approx(exact, rel=0.15)


def test_aspect_of_a_square_and_of_a_bar() -> None:
    assert aspect(bar(20)).item() == pytest.approx(1, abs=0.02)
    assert aspect(bar(5)).item() == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_an_empty_picture_measures_nothing(name: str) -> None:
    assert ATTRIBUTES[name](torch.zeros(2, 28, 28)).tolist() == [0, 0]


def test_real_digits_measure_as_published() -> None:
    digits = load("digits")
    found = measure(digits.images)
    assert all(values.shape == (5000,) and np.isfinite(values).all() for values in found.values())
    assert found["brightness"].mean() == pytest.approx(0.1307, abs=0.003)  # MNIST's well-known mean
    assert 1.5 < np.median(found["stroke width"]) < 4
    assert found["slant"].mean() > 0.05  # handwriting leans to the right
    ones = digits.labels == 1
    assert found["aspect"][ones].mean() < 0.6 < found["aspect"][~ones].mean()


def test_colour_is_measured_by_its_mean() -> None:
    grey = (bar(4, 0.2).numpy()[..., None] * 255).astype(np.uint8)
    for name, values in measure(grey.repeat(3, axis=3)).items():
        np.testing.assert_allclose(values, measure(grey)[name], rtol=1e-5)
