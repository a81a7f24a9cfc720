"""Parts of maps: regions and what is made from them, points as pixels, colours, cached encodings."""

from dataclasses import asdict

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGAN, DCGANConfig
from zscape.models.files.checkpoint import Model
from zscape.models.files.library import cache
from zscape.models.files.spec import Spec
from zscape.models.inputs.space import Space
from zscape.models.maps import encodings
from zscape.models.maps.collection import Collection, Origin
from zscape.models.maps.drawing.colours import class_colours, shades
from zscape.models.maps.drawing.density import SHARES, contours
from zscape.models.maps.drawing.raster import draw_points
from zscape.models.maps.region import direction_of, inside, mean_of, shuffled
from zscape.models.progress import finish

SPACE = Space(inputs(6, tuple("0123456789")))


def collection(count=20):
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (count, 28, 28, 1), np.uint8)
    labels = np.arange(count) % 10
    latents = random.standard_normal((count, 6)).astype(np.float32)
    return Collection("tiny", "ab" * 32, Origin("data", "some"), images, labels, tuple("0123456789"), "z", {}, latents, labels)


def untrained():
    config = DCGANConfig(z_size=6, classes=10, hidden=16, generator_maps=(8, 4), discriminator_maps=(4, 4))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        networks = DCGAN.generator(config).eval(), DCGAN.encoder(config).eval()
    return Model(Spec("tiny", "dcgan", asdict(config), SPACE.inputs, (1, 28, 28), sha256="cd" * 32), *networks)


def test_inside_a_region_that_is_not_convex():
    corners = np.array([(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)], float)  # the letter M with its middle cut out
    points = np.array([(0.5, 1), (3.5, 1), (2, 0.5), (2, 3), (5, 1), (-1, 1)], np.float32)
    assert inside(points, corners).tolist() == [True, True, True, False, False, False]
    assert not inside(points, corners[:2]).any()


def test_a_point_of_many_is_on_the_same_side_as_by_hand():
    random = np.random.default_rng(0)
    points = random.uniform(-1, 1, (5000, 2)).astype(np.float32)
    angle = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    circle = 0.7 * np.stack([np.cos(angle), np.sin(angle)], 1)
    radius = np.linalg.norm(points, axis=1)
    found = inside(points, circle)
    clear = np.abs(radius - 0.7) > 0.001
    assert (found == (radius < 0.7))[clear].all()


def test_the_mean_is_that_of_the_latents_in_the_commonest_class():
    every = collection()
    places = np.array([1, 11, 3])
    recipe = mean_of(every, places, SPACE)
    latent, classes = SPACE.inputs
    assert np.allclose(latent.row(recipe.value(latent), SPACE), every.latents[places].mean(0), atol=1e-6)
    assert classes.heaviest(recipe.value(classes)) == 1


def test_what_cannot_be_averaged_or_led_to_is_told():
    every = collection()
    with pytest.raises(ZscapeError, match="No pictures are chosen"):
        mean_of(every, np.array([], np.int64), SPACE)
    with pytest.raises(ZscapeError, match="All pictures are chosen"):
        direction_of(every, np.arange(20), "all")


def test_some_are_the_same_each_time():
    assert shuffled(np.arange(100), 3) == shuffled(np.arange(100), 3) != shuffled(np.arange(100), 4)
    assert sorted(shuffled(np.arange(100), 3)) == list(range(100))


@pytest.mark.parametrize("size", [1, 2, 3, 6])
def test_points_are_drawn_where_they_are_and_only_inside(size):
    pixels = np.zeros((20, 30), np.uint32)
    x, y = np.array([10.0, 29.9, -50, 400, 29], np.float32), np.array([5.0, 19.9, 3, 3, -9], np.float32)
    draw_points(pixels, x, y, np.full(5, 0xFF112233, np.uint32), size)
    down, right = np.nonzero(pixels)
    near = (np.abs(right - 10) <= size) & (np.abs(down - 5) <= size)
    corner = (right >= 30 - size) & (down >= 20 - size)
    assert near.any()
    assert (near | corner).all()
    assert abs(right[near].mean() - 10) <= 0.5
    assert set(pixels[pixels > 0].tolist()) == {0xFF112233}


def test_smooth_points_mix_with_the_ground_at_their_edge():
    pixels = np.full((20, 20), 0xFF000000, np.uint32)
    draw_points(
        pixels, np.array([10.0], np.float32), np.array([10.0], np.float32), np.array([0xFFFF8000], np.uint32), 6, 0xFF000000
    )
    red = pixels >> 16 & 255
    assert red.max() == 255
    assert ((red > 20) & (red < 235)).any()
    assert ((pixels & 255) == 0).all()  # two colours without blue give none
    assert ((pixels >> 24) == 255).all()


def test_contours_enclose_their_share_and_are_closed():
    points = (np.random.default_rng(0).standard_normal((20_000, 2)) * (2, 1) + (5, -3)).astype(np.float32)
    for share, pieces in zip(SHARES, contours(points), strict=True):
        _, counts = np.unique(pieces.reshape(-1, 2).round(4), axis=0, return_counts=True)
        assert (counts % 2 == 0).all()  # each segment begins where another ends
        apart = pieces[:, 0].astype(float) - (5, -3)
        corners = apart[np.argsort(np.arctan2(apart[:, 1], apart[:, 0]))] + (5, -3)
        assert inside(points, corners).mean() == pytest.approx(share, abs=0.06)
    assert all(not len(pieces) for pieces in contours(points[:5]))


def test_later_points_cover_earlier_ones():
    pixels = np.zeros((9, 9), np.uint32)
    at = np.array([4.0, 4.0], np.float32)
    draw_points(pixels, at, at, np.array([1, 2], np.uint32), 3)
    assert set(pixels[pixels > 0].tolist()) == {2}


@pytest.mark.parametrize("count", [1, 10, 26, 200])
def test_classes_have_colours_of_their_own(count):
    assert len(set(class_colours(count).tolist())) == count


def test_shades_go_from_one_end_to_the_other():
    colours = shades(np.arange(100.0))
    assert colours[0] != colours[50] != colours[99]
    assert len(set(shades(np.ones(5)).tolist())) == 1


def test_what_an_encoder_has_found_is_kept_and_a_damaged_file_is_not_used(monkeypatch):
    model, real = untrained(), encodings.encode
    monkeypatch.setattr(encodings, "WORTH", 5)
    every = collection()
    first = finish(encodings.found_points(model, every, None, "cpu"))
    (path,) = (cache() / "encodings").iterdir()
    monkeypatch.setattr(encodings, "encode", lambda *_, **__: pytest.fail("it was kept"))
    again = finish(encodings.found_points(model, every, None, "cpu"))
    assert (again.z == first.z).all()
    assert (again.mse == first.mse).all()
    monkeypatch.setattr(encodings, "encode", real)
    np.savez(path, z=np.full((20, 6), np.nan, np.float32), labels=first.labels, mse=first.mse)
    assert (finish(encodings.found_points(model, every, None, "cpu")).z == first.z).all()
