"""Sessions in files: what is saved comes back, and what is not a session does no harm."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zscape.app.state.scene import Picture, Restyle, Scene
from zscape.app.state.session_file import FORMAT, KEY, KindScene, SessionFile, from_json, load, save, to_json
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import SEED_LIMIT, Recipe
from zscape.models.media.images import save_png

FIXTURE = Path(__file__).parents[1] / "fixtures" / "session-1.json"
REALS = st.floats(allow_nan=False, allow_infinity=False, width=32)
PAIRS = st.tuples(st.integers(0, SEED_LIMIT - 1), REALS.filter(bool))


@st.composite
def recipes(draw):
    latent = draw(st.none() | st.lists(REALS, min_size=1, max_size=5).map(tuple))
    return Recipe(
        seeds=() if latent else draw(st.lists(PAIRS, min_size=1, max_size=3).map(tuple)),
        latent=latent,
        overrides=tuple(sorted(draw(st.dictionaries(st.integers(0, 511), REALS, max_size=3)).items())),
        moves=tuple(sorted(draw(st.dictionaries(st.text(max_size=5), REALS, max_size=2)).items())),
        classes=draw(st.just(()) | st.lists(st.floats(0.125, 9), min_size=1, max_size=4).map(tuple)),
        truncation=draw(REALS),
    )


@st.composite
def pictures(draw):
    height, width, channels = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.sampled_from((1, 3)))
    return Picture(
        height, width, channels, draw(st.binary(min_size=height * width * channels, max_size=height * width * channels))
    )


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
    Scene,
    point=recipes(),
    target=recipes(),
    a=st.none() | recipes(),
    shelf=st.lists(recipes(), max_size=3).map(tuple),
    columns=st.integers(2, 24),
    way=st.sampled_from(("slerp", "lerp")),
    keep_norm=st.booleans(),
    restyle=st.none() | RESTYLES,
)


NAMES = st.lists(st.text(max_size=4), max_size=10).map(tuple)
KINDS = st.just((0, ())) | st.tuples(st.integers(1, 512), NAMES)
NUMBERS = st.builds(KindScene, st.integers(1, 512), st.integers(0, 10), SCENES)  # as files of before have them
NAMED = st.builds(lambda z_size, names, scene: KindScene(z_size, len(names), scene, names), st.integers(1, 512), NAMES, SCENES)
OTHERS = st.lists(NUMBERS | NAMED, max_size=2).map(tuple)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SCENES, st.text(max_size=8), KINDS, OTHERS)
def test_any_session_comes_back_as_it_was(scene, name, kind, others):
    z_size, names = kind
    saved = SessionFile(FORMAT, name, "style-sweep", z_size, len(names), scene, others, names)
    assert from_json(to_json(saved), "here") == saved


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(SCENES)
def test_also_through_a_file_and_through_a_picture(tmp_path, scene):
    saved = SessionFile(scene=scene)
    save(tmp_path / "s.json", saved)
    assert load(tmp_path / "s.json") == saved
    save_png(tmp_path / "s.png", np.zeros((4, 4, 1), np.uint8), metadata={KEY: to_json(saved)})
    assert load(tmp_path / "s.png") == saved


def test_a_session_of_format_1_is_read_for_good():
    saved = load(FIXTURE)
    assert saved.model == "mnist-dcgan"
    assert (saved.z_size, saved.classes, saved.others) == (0, 0, ())
    assert saved.view == "restyle"
    assert saved.scene.point == Recipe(seeds=((7, 1.0), (9, 0.5)), overrides=((3, 1.5),), classes=(0.0, 1.0), truncation=0.8)
    assert saved.scene.restyle.picture == Picture(2, 2, 1, b"\x00\x40\x80\xff")
    assert saved.scene.shelf == (Recipe(seeds=(), latent=(0.25, -1.0)),)


@given(st.binary(max_size=60))
def test_bytes_that_are_no_session_are_refused_in_one_line(data):
    with pytest.raises(ZscapeError) as caught:
        from_json(data, "file")
    assert "\n" not in str(caught.value)


def test_newer_and_damaged_sessions_are_refused():
    good = json.loads(to_json(SessionFile()))
    with pytest.raises(ZscapeError, match="format 2"):
        from_json(json.dumps({**good, "format": FORMAT + 1}), "file")
    for change in ({"columns": 1}, {"columns": "ten"}, {"way": "teleport"}, {"point": {"seeds": []}}, {"shelf": 3},
                   {"restyle": {"picture": {"height": 2, "width": 2, "channels": 1, "pixels": "AA=="}}}):  # fmt: skip
        with pytest.raises(ZscapeError, match="damaged"):
            from_json(json.dumps({**good, "scene": {**good["scene"], **change}}), "file")
    other = {"z_size": 8, "classes": 3, "scene": good["scene"]}
    narrow = {**other, "scene": {**good["scene"], "columns": 1}}
    unnamed = {**other, "class_names": ["a", "b"]}
    bad = ({**other, "z_size": 0}, {**other, "classes": -1}, narrow, unnamed, {"scene": good["scene"]})
    for change in ({"z_size": -1}, {"classes": 3}, *({"others": [each]} for each in bad)):
        with pytest.raises(ZscapeError, match="damaged"):
            from_json(json.dumps({**good, **change}), "file")


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
