import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.errors import ZscapeError
from zscape.models.media.npz import load_arrays, save_arrays

EXAMPLE = {"images": np.arange(60, dtype=np.uint8).reshape(5, 3, 4), "z": np.linspace(0, 1, 7), "names": np.array(["a", "é"])}


def test_what_was_saved_is_loaded_and_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_arrays(tmp_path / name, **EXAMPLE)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    loaded = load_arrays(tmp_path / "a", "images", "z", optional=("names", "labels"))
    assert set(loaded) == set(EXAMPLE)
    for name, array in loaded.items():
        np.testing.assert_array_equal(array, EXAMPLE[name])


def test_a_missing_array_is_named_with_those_there(tmp_path: Path) -> None:
    save_arrays(tmp_path / "a.npz", **EXAMPLE)
    with pytest.raises(ZscapeError, match=r"'labels' \(it holds images, names, z\)"):
        load_arrays(tmp_path / "a.npz", "labels")


def test_pickled_objects_are_refused_both_ways(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return open, (str(tmp_path / "sprung"), "w")  # type: ignore[return-value]

    np.savez(tmp_path / "a.npz", images=np.array([Trap()], object))
    with pytest.raises(ZscapeError, match="could run code"):
        load_arrays(tmp_path / "a.npz", "images")
    assert not (tmp_path / "sprung").exists()
    with pytest.raises(TypeError, match="images"):
        save_arrays(tmp_path / "b.npz", images=np.array([{}], object))


@settings(max_examples=80)
@given(st.data())
def test_a_damaged_file_is_an_error_or_harmless(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.npz"
    save_arrays(path, **EXAMPLE)
    whole = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        with pytest.raises(ZscapeError):
            load_arrays(path, "images")
        return
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    with contextlib.suppress(ZscapeError):
        np.testing.assert_array_equal(load_arrays(path, "images")["images"], EXAMPLE["images"])


def test_an_array_compressed_more_tightly_than_any_picture_is_refused(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", images=np.zeros(65 << 20, np.uint8))
    with pytest.raises(ZscapeError, match="claims 68,"):
        load_arrays(tmp_path / "a.npz", "images")


@pytest.mark.parametrize("array", [np.ones(3, complex), np.zeros(3, "M8"), np.zeros(3, [("a", "i4")]), np.zeros(3, "V0")])
def test_an_array_of_neither_numbers_nor_text_is_refused(tmp_path: Path, array: np.ndarray) -> None:  # type: ignore[type-arg]
    np.savez(tmp_path / "a.npz", names=array)
    with pytest.raises(ZscapeError, match="'names' is of type"):
        load_arrays(tmp_path / "a.npz", "names")


def test_bytes_are_read_as_text(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", names=np.array([b"a", "é".encode()]))
    assert load_arrays(tmp_path / "a.npz", "names")["names"].tolist() == ["a", "é"]


def test_what_is_no_npz(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("hello")
    for name in ("text.npz", "missing.npz", ""):
        with pytest.raises(ZscapeError):
            load_arrays(tmp_path / name, "images")
