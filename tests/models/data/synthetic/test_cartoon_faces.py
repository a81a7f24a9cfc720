"""Cartoon faces: people in ten expressions, as many people as asked for."""

import numpy as np
import pytest

from zscape.models.data.sources import load
from zscape.models.data.synthetic import cartoon_drawer, cartoon_faces
from zscape.models.data.synthetic.cartoon_drawer import Person
from zscape.models.data.synthetic.cartoon_faces import make_faces
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish


@pytest.fixture(scope="module")
def arrays():
    pytest.importorskip("python_avatars")
    pytest.importorskip("resvg_py")
    return finish(make_faces(120, 1))


def test_they_are_a_data_set_with_groups_and_attributes(arrays, tmp_path) -> None:
    save_arrays(tmp_path / "faces.npz", **arrays)
    data = load(str(tmp_path / "faces.npz"))
    assert data.image_shape == (3, 64, 64)
    assert data.class_names[:3] == ("calm", "smile", "laugh")
    np.testing.assert_array_equal(data.labels, np.tile(np.arange(10), 12))
    np.testing.assert_array_equal(data.groups, np.arange(12).repeat(10))
    assert tuple(data.attributes) == cartoon_faces.ATTRIBUTES
    for values in data.attributes.values():
        assert all(len(set(values[data.groups == person])) == 1 for person in range(12))


def test_one_person_keeps_background_and_hair_in_all_expressions(arrays) -> None:
    people = arrays["images"].reshape(12, 10, 64, 64, 3).astype(int)
    for person in people:
        assert (person[:, 0, 0] == person[0, 0, 0]).all()
        between = np.abs(person[1:] - person[0]).mean((0, 3))
        assert between[:20].max() < between[20:].max()
        assert np.abs(person[1:] - person[0]).mean((1, 2, 3)).min() > 0.1  # each expression looks different
    assert len({person[0].tobytes() for person in people}) == 12


def test_attributes_are_seen_in_the_pictures(arrays) -> None:
    names = arrays["attribute_names"].tolist()
    background = arrays["attributes"][:, names.index("background")].astype(int)
    corner = arrays["images"][:, 1, 1]
    for number, color in enumerate(cartoon_drawer.BACKGROUNDS):
        wanted = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
        assert (np.abs(corner[background == number].astype(int) - wanted) <= 1).all()


def test_layers_give_what_the_whole_drawing_gives() -> None:
    pa = pytest.importorskip("python_avatars")
    resvg = pytest.importorskip("resvg_py")
    import io

    from PIL import Image

    drawer = cartoon_drawer.Drawer()
    for hair in ("SHAGGY_MULLET", "DREADS", "BUZZCUT", "STRAIGHT_2"):
        person = Person(hair, "ROUND", "BEARD_MEDIUM", "HOODIE", "RED", "PLATINUM", "PALE", 1)
        layered = drawer.draw(person, [("SMILE", "HAPPY", "ANGRY")])[0]
        whole = pa.Avatar(
            style=pa.AvatarStyle.TRANSPARENT,
            top=pa.HairType[hair],
            accessory=pa.AccessoryType.ROUND,
            facial_hair=pa.FacialHairType.BEARD_MEDIUM,
            clothing=pa.ClothingType.HOODIE,
            clothing_color=pa.ClothingColor.RED,
            hair_color=pa.HairColor.PLATINUM,
            facial_hair_color=pa.HairColor.PLATINUM,
            skin_color=pa.SkinColor.PALE,
            mouth=pa.MouthType.SMILE,
            eyes=pa.EyeType.HAPPY,
            eyebrows=pa.EyebrowType.ANGRY,
        ).render()
        with Image.open(io.BytesIO(bytes(resvg.svg_to_bytes(svg_string=whole, width=192)))) as drawn:
            cut = drawn.convert("RGBA").crop(cartoon_drawer.CROP)
        paper = Image.new("RGBA", cut.size, cartoon_drawer.BACKGROUNDS[1])
        paper.alpha_composite(cut)
        wanted = np.asarray(paper.convert("RGB"), float).reshape(64, 2, 64, 2, 3).mean((1, 3))
        assert np.abs(layered - wanted).max() <= 2


def test_a_seed_gives_the_same_people_and_another_seed_others(arrays) -> None:
    again, others = finish(make_faces(10, 1)), finish(make_faces(10, 2))
    np.testing.assert_array_equal(again["images"], arrays["images"][:10])
    assert not np.array_equal(others["images"], again["images"])


def test_the_number_of_people_is_exact() -> None:
    pytest.importorskip("python_avatars")
    pytest.importorskip("resvg_py")
    three = finish(make_faces(3))
    assert three["images"].shape == (3, 64, 64, 3)
    assert three["labels"].tolist() == [0, 1, 2]
    assert three["persons"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("count", [0, -1, 349_526])
def test_counts_that_cannot_be_drawn_are_refused(count) -> None:
    with pytest.raises(ZscapeError, match="ask for 1 to"):
        finish(make_faces(count))


def test_a_seed_out_of_range_is_refused() -> None:
    with pytest.raises(ZscapeError, match="Seed -1 is out of range"):
        finish(make_faces(10, seed=-1))


def test_what_is_missing_is_said_with_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(cartoon_drawer, "find_spec", lambda name: None)
    with pytest.raises(ZscapeError, match=r"pip install 'zscape\[data\]'"):
        finish(make_faces(10))
