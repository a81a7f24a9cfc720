"""The overview of a data set, made without loading all of it, agrees with the loaded data set."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.overview import SHOWN, overview
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish

RNG = np.random.default_rng(0)


def picture(path, *shape):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(RNG.integers(0, 256, shape, np.uint8)).save(path)


def mixed(folder):
    for index in range(SHOWN + 4):
        picture(folder / "cats" / f"{index}.png", 30, 40)
    picture(folder / "dogs" / "1.jpg", 50, 50, 3)
    (folder / "dogs" / "notes.txt").write_text("no picture")
    (folder / "empty").mkdir()
    picture(folder / "beside.png", 9, 9)
    return str(folder)


def equal(folder):
    for index in range(3):
        picture(folder / "a" / f"{index}.png", 20, 20)
        picture(folder / "b" / f"{index}.png", 20, 20)
    return str(folder)


def palettes(folder):
    for name, colour in (("a", (0, 0, 0)), ("b", (200, 10, 10))):
        (folder / name).mkdir(parents=True)
        for index in range(SHOWN + 4):
            tint = colour if index == 1 else (90, 90, 90)  # the coloured picture is not among those shown
            Image.new("P", (8, 8)).save(folder / name / f"{index}.gif") if colour == (0, 0, 0) else Image.new(
                "RGB", (8, 8), tint
            ).convert("P", palette=Image.Palette.ADAPTIVE).save(folder / name / f"{index}.gif")
    return str(folder)


def described(folder):
    equal(folder)
    rows = [f"{name}/{index}.png,{index}" for name in "ab" for index in range(3)]
    (folder / "attributes.csv").write_text("\n".join(["file,age", *rows, "c/9.png,9"]))
    return str(folder)


def flat(folder):
    for index in range(5):
        picture(folder / f"{index}.png", 9, 9)
    return str(folder)


def arrays(folder):
    folder.mkdir()
    images, labels = RNG.integers(0, 256, (30, 7, 9, 3), np.uint8), np.repeat([2, 0], 15)
    save_arrays(folder / "a.npz", images=images, labels=labels, class_names=np.array(["x", "y", "z"]))
    return str(folder / "a.npz")


@pytest.mark.parametrize("make", [mixed, equal, palettes, described, flat, arrays, lambda _: "digits"])
def test_the_overview_agrees_with_the_loaded_data(tmp_path, make):
    spec = make(tmp_path / "data")
    seen, data = finish(overview(spec)), load(spec)
    assert (seen.name, seen.class_names, seen.counts, len(seen)) == (data.name, data.class_names, data.counts, len(data))
    assert (seen.image_shape, seen.warnings, seen.resized) == (data.image_shape, data.warnings, data.resized)
    for shape in ((1, 28, 28), (3, 32, 32), (1, 20, 20)):
        assert data_warnings(seen, shape) == data_warnings(data, shape)


def test_the_sample_shows_each_class(tmp_path):
    seen = finish(overview(mixed(tmp_path)))
    assert seen.sample.counts == (SHOWN, 1)
    whole = load(str(tmp_path))
    assert np.array_equal(seen.sample.images[0], whole.images[0])
    assert np.array_equal(seen.sample.images[-1], whole.images[-1])


@pytest.mark.parametrize("spec", ["mnits", "gone.npz"])
def test_what_is_no_data_set_is_refused(tmp_path, monkeypatch, spec):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ZscapeError, match="no data set"):
        finish(overview(spec))


def test_pictures_that_cannot_be_read_are_left_out_and_counted(tmp_path):
    folder = Path(mixed(tmp_path))
    counts = finish(overview(str(folder))).counts
    first = sorted(path for path in folder.rglob("*") if path.is_file())[0]
    (first.parent / "empty.png").write_bytes(b"")
    cut = first.parent / "cut.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 40, 3), np.uint8)).save(cut)
    cut.write_bytes(cut.read_bytes()[:2000])  # its header is complete
    lost = folder / "nothing left"
    lost.mkdir()
    (lost / "a.png").write_bytes(b"no picture")
    told, data = finish(overview(str(folder))), load(str(folder))
    assert data.counts == counts
    assert len(told) - len(data) <= 1  # files damaged after their header may be counted until all are read
    for said in (told.warnings, data.warnings):
        assert any("cannot be read" in line for line in said)
        assert any("no picture of nothing left can be read" in line for line in said)


def test_a_data_set_of_which_nothing_can_be_read_is_refused(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.png").write_bytes(b"no picture")
    for reader in (lambda: finish(overview(str(tmp_path))), lambda: load(str(tmp_path))):
        with pytest.raises(ZscapeError, match=r"b\.png"):
            reader()
