"""A film of a map: the ring follows the place of the picture beside it."""

from dataclasses import replace

import numpy as np
import pytest
from maps_stage import CONFIG

from zscape.models.families.dcgan import DCGAN
from zscape.models.maps.collection import recipe_of
from zscape.models.maps.drawing.film import HALO, SIDE, MapFrames
from zscape.models.maps.drawing.picture import picture_of, place_in
from zscape.models.maps.make import making
from zscape.models.maps.settings import MapSettings
from zscape.models.progress import finish
from zscape.models.sweeps.single import Single


@pytest.fixture(scope="module")
def ground(drawn):
    return picture_of(drawn, "class", SIDE)


def ring_of(frame: np.ndarray, ground: np.ndarray) -> np.ndarray:
    """The centre of what is drawn over the map, (x, y)."""
    rows, columns = np.nonzero((frame[:, :SIDE] != ground).any(2))
    return np.array([(columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2])


def test_the_ring_stands_on_the_point_of_the_picture_beside_it(drawn, model, ground):
    frames, places = MapFrames(drawn, model, "cpu"), place_in(drawn, drawn.positions, SIDE)
    for place in (0, 40, 149):
        frame = frames(Single(recipe_of(drawn.collection, place, model.space)))
        assert (frame.shape, frame.dtype) == ((SIDE, 2 * SIDE, 3), np.uint8)
        assert ((frame[:, :SIDE] != ground).any(2)).mean() < 0.01  # the map is unchanged
        np.testing.assert_allclose(ring_of(frame, ground), places[place], atol=HALO / 2)
        picture, side = drawn.collection.images[place, ..., 0], frame[:, SIDE:, 0]
        step = SIDE // len(picture)
        np.testing.assert_array_equal(side[step // 2 :: step, step // 2 :: step], picture)


def test_the_ring_follows_the_discriminator_where_the_map_is_by_it(drawn, model):
    judged = replace(model, discriminator=DCGAN.discriminator(CONFIG).eval())
    origin = replace(drawn.collection.origin, count=60)
    found = finish(making(judged, origin, MapSettings(likeness="discriminator")))
    place = place_in(found, found.positions, SIDE)[40]
    sweep = Single(recipe_of(found.collection, 40, judged.space))
    ground = picture_of(found, "class", SIDE)
    np.testing.assert_allclose(ring_of(MapFrames(found, judged, "cpu")(sweep), ground), place, atol=HALO / 2)
    np.testing.assert_array_equal(MapFrames(found, model, "cpu")(sweep)[:, :SIDE], ground, "nothing to compare by: no ring")


def test_the_same_point_has_the_same_frame(drawn, model):
    sweep = Single(recipe_of(drawn.collection, 3, model.space))
    first, second = (MapFrames(drawn, model, "cpu")(sweep) for _ in range(2))
    np.testing.assert_array_equal(first, second)
