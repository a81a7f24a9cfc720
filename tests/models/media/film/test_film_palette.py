"""A GIF has a single palette for the whole film."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_formats import Choices
from zscape.models.media.film.film_palette import DITHERS, ColourCount
from zscape.models.media.film.spool import Spool
from zscape.models.progress import Progress, finish

RNG = np.random.default_rng(3)
FEW = RNG.integers(0, 256, (200, 3), np.uint8)
GREY = RNG.integers(0, 256, (24, 20, 1), np.uint8).repeat(3, 2)


def shades(shift: int) -> np.ndarray:
    """Many soft colours, shifted by `shift`."""
    y, x = np.mgrid[0:48, 0:64]
    return np.stack([(4 * x + shift) % 256, 5 * y, (2 * x + 2 * y) % 256], -1).clip(0, 255).astype(np.uint8)


def tables(data: bytes) -> tuple[bool, int, int]:
    """Of a GIF (GIF89a, 18-22): whether it has a global palette, the number of frames, and how many have a local palette."""

    def size(packed: int) -> int:
        return 3 << (packed & 7) + 1 if packed & 128 else 0

    place, frames, own = 13 + size(data[10]), 0, 0
    while data[place] != 0x3B:
        if data[place] == 0x2C:
            frames, own = frames + 1, own + (data[place + 9] >> 7)
            place += 10 + size(data[place + 9]) + 1
        else:
            place += 2
        while data[place]:
            place += 1 + data[place]
        place += 1
    return bool(data[10] & 128), frames, own


def read(path: Path) -> np.ndarray:
    with Image.open(path) as film:
        return np.array([np.asarray((film.seek(k), film.convert("RGB"))[1]) for k in range(film.n_frames)])


SOFT = [shades(7 * k) for k in range(6)]
FILMS = {
    **{f"colour, {dither}": (SOFT, dither) for dither in DITHERS},
    "grey": ([GREY, GREY[::-1]], "ordered"),
    "late": ([GREY, GREY[::-1], FEW[GREY[..., 0] % 200]], "ordered"),
}


@pytest.mark.parametrize("name", FILMS)
def test_there_is_one_palette_whatever_comes(tmp_path, name):
    frames, dither = FILMS[name]
    path = finish(write_animation(tmp_path / "film.gif", iter(frames), 20, choices=Choices(dither)))
    assert tables(path.read_bytes()) == (True, len(frames), 0)
    assert [each.name for each in tmp_path.glob(".*")] == []
    if frames is SOFT:
        assert np.array_equal(read(path), soft(dither))


@cache
def soft_palette():
    """The palette of SOFT, which takes long to find."""
    count = ColourCount()
    for frame in SOFT:
        count.add(frame)
    return count.palette()


def soft(dither):
    """SOFT in the colours of its palette."""
    palette = soft_palette()
    return palette.colours[np.array([palette.indices(frame, dither) for frame in SOFT])]


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("dither", DITHERS)
def test_a_film_of_256_colours_is_pixel_exact(tmp_path, dither, scale):
    frames = [FEW[RNG.integers(0, 200, (17, 13))] for _ in range(4)]
    path = finish(write_animation(tmp_path / "a.gif", iter(frames), 20, scale=scale, choices=Choices(dither)))
    assert np.array_equal(read(path), np.array(frames).repeat(scale, 1).repeat(scale, 2))


def test_a_grey_film_that_becomes_coloured_keeps_what_was_before(tmp_path):
    dim = GREY // 2
    frames = [dim, dim[::-1], FEW[:40][dim[..., 0] % 40]]
    assert np.array_equal(read(finish(write_animation(tmp_path / "a.gif", iter(frames), 20))), frames)


def test_dithering_keeps_the_mean_colour_and_the_nearest_the_pixels():
    off = {}
    for dither in DITHERS:
        error = soft(dither).astype(float) - SOFT
        off[dither] = np.abs(error).mean(), np.abs(error.reshape(6, 6, 8, 8, 8, 3).mean((2, 4))).mean()
    assert max(pixel for pixel, _ in off.values()) < 14
    assert off["none"][0] == min(pixel for pixel, _ in off.values())
    assert off["ordered"][1] < off["none"][1]
    assert off["diffusion"][1] < off["none"][1]


def test_a_pattern_stands_still():
    frame = shades(0)
    count = ColourCount()
    count.add(frame)
    count.add(RNG.integers(0, 256, (64, 64, 3), np.uint8))
    palette = count.palette()
    changed = frame.copy()
    changed[:8] = 0
    first, second = (palette.indices(each, "ordered") for each in (frame, changed))
    assert np.array_equal(first[8:], second[8:])


def test_progress_of_both_passes_says_how_far_it_is(tmp_path):
    found = list(write_animation(tmp_path / "a.gif", iter([shades(k) for k in range(4)]), 20, 4))
    assert [each.label for each in found[1:]] == ["Drawing frames"] * 4 + ["Writing frames"] * 4
    assert found[-1] == Progress(4, 4, "Writing frames")


def test_a_spool_gives_back_its_frames_as_often_as_they_are_wanted(tmp_path):
    frames = [GREY, FEW[GREY[..., 0] % 200], GREY[::-1]]
    with Spool(tmp_path) as spool:
        for frame in frames:
            spool.add(frame)
        for _ in range(2):
            assert np.array_equal(list(spool), frames)
        assert len(spool) == 3
    assert not list(tmp_path.iterdir())
