"""Sound of films, and its curves over time."""

import sys
from pathlib import Path

import av
import numpy as np
import pytest
from sounds import tone, write_sound

from zscape.models.errors import ZscapeError
from zscape.models.media.audio.sound import CURVES, RATE, samples, sound_curves, sound_seconds
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_formats import Choices
from zscape.models.progress import finish

FRAMES = [np.full((32, 32, 3), 20 * k, np.uint8) for k in range(10)]


@pytest.mark.parametrize(("suffix", "codec"), [(".mp4", "aac"), (".webm", "opus")])
@pytest.mark.parametrize("seconds", [3.0, 0.4])
def test_it_is_cut_where_the_film_ends_and_ends_where_it_ends(tmp_path, suffix, codec, seconds):
    sound = write_sound(tmp_path / "a.wav", tone(440, seconds))
    for name in "ab":
        path = finish(write_animation(tmp_path / f"{name}{suffix}", FRAMES, 10, 10, 1, {"x": "y"}, Choices(sound=sound)))
    with av.open(str(path)) as film:
        assert codec in film.streams.audio[0].codec_context.name
        assert sum(1 for _ in film.decode(video=0)) == 10
    heard = np.concatenate(list(samples(path)))
    assert len(heard) / RATE == pytest.approx(min(1.0, seconds), abs=0.05)
    middle = heard[RATE // 10 : RATE // 4, 0]
    assert heard[RATE // 10 : RATE // 4].std(axis=0) == pytest.approx(tone(440, 1).std() * 32_000 / 32_768, rel=0.05), "as loud"
    assert np.abs(np.fft.rfft(middle)).argmax() * RATE / len(middle) == pytest.approx(440, abs=8)
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_format_without_sound_a_file_without_any_and_a_damaged_one_are_one_line(tmp_path):
    silent = finish(write_animation(tmp_path / "silent.mp4", FRAMES, 10))
    (tmp_path / "words.wav").write_text("words")
    good = write_sound(tmp_path / "a.wav", tone(440, 1))
    (tmp_path / "old.mp4").write_text("old")
    before = sorted(tmp_path.iterdir())
    for name, sound, words in (
        ("x.gif", good, "GIF has no sound; choose .mp4 or .webm"),
        ("old.mp4", silent, "there is no sound in it"),
        ("old.mp4", tmp_path / "words.wav", "cannot be read as sound"),
        ("old.mp4", tmp_path / "gone.wav", "cannot be read as sound"),
        ("old.mp4", tmp_path, "cannot be read as sound"),
    ):
        with pytest.raises(ZscapeError, match=words) as caught:
            finish(write_animation(tmp_path / name, FRAMES, 10, choices=Choices(sound=sound)))
        assert "\n" not in str(caught.value)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "old.mp4").read_text() == "old"


@pytest.mark.parametrize("levels", [(0.5,), (0.5, 0.5), (0.5, 0.0), (1.0,) * 6])
def test_channels_are_as_loud_as_in_the_file(tmp_path, levels):
    given = np.stack([2 * level * tone(440, 1.0, RATE) for level in levels], 1)
    path = write_sound(tmp_path / "a.wav", given, RATE)
    two, one = (np.concatenate(list(samples(path, channels))) for channels in (2, 1))
    assert two.shape == (RATE, 2)
    assert one.shape == (RATE, 1)
    wanted = np.array(levels if len(levels) == 2 else (levels[0], levels[0])) * 32_000 / 32_768
    if len(levels) < 3:
        assert np.abs(two).max(axis=0) == pytest.approx(wanted, abs=0.001)
        assert np.abs(one).max() == pytest.approx(wanted.mean(), abs=0.001)
    assert max(np.abs(two).max(), np.abs(one).max()) <= 1


def test_its_length_is_counted(tmp_path):
    assert sound_seconds(write_sound(tmp_path / "a.wav", tone(440, 1.25))) == pytest.approx(1.25, abs=0.002)
    with pytest.raises(ZscapeError, match="is empty"):
        sound_seconds(write_sound(tmp_path / "b.wav", np.zeros(0)))


@pytest.mark.skipif(sys.platform == "win32", reason="no file there can have such a name")
def test_a_colon_in_a_file_name_is_not_taken_for_a_url(tmp_path, monkeypatch):
    write_sound(tmp_path / "12:30.wav", tone(440, 1))
    monkeypatch.chdir(tmp_path)
    assert sound_seconds(Path("12:30.wav")) == pytest.approx(1, abs=0.01)


def test_each_band_hears_its_own_tones(tmp_path):
    parts = {"bass": 100, "mid": 1000, "high": 8000}
    sound = np.concatenate([tone(frequency, 1.0) for frequency in parts.values()])
    found = sound_curves(write_sound(tmp_path / "a.wav", sound), 30)
    assert set(found.curves) == set(CURVES)
    assert all(curve.shape == (90,) and curve.min() >= 0 and curve.max() <= 1 for curve in found.curves.values())
    for place, name in enumerate(parts):
        inside = found.curves[name][30 * place + 5 : 30 * place + 25]
        others = np.delete(found.curves[name], slice(30 * place - 3 if place else 0, 30 * place + 33))
        assert inside.min() > 0.9
        assert others.max() < 0.4
    assert found.curves["level"][5:85].min() > 0.8


def test_onsets_are_where_notes_begin_and_fall_off(tmp_path):
    sound = np.zeros(4 * 22_050)
    for start in (0.5, 1.5, 3.0):
        place = round(start * 22_050)
        sound[place : place + 6000] += tone(600, 6000 / 22_050) * np.exp(-np.arange(6000) / 2000)
    curve = sound_curves(write_sound(tmp_path / "a.wav", sound), 20).curves["onsets"]
    peaks = [k for k in range(1, 79) if curve[k] > 0.5 and curve[k] >= curve[k - 1] and curve[k] > curve[k + 1]]
    assert len(peaks) == 3
    assert np.allclose(np.array(peaks) / 20, [0.5, 1.5, 3.0], atol=0.06)
    assert curve[18] < 0.1


def test_silence_drives_nothing_and_what_is_asked_beyond_its_end_is_silence(tmp_path):
    found = sound_curves(write_sound(tmp_path / "a.wav", np.zeros(22_050)), 25)
    assert all((curve == 0).all() for curve in found.curves.values())
    longer = sound_curves(write_sound(tmp_path / "b.wav", tone(440, 1)), 25, seconds=3)
    assert longer.curves["level"].shape == (75,)
    assert longer.curves["level"][40:].max() < 0.05


@pytest.mark.parametrize(("suffix", "codec"), [("mp3", "libmp3lame"), ("aac", "aac")])
def test_the_length_is_that_of_what_is_played_not_an_estimate(tmp_path, suffix, codec):
    """Without a header that is right, FFmpeg estimates the length from the rate at the beginning, which is silence here."""
    path = tmp_path / f"a.{suffix}"
    played = np.concatenate([np.zeros(RATE * 2), np.random.default_rng(0).normal(0, 0.3, RATE * 2)]).astype(np.float32)
    with av.open(str(path), "w", format="adts" if suffix == "aac" else suffix) as container:
        stream = container.add_stream(codec, rate=RATE)
        stream.layout = "mono"
        for start in range(0, len(played), 1024):
            frame = av.AudioFrame.from_ndarray(played[None, start : start + 1024].copy(), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    decoded = sum(len(piece) for piece in samples(path, 1)) / RATE
    assert sound_seconds(path) == pytest.approx(decoded, abs=0.06)


def test_the_length_of_an_mp3_that_was_cut_is_not_that_of_its_header(tmp_path):
    path = tmp_path / "a.mp3"
    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE)
        stream.layout = "mono"
        for start in range(0, RATE * 4, 1152):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1152), np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert sound_seconds(path) == pytest.approx(2.0, abs=0.1)
