"""Maps in files: round trips, damaged files, formats of other programs."""

import csv
import importlib.util

import numpy as np
import pytest
import torch
from maps_stage import CONFIG
from PIL import Image
from recipes import inputs

from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGAN
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.maps.collection import Origin
from zscape.models.maps.files.export import write_csv, write_projector
from zscape.models.maps.files.map_file import load_map, save_map
from zscape.models.maps.make import making
from zscape.models.maps.reduction import tsne as tsne_module
from zscape.models.maps.reduction.tsne import tsne
from zscape.models.progress import finish


def spec_of(name="tiny", sha256="ab" * 32):
    config = {each: getattr(CONFIG, each) for each in CONFIG.__dataclass_fields__}
    return Spec(name, "dcgan", config, inputs(6, tuple("0123456789")), (1, 28, 28), data="digits", sha256=sha256)


@pytest.fixture(scope="module")
def given():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = Model(spec_of(), DCGAN.generator(CONFIG).eval(), DCGAN.encoder(CONFIG).eval())
    return finish(making(model, Origin("data", "digits", 60)))


@pytest.fixture
def path(given, tmp_path):
    save_map(tmp_path / "m.npz", given)
    return tmp_path / "m.npz"


def changed(path, **arrays):
    """Replace arrays in the file; None removes one."""
    with np.load(path) as before:
        kept = {name: before[name] for name in before.files}
    np.savez(path, **{name: array for name, array in {**kept, **arrays}.items() if array is not None})
    return path


def test_a_saved_map_is_the_same_again(given, path):
    again = load_map(path, spec_of(), "digits")
    assert (again.positions == given.positions).all()
    assert again.collection.origin == given.collection.origin
    assert (again.method, again.likeness) == (given.method, given.likeness)
    assert (again.collection.latents == given.collection.latents).all()
    assert (again.collection.images == given.collection.images).all()
    assert set(again.collection.attributes) == set(given.collection.attributes)
    assert np.allclose(again.place(again.collection.rows("pixels")[3]), given.positions[3], atol=1e-2)


def test_a_map_of_another_model_or_other_data_is_told(path):
    with pytest.raises(ZscapeError, match="is of the model tiny, not of other"):
        load_map(path, spec_of("other", "cd" * 32))
    with pytest.raises(ZscapeError, match="is a map of the data 'digits', not of 'mnist'"):
        load_map(path, spec_of(), "mnist")


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"positions": np.full((60, 2), np.nan)}, "not finite"),
        ({"positions": np.zeros((59, 2))}, "positions are"),
        ({"latents": np.full((60, 6), np.inf, np.float32)}, "not finite"),
        ({"latents": np.zeros((60, 7), np.float32)}, "not those of tiny"),
        ({"labels": np.full(60, 99)}, "no name"),
        ({"labels": np.zeros(60, np.int64)}, "not those that it was made of"),
        ({"images": np.zeros((60, 28, 28, 1), np.uint8)}, "not those that it was made of"),
        ({"images": np.zeros((60, 28, 28), np.uint8)}, "its images are"),
        ({"classes": np.full(60, 77)}, "not those of tiny"),
        ({"attribute_names": np.array(["slant"] * 6)}, "one name"),
        ({"about": np.array("{}")}, "not a map, or is damaged"),
        ({"about": np.array("[" * 1000)}, "not a map, or is damaged"),
        ({"about": np.zeros(3)}, "not a map, or is damaged"),
        ({"ways": np.zeros((2, 5), np.float32)}, "ways are"),
        ({"positions": None}, "holds no map"),
    ],
)
def test_a_damaged_map_is_told_and_not_opened(path, arrays, words):
    with pytest.raises(ZscapeError, match=words):
        load_map(changed(path, **arrays), spec_of())


def test_a_pickle_is_not_opened(path):
    np.savez(path, about=np.array([object()], dtype=object), allow_pickle=True)
    with pytest.raises(ZscapeError):
        load_map(path)


def test_a_cut_file_is_told(path):
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ZscapeError, match=r"not an \.npz file, or is cut short"):
        load_map(path)


def test_the_table_has_a_line_a_picture(given, tmp_path):
    finish(write_csv(tmp_path / "m.csv", given, np.array([4, 40])))
    with (tmp_path / "m.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["picture"] for row in rows] == ["4", "40"]
    assert float(rows[0]["x"]) == pytest.approx(float(given.positions[4, 0]), rel=1e-4)
    assert rows[1]["class"] == given.collection.label(40)
    assert float(rows[1]["slant"]) == pytest.approx(given.collection.attributes["slant"][40], rel=1e-4, abs=1e-6)


def test_the_projector_gets_vectors_metadata_and_a_square_sprite(given, tmp_path):
    folder = tmp_path / "projector"
    finish(write_projector(folder, given))
    vectors = np.loadtxt(folder / "vectors.tsv", delimiter="\t")
    assert len(vectors) == 60
    lines = (folder / "metadata.tsv").read_text("utf-8").splitlines()
    assert len(lines) == 61
    assert lines[0].split("\t")[:2] == ["picture", "class"]
    with Image.open(folder / "sprite.png") as sprite:
        assert sprite.size == (8 * 28, 8 * 28)  # 60 pictures in a square of 8 rows
        tile = np.asarray(sprite)[28:56, 28:56]  # the tenth in reading order
    assert (tile == given.collection.images[9, ..., 0]).all()
    config = (folder / "projector_config.pbtxt").read_text("utf-8")
    assert 'tensor_path: "vectors.tsv"' in config
    assert config.count("single_image_dim: 28") == 2


def test_without_opentsne_it_says_what_to_install(given, monkeypatch):
    monkeypatch.setattr(tsne_module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ZscapeError, match=r"pip install 'zscape\[maps\]'"):
        finish(tsne(given.collection.rows("pixels")))


needs_opentsne = pytest.mark.skipif(importlib.util.find_spec("openTSNE") is None, reason="openTSNE is not installed")


@needs_opentsne
@pytest.mark.parametrize("attracted", [False, True])
def test_tsne_keeps_groups_together_and_is_the_same_each_time(attracted, monkeypatch):
    monkeypatch.setattr(tsne_module, "EARLY", 50)
    monkeypatch.setattr(tsne_module, "LATER", 100)
    random = np.random.default_rng(0)
    label = np.repeat(np.arange(3), 40)
    rows = (random.standard_normal((3, 20))[label] * 6 + random.standard_normal((120, 20))).astype(np.float32)
    told = []
    places = finish(tsne(rows, attracted, tell=told.append))
    assert places.shape == (120, 2)
    assert np.isfinite(places).all()
    assert len(told) > 10
    far = np.linalg.norm(places[:, None] - places[None], axis=2) + np.eye(120) * 1e9
    assert (label[far.argmin(1)] == label).mean() > 0.95
    assert (finish(tsne(rows, attracted)) == places).all()


@needs_opentsne
def test_tsne_of_too_few_is_told():
    with pytest.raises(ZscapeError, match="10 pictures or more"):
        finish(tsne(np.zeros((5, 3), np.float32)))
