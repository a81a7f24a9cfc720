import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from zscape.models.data.formats.idx import TYPES, read_idx
from zscape.models.errors import ZscapeError

CODES = {np.dtype(name).newbyteorder("="): code for code, name in TYPES.items()}
anything = settings(max_examples=60)
any_array = st.sampled_from(sorted(CODES, key=str)).flatmap(
    lambda dtype: arrays(
        dtype, array_shapes(max_dims=4, max_side=5), elements={"allow_nan": False} if dtype.kind == "f" else None
    )
)


def as_idx(array: np.ndarray) -> bytes:
    head = bytes([0, 0, CODES[array.dtype], array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


@anything
@given(array=any_array, packed=st.booleans())
def test_what_was_written_is_read(tmp_path: Path, array: np.ndarray, packed: bool) -> None:
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(as_idx(array)) if packed else as_idx(array))
    read = read_idx(path)
    assert read.dtype == array.dtype
    assert read.dtype.isnative
    np.testing.assert_array_equal(read, array)
    assert read.flags.writeable


@anything
@given(array=any_array, packed=st.booleans(), data=st.data())
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, array: np.ndarray, packed: bool, data: st.DataObject) -> None:
    whole = gzip.compress(as_idx(array)) if packed else as_idx(array)
    path = tmp_path / "a"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(ZscapeError):
        read_idx(path)


@anything
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\3", b"\0\0\x08\3", b"\0\0\x0e\xff"])
)
def test_random_bytes_are_read_or_refused(tmp_path: Path, body: bytes, start: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(start + body)
    try:
        read = read_idx(path)
    except ZscapeError:
        return
    assert as_idx(read) == start + body


@pytest.mark.parametrize("packed", [False, True])
def test_a_header_that_promises_terabytes_allocates_nothing(tmp_path: Path, packed: bool) -> None:
    lying = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**31, 2**31, 2**31)
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(lying) if packed else lying)
    with pytest.raises(ZscapeError, match="promises"):
        read_idx(path)


@pytest.mark.parametrize("packed", [False, True])
def test_more_than_promised_is_refused(tmp_path: Path, packed: bool) -> None:
    data = as_idx(np.arange(4, dtype=np.uint8)) + b"x"
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(data) if packed else data)
    with pytest.raises(ZscapeError, match="goes on"):
        read_idx(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(ZscapeError, match=path.name):
            read_idx(path)
