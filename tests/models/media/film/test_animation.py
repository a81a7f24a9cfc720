import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_formats import FORMATS, Choices
from zscape.models.media.images import read_image
from zscape.models.media.metadata import read_metadata
from zscape.models.progress import Progress, finish

TEXTS = {"recipe": '{"seed": 7, "name": "é漢"}' + "x" * 700, "made by": "Zscape"}
COUNT = 6
Frames = list[np.ndarray]


def smooth(count: int = COUNT, height: int = 32, width: int = 40, grey: bool = True) -> Frames:
    """A soft blob that moves: the kind of content that video codecs are made for."""
    y, x = np.mgrid[0:height, 0:width]
    frames = [
        np.stack([255 * np.exp(-(((x - 8 - 4 * i) / 9) ** 2) - ((y - 12 - 2 * k) / 9) ** 2) for k in range(3)], axis=-1)
        for i in range(count)
    ]
    return [(f[..., :1].repeat(3, 2) if grey else f).astype(np.uint8) for f in frames]


def read_back(path: Path) -> tuple[Frames, list[float]]:
    """Frames uint8 [H, W, 3], and the seconds for which each is shown."""
    if path.is_dir():
        return [read_image(file) for file in sorted(path.iterdir())], []
    if path.suffix in (".mp4", ".webm"):
        with av.open(str(path)) as container:
            decoded = [
                (f.to_ndarray(format="rgb24"), float(f.time), float(f.duration * f.time_base)) for f in container.decode(video=0)
            ]
        starts = [start for _, start, _ in decoded]
        return [frame for frame, _, _ in decoded], [*np.diff(starts), decoded[-1][2]]
    with Image.open(path) as picture:
        assert picture.info["loop"] == 0
        frames, seconds = [], []
        for index in range(picture.n_frames):
            picture.seek(index)
            picture.load()
            frames.append(np.asarray(picture.convert("RGB")))
            seconds.append(picture.info["duration"] / 1000)
    return frames, seconds


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("grey", [True, False])
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_every_format_gives_back_its_frames(tmp_path: Path, suffix: str, grey: bool, scale: int) -> None:
    path = tmp_path / f"a{suffix}"
    frames = smooth(grey=grey)
    assert finish(write_animation(path, iter(frames), 25, COUNT, scale, TEXTS)) == path
    read, seconds = read_back(path)
    assert len(read) == COUNT
    np.testing.assert_allclose(seconds, 0.04, atol=1e-3)
    for frame, original in zip(read, frames, strict=True):
        expected = original.repeat(scale, 0).repeat(scale, 1)
        assert frame.shape == expected.shape
        difference = np.abs(frame.astype(int) - expected)
        if FORMATS[suffix].lossless and (grey or suffix != ".gif"):
            assert difference.max() == 0
        else:
            assert difference.mean() < 4  # chroma has half the resolution
    first = path if path.is_file() else path / "00000.png"
    assert TEXTS.items() <= read_metadata(first).items()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", FORMATS)
def test_hard_random_pixels_survive_where_lossless(tmp_path: Path, suffix: str) -> None:
    rng = np.random.default_rng(0)
    frames = [rng.integers(0, 256, (11, 13, 1), np.uint8).repeat(3, 2) for _ in range(4)]
    finish(write_animation(tmp_path / f"a{suffix}", frames, 20))
    read, _ = read_back(tmp_path / f"a{suffix}")
    if FORMATS[suffix].lossless:
        np.testing.assert_array_equal(read, frames)
    else:
        assert np.shape(read) == (4, 12, 14, 3)  # padded to even sizes by repeating the last row and column
        assert np.abs(np.array(read)[:, :11, :13].astype(int) - frames).mean() < 12


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".gif"])
def test_a_colon_in_a_name_is_no_protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(f"film:1{suffix}")
    finish(write_animation(path, smooth(3), 20, 3, 1, TEXTS))
    assert TEXTS.items() <= read_metadata(path).items()


