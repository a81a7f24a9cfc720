"""Maps of pictures: what is collected, where it is placed, and which pictures are nearest."""

import numpy as np
import pytest
import torch
from maps_stage import CONFIG
from recipes import inputs

from zscape.models.data.data_of_model import data_here
from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGAN
from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import resolve
from zscape.models.maps import gather, make
from zscape.models.maps.collection import ERROR, Origin, recipe_of
from zscape.models.maps.gather import usual_origin, with_features
from zscape.models.maps.likeness import lacking, with_values
from zscape.models.maps.make import making
from zscape.models.maps.query import nearest_to
from zscape.models.maps.reduction.neighbours import Neighbours
from zscape.models.maps.reduction.principal import principal
from zscape.models.maps.settings import MapSettings
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish


def test_real_pictures_have_latents_attributes_and_the_error_of_their_reconstruction(real):
    every = real.collection
    assert len(real) == 120
    assert every.latents.shape == (120, 6)
    assert {"slant", "stroke width", ERROR} <= set(every.attributes)
    assert all(np.isfinite(values).all() for values in every.attributes.values())
    assert every.class_names == tuple("0123456789")


def test_the_error_is_that_of_the_picture_at_the_point(model, real):
    every, runner = real.collection, GeneratorRunner(model, "cpu")
    recipe = recipe_of(every, 7, model.space)
    picture = runner.draw(resolve([recipe], model.space, 1, 1)).images[0]
    off = np.square((picture.astype(float) - every.images[7]) / 255).mean()
    assert every.attributes[ERROR][7] == pytest.approx(off, rel=1e-3)


def test_the_point_of_a_generated_picture_draws_it_again(model, drawn):
    runner = GeneratorRunner(model, "cpu")
    for place in (0, 77, 149):
        recipe = recipe_of(drawn.collection, place, model.space)
        picture = runner.draw(resolve([recipe], model.space, 1, 1)).images[0]
        assert np.abs(picture.astype(int) - drawn.collection.images[place]).max() <= 1


def test_the_same_origin_is_the_same_map(model, real):
    again = finish(making(model, Origin("data", "digits", 120)))
    assert (again.positions == real.positions).all()
    assert again.collection.digest() == real.collection.digest()


def test_a_first_map_is_told_before_all_is_known(model):
    told = []
    last = finish(making(model, Origin("data", "digits", 120), tell=told.append))
    assert told
    assert told[0].collection.latents is None
    assert not told[0].complete
    assert last.complete
    assert len(told[0]) == len(last)


def test_positions_are_the_two_principal_components(real):
    x = real.collection.images.reshape(120, -1).astype(float)
    x -= x.mean(0)
    wanted = x @ np.linalg.svd(x, full_matrices=False)[2][:2].T
    assert np.allclose(np.abs(real.positions), np.abs(wanted), rtol=1e-2, atol=1)


@pytest.mark.parametrize("columns", [40, 3000])
def test_principal_components_of_many_columns_too(columns):
    random = np.random.default_rng(0)
    ways = np.linalg.qr(random.standard_normal((columns, 3)))[0].T
    rows = (random.standard_normal((300, 3)) * (9, 4, 2)) @ ways + 0.01 * random.standard_normal((300, columns)) + 5
    axes = principal(rows.astype(np.float32), 3)
    assert np.abs(np.abs(axes.ways @ ways.T) - np.eye(3)).max() < 0.15
    assert np.allclose(axes.ways @ axes.ways.T, np.eye(3), atol=1e-4)
    assert np.abs(axes.project(rows.astype(np.float32)).mean(0)).max() < 0.05


@pytest.mark.parametrize("count", [1, 2, 5, 30])
def test_principal_components_of_few_rows_are_theirs_even_where_they_hardly_vary(count):
    rows = np.random.default_rng(0).integers(0, 256, (30, 200), np.uint8)
    rows[:] = rows[np.arange(30) % count]  # so many different ones
    ways = principal(rows, 4).ways
    assert np.allclose(ways @ ways.T, np.eye(4), atol=1e-5)
    off = rows - rows.mean(0)
    wanted = np.linalg.svd(off, full_matrices=False)[1][:4]
    assert np.allclose(np.linalg.norm(off @ ways.T, axis=0), wanted, rtol=1e-3, atol=0.1)


