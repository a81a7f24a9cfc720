"""Reading samples of a sound from any position."""

import numpy as np
import pytest
from sounds import tone, write_sound

from zscape.models.errors import ZscapeError
from zscape.models.media.audio.kept_sound import KeptSound
from zscape.models.media.audio.sound import RATE, samples
from zscape.models.progress import finish


def numbers(given: bytes) -> np.ndarray:
    return np.frombuffer(given, "<i2").reshape(-1, 2)


@pytest.fixture
def song(tmp_path):
    return write_sound(tmp_path / "a.wav", tone(440, 1.5))


def test_every_place_has_the_samples_of_the_film_and_silence_beyond(song):
    kept, film = KeptSound(), np.concatenate(list(samples(song)))
    finish(kept.fill(song, 1.5))
    assert kept.seconds == pytest.approx(1.5, abs=0.01)
    for start, count in ((0, 100), (RATE, 5000), (RATE // 2, 1)):
        np.testing.assert_allclose(numbers(kept.read(start, count)) / 32767, film[start : start + count], atol=1e-4)
    beyond = numbers(kept.read(len(film) - 10, 30))
    assert beyond.shape == (30, 2)
    assert not beyond[10:].any()
    assert not numbers(kept.read(10 * RATE, 7)).any()


def test_only_as_much_is_read_as_is_wanted_and_what_is_not_there_yet_is_silent(song):
    kept = KeptSound()
    assert not numbers(kept.read(0, 50)).any()
    finish(kept.fill(song, 0.25))
    assert kept.seconds == 0.25


def test_closed_it_is_silent_and_ends_the_reading(song):
    kept = KeptSound()
    work = kept.fill(song, 1.5)
    next(work)
    kept.close()
    finish(work)
    assert not any(kept.read(0, 100))


def test_what_is_no_sound_is_one_line(tmp_path):
    (tmp_path / "a.wav").write_text("words")
    with pytest.raises(ZscapeError, match="cannot be read as sound"):
        finish(KeptSound().fill(tmp_path / "a.wav", 1.0))
