"""Sessions in files: what is saved is loaded unchanged, and files that are not sessions do no harm."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes import columns_of, kind, recipe, scene, weights, z

from zscape.app.state.kind import UNKNOWN
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import FORMAT, KEY, from_json, load, save, to_json
from zscape.app.state.shelf_state import ShelfState
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.views.style_sweep.state import StyleSweepState
from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.value import SEED_LIMIT
from zscape.models.media.images import save_png

FIXTURE = Path(__file__).parents[2] / "fixtures" / "session-1.json"
SECOND = Path(__file__).parents[2] / "fixtures" / "session-2.json"
FIRST = Path(__file__).parents[2] / "fixtures" / "format1"
REALS = st.floats(-1e6, 1e6, width=32)
PAIRS = st.tuples(st.integers(0, SEED_LIMIT - 1), REALS.filter(bool))


@st.composite
def recipes(draw):
    numbers = draw(st.none() | st.lists(REALS, min_size=1, max_size=5).map(tuple))
    return recipe(
        seeds=() if numbers else draw(st.lists(PAIRS, min_size=1, max_size=3).map(tuple)),
        numbers=numbers,
        coordinates=tuple(sorted(draw(st.dictionaries(st.integers(0, 511), REALS, max_size=3)).items())),
        moves=tuple(sorted(draw(st.dictionaries(st.text(max_size=5), REALS, max_size=2)).items())),
        classes=draw(st.just(()) | st.lists(st.floats(0.125, 9), min_size=1, max_size=4).map(tuple)),
        truncation=draw(REALS),
    )


@st.composite
def pictures(draw):
    height, width, channels = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.sampled_from((1, 3)))
    count = height * width * channels
    return PictureValue(height, width, channels, draw(st.binary(min_size=count, max_size=count)))


RESTYLES = st.builds(
    Restyle,
    pictures(),
    st.none() | st.integers(0, 9),
    st.integers(0, 500),
    st.none() | recipes(),
    st.none() | st.floats(0, 1),
    st.booleans(),
)
SCENES = st.builds(
    scene,
    point=recipes(),
    target=recipes(),
    a=st.none() | recipes(),
    shelf=st.lists(recipes(), max_size=3).map(tuple),
    columns=st.integers(2, 24),
    way=st.sampled_from(("slerp", "lerp")),
    keep_norm=st.booleans(),
    restyle=st.none() | RESTYLES,
)
LABELS = st.lists(st.text(max_size=4), min_size=1, max_size=10, unique=True).map(tuple)
KINDS = st.builds(lambda size, labels: kind(size, 0, labels), st.integers(1, 512), LABELS) | st.builds(
    kind, st.integers(1, 512), st.integers(1, 10)
)
OTHERS = st.lists(st.tuples(KINDS, SCENES), max_size=2).map(tuple)


@settings(max_examples=12)
@given(SCENES, st.text(max_size=8), KINDS | st.just(UNKNOWN), OTHERS)
def test_any_session_comes_back_as_it_was(scene, name, kind, others):
    saved = SessionFile(name, "style-sweep", kind, scene, others)
    assert from_json(to_json(saved), "here") == saved


def test_what_a_view_of_a_later_zscape_kept_is_not_lost():
    text = to_json(SessionFile(scene=Scene())).replace('"views": {}', '"views": {"map": {"zoom": 3}}')
    again = to_json(from_json(text, "here"))
    assert '"zoom": 3' in again


@pytest.mark.parametrize("name", ["session.zscape.json", "exported.png", "exported.gif", "exported.webp", "exported.mp4"])
def test_sessions_and_pictures_of_the_first_format_open(name):
    saved = load(FIRST / name)
    assert saved.model == "mnist"
    assert [each.size for each in saved.kind.inputs if isinstance(each, Latent)] == [64]
    assert z(saved.scene.point).coordinates == ((0, 1.25),)
    assert len(saved.scene.shelf) == 3
    assert z(saved.scene.shelf[1]).truncation == 0.8
    assert weights(saved.scene.shelf[2])[2:4] == (0.5, 0.5)
    assert columns_of(saved.scene) == 4
    assert saved.scene.view(StyleSweepState).way == "lerp"
    assert not saved.scene.view(ArithmeticState).keep_norm
    assert saved.scene.view(RestyleState).given.found is not None
    if name == "session.zscape.json":
        ((other, scene),) = saved.others
        assert [each.size for each in other.inputs if isinstance(each, Latent)] == [100]
        assert z(scene.point).truncation == 0.7
    assert from_json(to_json(saved), "again") == saved


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + (FIRST / "session.zscape.json").read_bytes())
    assert load(path) == load(FIRST / "session.zscape.json")


@settings(max_examples=10)
@given(SCENES)
def test_a_session_comes_back_from_a_file_and_from_a_picture(tmp_path, scene):
    saved = SessionFile(scene=scene)
    save(tmp_path / "s.json", saved)
    assert load(tmp_path / "s.json") == saved
    save_png(tmp_path / "s.png", np.zeros((4, 4, 1), np.uint8), metadata={KEY: to_json(saved)})
    assert load(tmp_path / "s.png") == saved


def test_a_session_of_format_1_is_read_for_good():
    saved = load(FIXTURE)
    assert saved.model == "mnist-dcgan"
    assert (saved.kind, saved.others) == (UNKNOWN, ())
    assert saved.view == "restyle"
    assert saved.scene.point == recipe(seeds=((7, 1.0), (9, 0.5)), coordinates=((3, 1.5),), classes=(0.0, 1.0), truncation=0.8)
    assert saved.scene.view(RestyleState).given.picture == PictureValue(2, 2, 1, b"\x00\x40\x80\xff")
    assert saved.scene.shelf == (recipe(seeds=(), numbers=(0.25, -1.0)),)


def test_a_format_2_session_with_one_shelf_opens_unchanged():
    saved = load(SECOND)
    assert (saved.model, saved.view) == ("mnist", "arithmetic")
    assert [z(each).seed for each in saved.scene.shelf] == [1, 2, 3]
    assert len(saved.scene.views) == 3
    assert len(saved.scene.timeline.tracks[0][1]) == 21
    assert saved.scene.view(ShelfState) == ShelfState()
    assert len(saved.others) == 1
    assert to_json(saved) + "\n" == SECOND.read_text()


@given(st.binary(max_size=60))
def test_bytes_that_are_no_session_are_refused_in_one_line(data):
    with pytest.raises(ZscapeError) as caught:
        from_json(data, "file")
    assert "\n" not in str(caught.value)


def damaged(plain):
    with pytest.raises(ZscapeError, match="damaged"):
        from_json(json.dumps(plain), "file")


def test_a_newer_session_is_refused():
    good = json.loads(to_json(SessionFile()))
    with pytest.raises(ZscapeError, match=f"format {FORMAT + 1}"):
        from_json(json.dumps({**good, "format": FORMAT + 1}), "file")
    with pytest.raises(ZscapeError, match="is not a session"):
        from_json('{"timeline": 1}', "file")


@pytest.mark.parametrize(
    "change",
    [
        {"point": {"values": 3}},
        {"point": 3},
        {"shelf": 3},
        {"views": {"class-sweep": {"columns": 1}}},
        {"views": {"class-sweep": {"columns": "ten"}}},
        {"views": {"style-sweep": {"way": "teleport"}}},
        {"views": {"restyle": {"given": {"picture": {"height": 2, "width": 2, "channels": 1, "pixels": "AA=="}}}}},
        {"views": 7},
    ],
    ids=str,
)
def test_damaged_sessions_are_refused(change):
    good = json.loads(to_json(SessionFile()))
    damaged({**good, "scene": {**good["scene"], **change}})
    damaged({**good, "others": [{"kind": {"inputs": [{"kind": "latent", "name": "z", "size": 8}]}, "scene": change}]})


@pytest.mark.parametrize(
    "kind", [{"inputs": [{"kind": "smell"}]}, {"inputs": 3}, {"inputs": [{"kind": "latent", "name": "z", "size": 0}]}, 3], ids=str
)
def test_sessions_for_models_that_cannot_be_are_refused(kind):
    good = json.loads(to_json(SessionFile()))
    damaged({**good, "kind": kind})
    damaged({**good, "others": [{"kind": {}, "scene": {}}]})


def test_damaged_sessions_of_the_first_format_are_refused():
    good = json.loads((FIRST / "session.zscape.json").read_text())
    for change in ({"columns": 1}, {"columns": "ten"}, {"way": "teleport"}, {"point": {"seeds": []}}, {"shelf": 3}, {"odd": 1}):
        damaged({**good, "scene": {**good["scene"], **change}})
    other = {"z_size": 8, "classes": 3, "scene": good["scene"]}
    bad = ({**other, "z_size": 0}, {**other, "classes": -1}, {**other, "class_names": ["a", "b"]}, {"scene": good["scene"]})
    for change in ({"z_size": -1}, {"classes": 3}, *({"others": [each]} for each in bad)):
        damaged({**good, **change})


def test_a_folder_that_cannot_be_written_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "s.json"
    save(path, SessionFile(model="old"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ZscapeError, match="No space left"):
        save(path, SessionFile(model="new"))
    assert load(path).model == "old"
    assert [each.name for each in tmp_path.glob("*.json")] == ["s.json"]