@pytest.mark.parametrize("turn", [(1, -1), (-1, 1), (-1, -1)])
@pytest.mark.parametrize("swap", [False, True])
def test_a_map_does_not_turn_over_as_more_pictures_come(model, monkeypatch, turn, swap):
    """Components of more pictures may differ in order and sign; the map keeps the orientation of the first pictures."""
    calls, told = [], []

    def found(rows, count, seed=0):
        axes = principal(rows, count, seed)
        calls.append(len(rows))
        if len(calls) == 1:
            return axes
        return type(axes)(axes.middle, axes.ways[:: -1 if swap else 1] * np.array(turn, np.float32)[:, None])

    monkeypatch.setattr(make, "principal", found)
    monkeypatch.setattr(gather, "FIRST", 60)
    monkeypatch.setattr(gather, "FIRST_SECONDS", 0.0)
    last = finish(making(model, Origin("generated", "", 100, seed=3), tell=told.append))
    assert len({len(each) for each in told}) > 1
    for before, after in zip(told, [*told[1:], last], strict=True):
        count = len(before)
        alike = [np.corrcoef(before.positions[:, axis], after.positions[:count, axis])[0, 1] for axis in (0, 1)]
        assert min(alike) > 0.9
    pixels = last.collection.images.reshape(100, -1)
    assert np.allclose(last.place(pixels[5]), last.positions[5], atol=1e-2)


def test_a_new_row_is_placed_where_it_would_lie(real):
    pixels = real.collection.images.reshape(120, -1)
    assert np.allclose(real.place(pixels[5]), real.positions[5], atol=1e-2)


@pytest.mark.parametrize(("kind", "columns"), [(np.uint8, 784), (np.float32, 12), (np.float32, 500)])
def test_neighbours_are_those_of_comparing_everything(kind, columns):
    random = np.random.default_rng(1)
    middles = random.integers(40, 200, (5, columns))
    rows = np.clip(middles[random.integers(0, 5, 2000)] + random.integers(-40, 40, (2000, columns)), 0, 255).astype(kind)
    index = Neighbours(rows)
    scale = 255 if kind == np.uint8 else 1
    for place in (0, 900, 1999):
        row = np.clip(rows[place].astype(int) + random.integers(-9, 9, columns), 0, 255).astype(kind)
        far = np.sqrt(np.square(rows.astype(float) - row).sum(1)) / scale
        order = np.lexsort((np.arange(2000), far))[:15]
        found = index.nearest(row, 15)
        assert found.places.tolist() == order.tolist()
        assert np.allclose(found.distances, far[order], rtol=1e-4)
        assert (index.distances(row) <= far + 1e-2 * far.max()).all()


def test_equal_rows_come_in_their_order_and_one_can_be_left_out():
    rows = np.repeat(np.arange(3, dtype=np.float32), 4)[:, None] * np.ones((1, 2), np.float32)
    index = Neighbours(rows)
    assert index.nearest(rows[0], 4).places.tolist() == [0, 1, 2, 3]
    assert index.nearest(rows[0], 4, leave=2).places.tolist() == [0, 1, 3, 4]
    assert len(index.nearest(rows[0], 99).places) == 12
    assert len(index.nearest(rows[0], 99, leave=0).places) == 11


def test_rows_that_cannot_be_compared_are_refused():
    index = Neighbours(np.zeros((5, 3), np.float32))
    with pytest.raises(ZscapeError, match="3 finite numbers"):
        index.nearest(np.zeros(4, np.float32), 2)
    with pytest.raises(ZscapeError, match="3 finite numbers"):
        index.nearest(np.array([0, np.nan, 0], np.float32), 2)


def test_a_larger_data_set_is_mapped_in_part_the_same_each_time(model):
    some = finish(making(model, Origin("data", "digits", 50, seed=1)))
    other = finish(making(model, Origin("data", "digits", 50, seed=2)))
    assert len(some) == len(other) == 50
    assert some.collection.digest() != other.collection.digest()


