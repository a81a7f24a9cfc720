"""Contact sheets show the frames of the film pixel by pixel, and their captions, in all three formats."""

import base64
import io
import re
import xml.etree.ElementTree as ET
import zlib

import numpy as np
import pytest
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.media.film.contact_sheet import GAP, LINE, SUFFIXES, check_contact_sheet, sheet_size, write_contact_sheet
from zscape.models.media.images import read_image
from zscape.models.media.metadata import read_metadata
from zscape.models.progress import finish

FRAMES = [np.random.default_rng(k).integers(0, 256, (30, 40, 3), np.uint8) for k in range(5)]
WORDS = ["0.00 s", "0.50 s", "a <b> & (c) \\", "é", "2.00 s"]


def write(path, frames=FRAMES, columns=3):
    return finish(write_contact_sheet(path, iter(frames), WORDS, columns, {"timeline": "x"}))


def test_a_png_has_every_pixel_a_caption_and_the_texts(tmp_path):
    path = write(tmp_path / "a.png")
    sheet = read_image(path)
    assert sheet.shape[1::-1] == sheet_size((40, 30), 5, 3) == (3 * 56 + 16, 2 * 66 + 16)
    for place, frame in enumerate(FRAMES):
        x, y = GAP + place % 3 * (40 + GAP), GAP + place // 3 * (30 + LINE + GAP)
        assert np.array_equal(sheet[y : y + 30, x : x + 40], frame)
        assert (sheet[y + 30 : y + 30 + LINE, x : x + 40] < 128).any(), "its caption"
    assert (sheet[:GAP] == 255).all()
    assert read_metadata(path) == {"timeline": "x"}


def test_an_svg_has_every_pixel_and_the_captions_as_text(tmp_path):
    root = ET.parse(write(tmp_path / "a.svg")).getroot()
    space = "{http://www.w3.org/2000/svg}"
    images = [each.get("href").removeprefix("data:image/png;base64,") for each in root.iter(f"{space}image")]
    for data, frame in zip(images, FRAMES, strict=True):
        assert np.array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))), frame)
    assert [each.text for each in root.iter(f"{space}text")] == WORDS
    assert (root.get("width"), root.get("height")) == tuple(map(str, sheet_size((40, 30), 5, 3)))


def test_a_pdf_has_every_pixel_and_its_table_is_right(tmp_path):
    data = write(tmp_path / "a.pdf").read_bytes()
    start = int(re.search(rb"startxref\n(\d+)", data)[1])
    assert data[start : start + 4] == b"xref"
    offsets = [int(each) for each in re.findall(rb"(\d{10}) 00000 n", data[start:])]
    for number, offset in enumerate(offsets, 1):
        assert data[offset:].startswith(f"{number} 0 obj".encode())
    streams = [zlib.decompress(each) for each in re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)]
    assert streams[1:] == [frame.tobytes() for frame in FRAMES]
    assert rb"(a <b> & \(c\) \\) Tj" in streams[0]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_twice_the_same_bytes(tmp_path, suffix):
    assert write(tmp_path / f"a{suffix}").read_bytes() == write(tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_cannot_be_written_is_one_line_and_leaves_what_was_there(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text("old")
    for frames, words in (([], "no frames"), ([FRAMES[0], FRAMES[0][:20]], "of one size")):
        with pytest.raises(ZscapeError, match=words):
            write(path, frames)
    with pytest.raises(ZscapeError, match="Cannot write"):
        write(path / f"b{suffix}")
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_too_many_too_large_and_other_suffixes():
    for name, size, count, columns, words in (
        ("a.gif", (4, 4), 2, 2, "ends in .png, .svg, .pdf"),
        ("a.png", (4, 4), 0, 2, "1 to 400 frames"),
        ("a.png", (4, 4), 401, 2, "1 to 400 frames"),
        ("a.png", (4, 4), 4, 0, "1 to 400 columns"),
        ("a.png", (4000, 4000), 16, 4, "megapixels"),
    ):
        with pytest.raises(ZscapeError, match=words):
            check_contact_sheet(name, size, count, columns)
