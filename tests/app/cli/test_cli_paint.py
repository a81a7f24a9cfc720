"""`zscape paint` and `model.paint`: what they write, and what the user reads when something goes wrong."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

import zscape
from zscape.app.cli.main import main
from zscape.models.inference import painting
from zscape.models.media.npz import load_arrays


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    """Optimise in few steps: how close the result gets is tested with the models."""
    monkeypatch.setattr(painting, "STEPS", 30)


@pytest.fixture
def mask(tmp_path):
    """A mask of the lower part of a picture."""
    picture = Image.new("L", (280, 280))
    ImageDraw.Draw(picture).rectangle((0, 170, 279, 279), fill=255)
    picture.save(tmp_path / "mask.png")
    return str(tmp_path / "mask.png")


@pytest.fixture
def strokes(tmp_path):
    picture = Image.new("RGBA", (280, 280))
    ImageDraw.Draw(picture).line(((60, 240), (220, 240)), fill="white", width=30)
    picture.save(tmp_path / "strokes.png")
    return str(tmp_path / "strokes.png")


@pytest.fixture(scope="module")
def mnist():
    return zscape.open("mnist", device="cpu")


def words(*given):
    return ["paint", *map(str, given), "--model", "mnist", "--device", "cpu"]


def test_strokes_on_a_point_of_the_model(strokes, tmp_path, capsys, mnist):
    out = tmp_path / "x.npz"
    assert main(words("--seed", 1, "--label", 3, "--must", strokes, "--out", out)) == 0
    arrays = load_arrays(out, "image", "drawn", "z", "class")
    assert arrays["class"][0].argmax() == 3
    assert arrays["image"].shape == (1, 28, 28, 1)
    assert arrays["image"][0, 24, 8:20].mean() > 180
    assert np.abs(mnist.draw({"z": arrays["z"], "class": arrays["class"]}).astype(int) - arrays["drawn"]).max() <= 1
    assert "agrees with" in capsys.readouterr().out
    inside = mnist.paint(1, must=strokes, label=3)
    assert np.array_equal(inside.image, arrays["image"][0])
    assert np.array_equal(inside.points["z"], arrays["z"])


def test_a_picture_is_filled_in_and_keeps_the_rest(mask, tmp_path, capsys, mnist):
    photo = mnist.sample(1, classes=[0], seed=5)[0]
    Image.fromarray(photo[..., 0]).save(tmp_path / "zero.png")
    out = tmp_path / "filled.png"
    assert main(words(tmp_path / "zero.png", "--mask", mask, "--out", out)) == 0
    with Image.open(out) as picture:
        found = np.asarray(picture)[..., None]
    assert np.array_equal(found[:14], photo[:14])
    assert found[19:25].max() > 180
    assert not capsys.readouterr().err
    Image.fromarray((np.indices((28, 28)).sum(0) // 7 % 2 * 255).astype(np.uint8)).save(tmp_path / "stripes.png")
    assert main(words(tmp_path / "stripes.png", "--mask", mask, "--out", out)) == 0
    assert "the model does not draw this" in capsys.readouterr().err
    area = np.zeros((28, 28), np.uint8)
    area[17:] = 255
    assert np.array_equal(mnist.paint(photo, free=area).image[:14], photo[:14])


def test_paint_as_an_array_says_its_colours(mnist):
    black = np.zeros((28, 28, 4), np.uint8)
    black[16:24, :, 3] = 255
    before, after = (mnist.paint(1, label=3, **given).image for given in ({"free": black}, {"must": black}))
    assert after[18:22].mean() < before[18:22].mean() / 2


@pytest.mark.parametrize(
    ("given", "line", "code"),
    [
        (("--out", "x.png"), "Say what is painted", 2),
        (("--mask", "MASK", "--out", "x.jpg"), "must end in .png or .npz", 2),
        (("--mask", "MASK", "--rest", "nan", "--out", "x.png"), "from 0 to 1", 2),
        (("MASK", "--empty", "--mask", "MASK", "--out", "x.png"), "leave one of them out", 2),
        ((".", "--mask", "MASK", "--out", "x.png"), "is a folder", 2),
        (("--mask", "gone.png", "--out", "x.png"), "gone.png", 1),
        (("--mask", "MASK", "--label", "eleven", "--out", "x.png"), "no class 'eleven'", 1),
        (("--must", "DARK", "--out", "x.png"), "Nothing is painted", 1),
    ],
)
def test_what_is_wrong_is_said_in_a_line(mask, tmp_path, monkeypatch, capsys, given, line, code):
    monkeypatch.chdir(tmp_path)
    Image.new("L", (28, 28)).save("dark.png")
    assert main(words(*({"MASK": mask, "DARK": "dark.png"}.get(each, each) for each in given))) == code
    said = capsys.readouterr().err.strip().splitlines()
    assert line in said[-1]
    assert not (tmp_path / "x.png").exists()


def test_paint_that_is_none_is_refused(mnist):
    with pytest.raises(zscape.ZscapeError, match="Paint must be uint8"):
        mnist.paint(1, must=np.zeros((28, 28, 2), np.uint8))
    with pytest.raises(zscape.ZscapeError, match="Nothing is painted"):
        mnist.paint(1)
