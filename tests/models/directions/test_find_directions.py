"""Finding directions: components, factors, measured and labelled attributes, pairs, locks."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

import zscape
from zscape.models.data.attributes import measure
from zscape.models.data.dataset import Dataset
from zscape.models.directions.bank import distinct, find_bank
from zscape.models.directions.boundary import boundary
from zscape.models.directions.categories import without_categories
from zscape.models.directions.find import find
from zscape.models.directions.from_pictures import from_pictures
from zscape.models.directions.lock import compensation
from zscape.models.directions.pairs import difference
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.directions import directions_of, found_file
from zscape.models.inputs.directions import Direction
from zscape.models.progress import finish

SIDE = 12


class Bars(nn.Module):
    """A bar: z[2] moves it up, z[0] makes it brighter, z[1] does nothing."""

    def forward(self, z, c):
        rows = torch.arange(SIDE).float()
        middle = SIDE / 2 + 2 * z[:, 2].tanh()
        bar = torch.exp(-((rows[None] - middle[:, None]) ** 2) / 4)  # [N, rows]
        light = 0.5 + 0.2 * z[:, 0].clamp(-2, 2)
        return (bar * light[:, None])[:, None, :, None].expand(-1, 1, -1, SIDE) * (1 + 0 * c[:, :1, None, None])


@pytest.fixture(scope="module")
def bars():
    inputs = [zscape.Latent("z", 3), zscape.Classes("class", ["a", "b"])]
    return zscape.wrap(Bars().eval(), inputs, image_range=(0, 1), name="bars", device="cpu")


def cosine(a, b):
    return abs(np.dot(a, b)) / np.linalg.norm(a) / np.linalg.norm(b)


def test_components_are_what_changes_the_picture_most_first(bars):
    found = finish(find(bars.inner, ["pca"], count=3, samples=400, device="cpu")).directions
    assert [each.name for each in found] == ["component 1", "component 2", "component 3"]
    assert cosine(found[0].vector, [0, 0, 1]) > 0.98
    assert cosine(found[1].vector, [1, 0, 0]) > 0.98
    changes = [each.provenance["change"] for each in found]
    assert changes == sorted(changes, reverse=True)
    assert np.linalg.norm(found[0].vector) == pytest.approx(1)


def test_a_measured_attribute_grows_by_its_deviation(bars):
    found = {each.name: each for each in finish(find(bars.inner, ["attributes"], samples=600, device="cpu")).directions}
    step = found["brightness"]
    assert cosine(step.vector, [1, 0, 0]) > 0.98
    assert step.provenance["r2"] > 0.9
    assert "slant" not in found, "nothing in the latent changes it"


@pytest.fixture
def soon_read(monkeypatch):
    """Reading an attribute of bars takes fewer training steps than of real pictures."""
    monkeypatch.setattr("zscape.models.directions.reader.STEPS", 50)


def test_a_labelled_attribute_is_read_from_data(bars, soon_read):
    random = np.random.default_rng(0)
    points = bars.points(300, seed=5)
    images = bars.draw(points)
    data = Dataset("bars", images, random.integers(0, 2, 300), ("a", "b"), attributes={"high": (points["z"][:, 2] > 0) * 1.0})
    found = finish(find(bars.inner, ["attributes"], data, samples=400, device="cpu"))
    high = next(each for each in found.directions if each.name == "high")
    assert cosine(high.vector, [0, 0, 1]) > 0.95
    assert high.vector[2] > 0
    with pytest.raises(ZscapeError, match="no attributes"):
        finish(find(bars.inner, ["attributes"], Dataset("none", images, data.labels, ("a", "b"))))


class Ring(nn.Module):
    """A grey square that z[2] makes brighter; only far out along z[0] it gets a bright border."""

    def forward(self, z, c):
        along, aside = z[:, 0], z[:, 1]
        border = torch.sigmoid(8 * (along - 2.2)) * torch.exp(-(aside**2) / 8)
        square = 0.3 + 0.1 * z[:, 2].clamp(-2, 2)
        picture = square[:, None, None, None].expand(-1, 1, SIDE, SIDE) * (1 + 0 * c[:, :1, None, None])
        frame = torch.ones(SIDE, SIDE)
        frame[3:-3, 3:-3] = 0
        return picture * (1 - frame) + frame * (0.1 + 0.8 * border[:, None, None, None])


def test_where_regression_finds_no_step_gradients_may(monkeypatch):
    """The border is so rare that regression explains little of it."""
    monkeypatch.setattr("zscape.models.directions.reader.STEPS", 100)
    monkeypatch.setattr("zscape.models.directions.steered.STEPS", 60)
    inputs = [zscape.Latent("z", 3), zscape.Classes("class", ["a", "b"])]
    ring = zscape.wrap(Ring().eval(), inputs, image_range=(0, 1), name="ring", device="cpu")
    random = np.random.default_rng(0)
    points = {name: rows.copy() for name, rows in ring.points(2000, seed=5).items()}
    bordered = random.random(2000) < 0.5
    points["z"][:, 0] = np.where(bordered, 3.2, -0.5) + 0.3 * random.normal(size=2000)
    points["z"][:, 1] *= 0.3
    data = Dataset("ring", ring.draw(points), points["class"].argmax(1), ("a", "b"), attributes={"border": bordered * 1.0})

    def borders(steer):
        found = finish(find(ring.inner, ["attributes"], data, samples=400, device="cpu", steer=steer))
        return [each for each in found.directions if each.name == "border"]

    assert not borders(False)
    (border,) = borders(True)
    assert cosine(border.vector, [1, 0, 0]) > 0.9
    before = {name: rows.copy() for name, rows in ring.points(50, seed=8).items()}
    after = {**before, "z": before["z"] + 2 * np.asarray(border.vector, np.float32)}
    edges = [ring.draw(each)[:, 0, 0, 0].mean() for each in (before, after)]
    assert edges[1] > edges[0] + 100


def test_the_same_seed_finds_the_same(bars):
    one, two = (finish(find(bars.inner, ["pca", "attributes"], samples=300, seed=3, device="cpu")) for _ in range(2))
    assert one == two


def test_work_that_is_closed_early_stops(bars):
    work = find(bars.inner, ["pca"], samples=2000, device="cpu")
    next(work)
    work.close()
    with pytest.raises(StopIteration):
        next(work)


@pytest.mark.parametrize(
    ("methods", "samples", "words"), [(["odd"], 400, "no method"), (["pca"], 5, "200"), (["sefa"], 300, "pca")]
)
def test_what_cannot_be_found_is_refused(bars, methods, samples, words):
    with pytest.raises(ZscapeError, match=words):
        finish(find(bars.inner, methods, samples=samples, device="cpu"))


def test_factors_are_orthogonal_and_of_length_one(tiny_model):
    model = zscape.open(tiny_model, device="cpu")
    found = finish(find(model.inner, ["sefa"], count=4, samples=200, device="cpu")).directions
    vectors = np.array([each.vector for each in found])
    np.testing.assert_allclose(vectors @ vectors.T, np.eye(4), atol=1e-5)


def test_pairs_are_one_deviation_long():
    one = difference(np.array([[3.0, 0, 0], [5, 0, 0]]), np.zeros((4, 3)), "wide", "z")
    assert one.vector == (1.0, 0.0, 0.0)
    assert one.provenance["length"] == pytest.approx(4)
    with pytest.raises(ZscapeError, match="same latent"):
        difference(np.ones((2, 3)), np.ones((1, 3)), "none", "z")


def test_a_lock_makes_the_others_orthogonal():
    known = {"a": Direction("a", "z", (1.0, 1.0, 0.0)), "b": Direction("b", "z", (1.0, 0.0, 0.0))}
    back = compensation({"a": 2.0}, known, ["b"])
    step = 2 * np.array(known["a"].vector) + back["b"] * np.array(known["b"].vector)
    assert step == pytest.approx([0, 2, 0])
    assert compensation({"b": 1.0}, known, ["b"]) == {}, "what is moved itself is not held"
    with pytest.raises(ZscapeError, match="no direction named 'c'"):
        compensation({"a": 1.0}, known, ["c"])


def test_points_move_in_a_notebook(bars):
    model = zscape.model.Model(bars.inner, "cpu")
    assert "brightness" in model.find_directions("attributes", samples=400)
    points = model.points(20, seed=2)
    moved = model.move(points, "brightness", 2.0)
    assert (model.draw(moved).mean((1, 2, 3)) > model.draw(points).mean((1, 2, 3))).all()
    assert np.array_equal(model.draw(model.move(points, "brightness", 0.0)), model.draw(points))
    for name, amount in (("nothing", 1.0), ("brightness", float("nan"))):
        with pytest.raises(ZscapeError):
            model.move(points, name, amount)


def test_the_bundled_model_knows_its_directions():
    model = zscape.open("mnist", device="cpu")
    assert {"slant", "stroke width", "component 1"} <= set(model.directions)
    points = model.points(60, seed=9)
    before, bold, upright = (
        measure(model.draw(each))
        for each in (points, model.move(points, "stroke width", 2.0), model.move(points, "stroke width", 2.0, keep=["slant"]))
    )
    assert (bold["stroke width"] > before["stroke width"]).all()
    free, held = (np.abs(each["slant"] - before["slant"]).mean() for each in (bold, upright))
    assert held < free / 5


def test_numbers_that_are_names_become_an_attribute_each():
    random = np.random.default_rng(0)
    names, amounts = random.integers(0, 5, 400), random.integers(0, 4, 400)
    images = np.zeros((400, 16, 16, 3), np.uint8)
    images[:, :8] = np.array([[200, 0, 0], [0, 200, 0], [0, 0, 200], [200, 200, 200], [0, 0, 0]], np.uint8)[names][:, None, None]
    images[:, 8:] = (60 * amounts)[:, None, None, None]
    attributes = {"ground": names * 1.0, "light": amounts * 1.0, "noise": random.normal(size=400)}
    data = Dataset("stripes", images, names, tuple("abcde"), attributes=attributes)
    found = without_categories(data)
    assert list(found) == [*(f"ground {number}" for number in range(5)), "light", "noise"]
    np.testing.assert_array_equal(found["ground 3"], names == 3)
    np.testing.assert_array_equal(found["light"], amounts)


def test_a_bank_is_found_without_being_asked_for_and_kept_by_the_hash(tiny_model, home):
    inner = load_model(tiny_model)
    assert directions_of(inner.spec) == ()
    bank = finish(find_bank(inner, "cpu"))
    assert {each.method for each in bank.directions} >= {"principal components", "closed-form factorisation"}
    changes = [each.provenance["change"] for each in bank.directions]
    assert changes == sorted(changes, reverse=True)
    assert [each.name for each in directions_of(inner.spec)] == [each.name for each in bank.directions]
    other = replace(inner.spec, sha256="0" * 64)
    assert directions_of(other) == (), "another model's"
    found_file(inner.spec).write_bytes(b"damaged")
    assert directions_of(inner.spec) == ()


def test_a_bank_learns_the_attributes_of_the_models_own_data_where_they_are_here(bars, soon_read, tmp_path):
    points = bars.points(300, seed=5)
    path = tmp_path / "bars.npz"
    np.savez(
        path,
        images=bars.draw(points),
        labels=np.arange(300) % 2,
        attributes=(points["z"][:, 2:] > 0) * 1.0,
        attribute_names=np.array(["high"]),
    )
    trained = replace(bars.inner, spec=replace(bars.inner.spec, recorded={"training": {"data": str(path)}}))
    assert "high" in {each.name for each in finish(find_bank(trained, "cpu")).directions}
    path.write_bytes(b"no longer what it was")
    assert "high" not in {each.name for each in finish(find_bank(trained, "cpu")).directions}


def test_a_bank_has_no_direction_twice():
    one, near, far = ((1.0, 0.0, 0.0), (0.99, 0.1, 0.0), (0.0, 1.0, 0.0))
    given = (
        Direction("factor 1", "z", near, method="closed-form factorisation"),
        Direction("slant", "z", one, method="measured attribute"),
        Direction("component 1", "z", far, method="principal components"),
    )
    assert [each.name for each in distinct(given)] == ["slant", "component 1"]


def test_a_boundary_between_latents_leads_from_those_without_to_those_with_it():
    random = np.random.default_rng(0)
    way = np.array([1.5, 0, 0, 0])
    a, b = random.normal(size=(60, 4)) + way, random.normal(size=(60, 4)) - way
    one = boundary(a, b, "right", "z")
    assert cosine(one.vector, [1, 0, 0, 0]) > 0.95
    assert one.vector[0] > 0
    assert one.provenance["accuracy"] > 0.85
    way = (a.mean(0) - b.mean(0)) @ np.array(one.provenance["normal"])
    assert 2 * np.dot(one.vector, one.provenance["normal"]) == pytest.approx(way)
    with pytest.raises(ZscapeError, match="2 pictures or more"):
        boundary(a[:1], b, "few", "z")
    with pytest.raises(ZscapeError, match="the same"):
        boundary(a, a, "none", "z")


def test_two_folders_of_pictures_make_a_direction(bars, tmp_path, monkeypatch):
    monkeypatch.setattr("zscape.models.directions.from_pictures.STEPS", 50)
    monkeypatch.setattr("zscape.models.directions.from_pictures.SAMPLES", 1500)
    monkeypatch.setattr("zscape.models.directions.steered.STEPS", 60)
    points = bars.points(300, seed=5)
    high = points["z"][:, 2] > 0
    for name, some in (("with", high), ("without", ~high)):
        np.savez(tmp_path / f"{name}.npz", images=bars.draw(points)[some][:40])
    paths = tmp_path / "with.npz", tmp_path / "without.npz"
    one = finish(from_pictures(bars.inner, *paths, "high", "cpu"))
    assert cosine(one.vector, [0, 0, 1]) > 0.9  # and does not make the picture darker, which would be a smaller change
    assert one.vector[2] > 0
    np.savez(paths[0], images=bars.draw(points)[high][:3])
    with pytest.raises(ZscapeError, match="no encoder"):
        finish(from_pictures(bars.inner, *paths, "high", "cpu"))
    with pytest.raises(ZscapeError, match="are the same"):
        finish(from_pictures(bars.inner, paths[1], paths[1], "high", "cpu"))