def test_a_film_says_which_colours_it_has(tmp_path: Path) -> None:
    import av

    for suffix in (".mp4", ".webm"):
        finish(write_animation(tmp_path / f"a{suffix}", smooth(3), 20))
        with av.open(str(tmp_path / f"a{suffix}")) as film:
            assert film.streams.video[0].codec_context.colorspace == 6  # SMPTE 170M


@pytest.mark.parametrize(
    ("suffix", "asked", "played"),
    [(".gif", 60, 50), (".gif", 30, 100 / 3), (".gif", 24, 25), (".mp4", 30, 30), (".webm", 60, 60)],
)
def test_the_rate_is_kept_or_the_nearest_there_is(tmp_path: Path, suffix: str, asked: float, played: float) -> None:
    assert float(FORMATS[suffix].rate(asked)) == pytest.approx(played)
    finish(write_animation(tmp_path / f"a{suffix}", smooth(30), asked))
    _, seconds = read_back(tmp_path / f"a{suffix}")
    assert sum(seconds) == pytest.approx(30 / played, abs=0.002)


def test_a_pause_lasts(tmp_path: Path) -> None:
    first, second = smooth(2)
    still = [first, first, first, second, second]
    for suffix in (".gif", ".webp", ".apng"):
        finish(write_animation(tmp_path / f"a{suffix}", still, 10))
        _, seconds = read_back(tmp_path / f"a{suffix}")
        assert sum(seconds) == pytest.approx(0.5)


def test_a_webp_can_be_smaller_where_its_pixels_may_differ(tmp_path: Path) -> None:
    frames = list(np.random.default_rng(3).integers(90, 160, (2, 64, 64, 3)).astype(np.uint8))
    sizes = []
    for quality in (None, 90, 40):
        finish(write_animation(tmp_path / "a.webp", frames, 10, choices=Choices(quality=quality)))
        sizes.append((tmp_path / "a.webp").stat().st_size)
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3
    assert np.abs(read_back(tmp_path / "a.webp")[0][0].astype(int) - frames[0]).mean() < 40
    for path, quality in (("a.gif", 50), ("a.webp", 0), ("a.webp", 101)):
        with pytest.raises(ZscapeError, match="quality"):
            finish(write_animation(tmp_path / path, frames, 10, choices=Choices(quality=quality)))


@pytest.mark.parametrize("suffix", FORMATS)
def test_progress_counts_and_frames_are_taken_one_at_a_time(tmp_path: Path, suffix: str) -> None:
    taken = 0

    def source() -> Iterator[np.ndarray]:
        nonlocal taken
        for frame in smooth():
            taken += 1
            yield frame

    for progress in write_animation(tmp_path / f"a{suffix}", source(), 20, COUNT):
        assert isinstance(progress, Progress)
        assert (progress.done, progress.total) == (taken, COUNT)
    assert taken == COUNT


@pytest.mark.parametrize("suffix", FORMATS)
def test_closing_early_leaves_nothing_and_keeps_the_old_file(tmp_path: Path, suffix: str) -> None:
    old = tmp_path / f"a{suffix}"
    if suffix:
        old.write_text("old")
    work = write_animation(old, smooth(), 20)
    for _ in range(4):
        next(work)
    work.close()
    assert [entry.read_text() for entry in tmp_path.iterdir()] == (["old"] if suffix else [])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([], "no frames"),
        ([*smooth(1), *smooth(1, height=30)], "one size"),
        ([np.zeros((4, 4), np.uint8)], "frames are uint8"),
        ([np.zeros((4, 4, 3), np.float32)], "frames are uint8"),
    ],
)
def test_wrong_frames(tmp_path: Path, suffix: str, frames: Frames, words: str) -> None:
    with pytest.raises(ZscapeError, match=words):
        finish(write_animation(tmp_path / f"a{suffix}", frames, 20))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "fps", "scale"), [("a.avi", 20, 1), ("a.gif", 0, 1), ("a.gif", float("nan"), 1), ("a.gif", 20, 0)]
)
def test_invalid_options(tmp_path: Path, name: str, fps: float, scale: int) -> None:
    with pytest.raises(ZscapeError, match=r"end in|written"):
        finish(write_animation(tmp_path / name, smooth(), fps, scale=scale))


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_place_that_cannot_be_written(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ZscapeError, match="file"):
        finish(write_animation(tmp_path / "file" / f"a{suffix}", smooth(), 20))


