from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.media.images import save_png
from zscape.models.media.metadata import embed, read_metadata

texts = st.dictionaries(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=600),
    min_size=1,
    max_size=3,
)
anything = settings(max_examples=25)
PICTURE = np.random.default_rng(0).integers(0, 256, (5, 7, 1), np.uint8)


@anything
@given(texts, st.sampled_from(["png", "gif", "webp"]))
def test_texts_come_back_and_the_picture_still_opens(tmp_path: Path, words: dict[str, str], kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    Image.fromarray(PICTURE[..., 0]).save(path, lossless=True)
    assert read_metadata(path) == {}
    embed(path, words)
    assert read_metadata(path) == words
    with Image.open(path) as picture:
        np.testing.assert_array_equal(np.asarray(picture.convert("L"))[..., None], PICTURE)


@anything
@given(texts)
def test_a_saved_png_carries_its_texts_for_other_programs_too(tmp_path: Path, words: dict[str, str]) -> None:
    save_png(tmp_path / "a.png", PICTURE, metadata=words)
    assert read_metadata(tmp_path / "a.png") == words
    with Image.open(tmp_path / "a.png") as picture:
        assert {key: str(value) for key, value in picture.text.items()} == words  # type: ignore[attr-defined]


@anything
@given(st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\x1aE\xdf\xa3"]))
def test_foreign_and_damaged_files_have_no_texts(tmp_path: Path, body: bytes, start: bytes) -> None:
    (tmp_path / "a").write_bytes(start + body)
    read_metadata(tmp_path / "a")
    (tmp_path / "b.webm").write_bytes(start + body)
    assert read_metadata(tmp_path / "b.webm") == {} or start.startswith(b"\x89PNG")


def test_what_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(ZscapeError, match="missing"):
        read_metadata(tmp_path / "missing")
    (tmp_path / "a.txt").write_text("no picture at all")
    with pytest.raises(ValueError, match="format"):
        embed(tmp_path / "a.txt", {"a": "b"})
