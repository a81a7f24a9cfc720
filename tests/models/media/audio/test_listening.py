"""Live sound gives the same values as a file: each band from its own tones, silence as silence, a note's start as an onset."""

import numpy as np
import pytest
from sounds import tone

from zscape.models.media.audio.listening import Listener
from zscape.models.media.audio.sound import CURVES, RATE


def heard(listener, sound, piece=1000):
    found = [listener.feed(part.astype(np.float32)) for part in np.split(sound, range(piece, len(sound), piece))]
    return [each for each in found if each]


@pytest.mark.parametrize(("name", "frequency"), [("bass", 100), ("mid", 1000), ("high", 8000)])
def test_each_band_hears_its_own_tones(name, frequency):
    last = heard(Listener(), tone(frequency, 1.0, RATE))[-1]
    assert list(last) == list(CURVES)
    assert last["level"] > 0.9
    assert {each for each in ("bass", "mid", "high") if last[each] > 0.5} == {name}


def test_silence_is_silent_and_what_begins_is_an_onset_that_falls_off():
    listener = Listener()
    assert all(level == 0 for each in heard(listener, np.zeros(RATE)) for level in each.values())
    onsets = [each["onsets"] for each in heard(listener, tone(440, 1.0, RATE))]
    assert max(onsets[:6]) == 1.0
    assert onsets[-1] < 0.05


def test_it_gets_used_to_a_room_that_has_become_quiet():
    listener = Listener()
    heard(listener, tone(440, 1.0, RATE))
    soft = [each["level"] for each in heard(listener, 0.05 * tone(440, 20.0, RATE))]
    assert soft[3] < 0.3
    assert soft[-1] > soft[3] + 0.3