def test_a_folder_with_something_in_it_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "keep.txt").touch()
    with pytest.raises(ZscapeError, match="there already"):
        finish(write_animation(tmp_path, smooth(), 20))
    assert [entry.name for entry in tmp_path.iterdir()] == ["keep.txt"]


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files as only POSIX can")
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk(tmp_path: Path, suffix: str) -> None:
    import resource

    rng = np.random.default_rng(0)
    frames = [rng.integers(0, 256, (64, 64, 3), np.uint8) for _ in range(8)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(ZscapeError, match=r"written|write") as refused:
            finish(write_animation(tmp_path / f"a{suffix}", frames, 20))
        assert str(tmp_path / f"a{suffix}") in str(refused.value)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_av1_in_both_containers(tmp_path: Path, suffix: str) -> None:
    frames = smooth(height=64, width=80, grey=False)
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        finish(write_animation(path, iter(frames), 30, COUNT, 1, TEXTS, Choices(codec="av1")))
    with av.open(str(paths[0])) as container:
        assert "av1" in container.streams.video[0].codec_context.name
        assert container.streams.video[0].average_rate == 30
    read, seconds = read_back(paths[0])
    assert len(read) == COUNT
    np.testing.assert_allclose(seconds, 1 / 30, atol=1e-3)
    assert np.abs(np.array(read).astype(int) - frames).mean() < 4
    assert read_metadata(paths[0]) == TEXTS
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_film_that_is_stopped_leaves_no_word_of_its_encoder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    films = [(suffix, "usual") for suffix in FORMATS] + [(".mp4", "av1"), (".webm", "av1")]
    for suffix, codec in films:
        work = write_animation(tmp_path / f"a{suffix}", smooth(12, 64, 64, grey=False), 30, choices=Choices(codec=codec))
        for _ in range(8):
            next(work)
        work.close()
        assert capfd.readouterr() == ("", ""), (suffix, codec)
    assert not list(tmp_path.iterdir())


def test_av1_goes_into_no_gif_and_into_no_two_pixels(tmp_path: Path) -> None:
    for name, frames, words in (("a.gif", smooth(), "into .mp4 and .webm only"), ("a.mp4", smooth(2, 2, 2), "4 a side at least")):
        with pytest.raises(ZscapeError, match=words):
            finish(write_animation(tmp_path / name, frames, 30, choices=Choices(codec="av1")))
    assert not list(tmp_path.iterdir())


def test_a_codec_that_is_missing_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, ".mp4", replace(FORMATS[".mp4"], codec=("no-such-encoder", "nor-this")))
    (tmp_path / "a.mp4").write_text("old")
    with pytest.raises(ZscapeError, match="has no encoder no-such-encoder or nor-this; choose another format"):
        finish(write_animation(tmp_path / "a.mp4", smooth(), 30))
    assert (tmp_path / "a.mp4").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("grey", [True, False])
def test_a_folder_that_vanishes_is_one_line_and_no_half_film_comes_back(tmp_path: Path, suffix: str, grey: bool) -> None:
    folder = tmp_path / "films"
    folder.mkdir()

    def source() -> Iterator[np.ndarray]:
        for place, frame in enumerate(smooth(grey=grey)):
            if place == 3:
                shutil.rmtree(folder)
            yield frame

    with pytest.raises(ZscapeError, match="films") as caught:
        finish(write_animation(folder / f"a{suffix}", source(), 20, COUNT, metadata=TEXTS))
    assert "\n" not in str(caught.value)
    assert list(tmp_path.rglob("*.*")) == []