def test_data_of_another_size_and_without_classes_is_made_ready(model, tmp_path):
    path = tmp_path / "other.npz"
    images = np.zeros((12, 40, 40), np.uint8)
    images[:, 10:30, 15:25] = 200
    save_arrays(path, images=images)
    found = finish(making(model, Origin("data", str(path))))
    assert found.collection.images.shape == (12, 28, 28, 1)
    assert found.collection.class_names == tuple("0123456789")  # their classes come from the encoder


def test_a_single_picture_is_a_map(model, tmp_path):
    path = tmp_path / "one.npz"
    save_arrays(path, images=np.full((1, 28, 28), 90, np.uint8), labels=np.zeros(1, np.int64))
    assert finish(making(model, Origin("data", str(path)))).positions.shape == (1, 2)


def test_without_an_encoder_latents_are_left_out_unless_the_map_is_of_them(model):
    bare = Model(model.spec, model.generator)
    assert finish(making(bare, Origin("data", "digits", 30))).collection.latents is None
    with pytest.raises(ZscapeError, match="has no encoder"):
        finish(making(bare, Origin("data", "digits", 30), MapSettings(likeness="latent")))


def test_features_are_those_of_the_reference_classifier(real):
    every = finish(with_features(real.collection))
    assert every.features.shape == (120, 128)
    index = Neighbours(every.rows("features"))
    same = [every.labels[index.nearest(every.features[k], 1, leave=k).places[0]] == every.labels[k] for k in range(120)]
    assert np.mean(same) > 0.8  # the classifier knows digits, whatever the model draws


def test_the_discriminators_features_are_of_the_picture_alone(model, real):
    judge = DCGAN.discriminator(CONFIG).eval()
    judged = Model(model.spec, model.generator, model.encoder, judge)
    every = finish(with_values(real.collection, judged, "discriminator"))
    assert every.judged.shape == (120, CONFIG.hidden + CONFIG.classes)
    x = torch.from_numpy(every.images[:5]).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.no_grad():
        wanted = judge.features(x, torch.full((5, 10), 0.1))
    np.testing.assert_allclose(every.judged[:5], wanted.numpy(), atol=1e-5)
    near = finish(nearest_to(every, judged, every.images[33:34], "discriminator", 1))
    assert near.places.tolist() == [[33]]
    made = finish(making(judged, Origin("data", "digits", 120), MapSettings(likeness="discriminator")))
    assert made.axes.ways.shape == (2, CONFIG.hidden + CONFIG.classes)
    assert np.array_equal(made.collection.part([7]).judged, every.judged[7:8])


def test_what_pictures_cannot_be_compared_by_is_told_in_one_line(model, real):
    bare = Model(model.spec, model.generator)
    assert "contains no discriminator" in lacking(bare, "discriminator")
    assert "no encoder" in lacking(bare, "latent")
    assert not lacking(bare, "latent", "generated")
    assert "no reference classifier" in lacking(bare, "features", "data", ("one", "two"))
    assert not any(lacking(model, each, "data", real.collection.class_names) for each in ("pixels", "latent", "features"))
    for likeness in ("latent", "discriminator"):
        with pytest.raises(ZscapeError, match=bare.spec.name):
            finish(making(bare, Origin("data", "digits", 30), MapSettings(likeness=likeness)))


def test_what_is_mapped_where_nobody_says(model):
    assert data_here(model.spec) == "digits"
    assert usual_origin(model.spec) == Origin("data", "digits")
    from dataclasses import replace

    elsewhere = replace(model.spec, data="never heard of", inputs=inputs(6, ("a", "b")))
    assert usual_origin(elsewhere).source == "generated"


@pytest.mark.parametrize("origin", [{"count": 0}, {"count": 10**9}, {"truncation": float("nan")}])
def test_an_origin_out_of_range_is_refused(origin):
    with pytest.raises(ZscapeError):
        Origin("generated", **origin)


def test_data_that_are_not_there_are_told(model):
    with pytest.raises(ZscapeError, match="no such file, folder or data set"):
        finish(making(model, Origin("data", "nowhere.npz")))
