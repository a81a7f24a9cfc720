import io
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.media.images import as_images, image_header, is_picture, read_image, save_png, to_uint8

RNG = np.random.default_rng(0)
GREY = RNG.integers(0, 256, (6, 9), np.uint8)
COLOUR = RNG.integers(0, 256, (6, 9, 3), np.uint8)


def size_of(path: Path) -> tuple[int, int]:
    """(height, width) according to the header."""
    header = image_header(path)
    return header.height, header.width


def with_size(png: bytes, side: int) -> bytes:
    """A PNG whose header says that it is a square of `side` pixels; only what decodes it sees that it is not."""
    header = b"IHDR" + side.to_bytes(4, "big") * 2 + png[24:29]
    return png[:12] + header + zlib.crc32(header).to_bytes(4, "big") + png[33:]


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "GIF", "WEBP"])
def test_grey_pictures_of_every_lossless_format(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    read = read_image(encoded(Image.fromarray(GREY), kind, **options))
    np.testing.assert_array_equal(read, GREY[..., None] if kind != "WEBP" else GREY[..., None].repeat(3, 2))


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "JPEG"])
def test_colour_pictures(kind: str) -> None:
    flat = np.full((8, 8, 3), (200, 100, 50), np.uint8)
    read = read_image(encoded(Image.fromarray(flat), kind))
    assert read.shape == (8, 8, 3)
    assert np.abs(read.astype(int) - flat).max() <= 3


def test_the_name_does_not_matter_but_the_content_does(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(encoded(Image.fromarray(COLOUR)))
    np.testing.assert_array_equal(read_image(path), COLOUR)
    assert size_of(path) == (6, 9)


def test_orientation_of_a_camera_is_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # rotate by 90 degrees clockwise
    np.testing.assert_array_equal(read_image(encoded(Image.fromarray(GREY), exif=exif))[..., 0], np.rot90(GREY, -1))


def test_a_dark_drawing_on_clear_is_laid_over_white() -> None:
    clear = np.zeros((4, 4, 4), np.uint8)
    clear[0, 0] = (255, 0, 0, 255)
    read = read_image(encoded(Image.fromarray(clear)))
    assert read[0, 0].tolist() == [255, 0, 0]
    assert (read[1:] == 255).all()
    assert (read_image(encoded(Image.fromarray(clear[..., :2]))) == 255).all()  # grey with alpha
    assert read_image(encoded(Image.fromarray(clear[..., :2]))).shape == (4, 4, 1)


def test_sixteen_bits_are_scaled() -> None:
    deep = np.array([[0, 257, 65535], [32896, 128, 129]], np.uint16)
    np.testing.assert_array_equal(read_image(encoded(Image.fromarray(deep)))[..., 0], [[0, 1, 255], [128, 0, 1]])


def test_bilevel_float_and_cmyk() -> None:
    assert set(read_image(encoded(Image.fromarray(GREY).convert("1"))).ravel()) == {0, 255}
    unit = read_image(encoded(Image.fromarray(np.array([[0, 0.5], [1, 0.25]], np.float32)), "TIFF"))
    assert unit[..., 0].tolist() == [[0, 128], [255, 64]]
    assert read_image(encoded(Image.new("CMYK", (4, 4)), "TIFF")).tolist() == np.full((4, 4, 3), 255).tolist()


def test_the_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    read = read_image(encoded(frames[0], save_all=True, append_images=frames[1:]))
    assert read[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1)])
def test_too_small(size: tuple[int, int]) -> None:
    with pytest.raises(ZscapeError, match="at least 2 x 2"):
        read_image(encoded(Image.new("L", size)))


def test_too_large_is_refused_before_decoding() -> None:
    for side in (7100, 9500, 20_000):  # below, at and above the sizes at which Pillow itself warns and refuses
        whole = with_size(encoded(Image.new("1", (8, 8))), side)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(ZscapeError, match="megapixels"):
                read_image(whole)


def test_what_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("hello")
    (tmp_path / "page.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    for name in ("empty.png", "text.png", "page.png", "missing.png", ""):
        with pytest.raises(ZscapeError, match=name or "folder"):
            read_image(tmp_path / name)


@settings(max_examples=60)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"\xff\xd8\xff\xe0", b"II*\0", b"RIFF"]),
)
def test_random_bytes_are_never_more_than_an_error(body: bytes, start: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own warnings about damaged files
        try:
            read = read_image(start + body)
        except ZscapeError:
            return
    assert read.dtype == np.uint8


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_a_png_cut_anywhere_is_refused(cut: int) -> None:
    whole = encoded(Image.fromarray(np.random.default_rng(1).integers(0, 256, (30, 30), np.uint8)))
    body = whole[: cut % (len(whole) - 20)]  # the last bytes are the checksum and the end marker, without pixels
    with pytest.raises(ZscapeError):
        read_image(body)


def test_every_grey_level_comes_back_from_floats() -> None:
    every = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(to_uint8(every / 127.5 - 1), every)
    assert to_uint8(np.array([-9, 9, np.nan, np.inf])).tolist() == [0, 255, 128, 255]


def test_a_saved_png_is_enlarged_exactly(tmp_path: Path) -> None:
    save_png(tmp_path / "a.png", COLOUR, scale=3)
    np.testing.assert_array_equal(read_image(tmp_path / "a.png"), COLOUR.repeat(3, 0).repeat(3, 1))
    save_png(tmp_path / "a.png", GREY[..., None])  # replaces the previous one
    np.testing.assert_array_equal(read_image(tmp_path / "a.png"), GREY[..., None])


@settings(max_examples=10)
@given(st.sampled_from([(3, 4, 4), (3, 4, 4, 1), (2, 5, 4, 3)]))
def test_arrays_of_bytes_and_of_floats_are_pictures(tmp_path: Path, shape: tuple[int, ...]) -> None:
    values = RNG.integers(0, 256, shape, np.uint8)
    expected = values if len(shape) == 4 else values[..., None]
    np.testing.assert_array_equal(as_images(values, "x"), expected)
    np.testing.assert_array_equal(as_images(values / 255.0, "x"), expected)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4)),
        np.zeros((2, 4, 4, 2)),
        np.zeros((0, 4, 4)),
        np.full((1, 4, 4), 2.0),
        np.full((1, 4, 4), -2),
        np.full((1, 4, 4), np.nan),
    ],
)
def test_arrays_that_are_no_pictures(array: np.ndarray) -> None:
    with pytest.raises(ZscapeError, match=r"here\.npz"):
        as_images(array, "here.npz")


def test_a_picture_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(encoded(Image.fromarray(GREY)))
    (tmp_path / "b.png").write_text("hello")
    assert is_picture(tmp_path / "a.txt")
    assert not is_picture(tmp_path / "b.png")
    assert not is_picture(tmp_path / "missing")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_upright_picture(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    (tmp_path / "a.jpg").write_bytes(encoded(Image.fromarray(GREY), "JPEG", exif=exif))
    assert size_of(tmp_path / "a.jpg") == read_image(tmp_path / "a.jpg").shape[:2]


def rgba(mask: np.ndarray, shade: int, around: int = 0) -> np.ndarray:
    """A picture with `shade` where mask is true and transparent elsewhere."""
    return np.dstack([np.where(mask, shade, around).astype(np.uint8)] * 3 + [mask.astype(np.uint8) * 255])


STROKE = np.zeros((40, 40), bool)
STROKE[8:32, 18:22] = True


@pytest.mark.parametrize(("shade", "background"), [(255, 0), (200, 0), (20, 255), (0, 255)])
def test_what_is_clear_stands_out_from_what_is_visible(shade: int, background: int) -> None:
    read = read_image(encoded(Image.fromarray(rgba(STROKE, shade))))
    assert (read[STROKE] == shade).all()
    assert (read[~STROKE] == background).all()


def test_around_a_sheet_of_paper_is_the_shade_of_the_paper() -> None:
    sheet = np.zeros((40, 40), bool)
    sheet[4:36, 4:36] = True
    picture = rgba(sheet, 240)
    picture[12:28, 16:24, :3] = 10
    read = read_image(encoded(Image.fromarray(picture)))
    assert (read[~sheet] == 255).all()
    assert (read[14:20, 17:20] == 10).all()


def test_the_orientation_after_a_pngs_pixels_is_in_its_header_too(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.zeros((6, 9), np.uint8)).save(tmp_path / "a.png", exif=exif)
    data = (tmp_path / "a.png").read_bytes()
    start = data.index(b"eXIf") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4], "big")
    chunk, rest = data[start:end], data[:start] + data[end:]
    last = rest.index(b"IEND") - 4
    (tmp_path / "a.png").write_bytes(rest[:last] + chunk + rest[last:])
    assert size_of(tmp_path / "a.png") == read_image(tmp_path / "a.png").shape[:2] == (9, 6)
