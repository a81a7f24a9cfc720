"""The curves of a live sound: what `sound_curves` measures for a file, moment by moment, without knowing its end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.media.audio.sound import BANDS, CURVES, FADE, RATE, WINDOW

HOP = RATE // 30
"""Number of samples between two measurements."""
SPAN = 30.0
"""Decibels below the recent maximum at which a curve is 0: a room is never as silent as a file."""
FALL = 1.0
"""Decibels per second by which the recent maximum decays."""
SILENCE = 1e-4
"""Minimum of the recent maximum, as power: otherwise silence would be amplified."""


class Listener:
    """Analyses one live sound, at RATE. Curves as those of `sound_curves`, but relative to the recent maximum."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._window = np.hanning(WINDOW).astype(np.float32)
        frequency = np.fft.rfftfreq(WINDOW, 1 / RATE)
        self._bands = [(frequency >= low) & (frequency < high) for low, high in BANDS.values()]
        self._loudest = np.full(1 + len(BANDS), SILENCE)
        self._before = np.zeros(len(frequency), np.float32)
        self._mean, self._peak, self._onset = 0.0, 0.1, 0.0

    def feed(self, samples: NDArray[np.float32]) -> dict[str, float]:
        """Process the next samples, float32 [N], -1 to 1; return each curve of CURVES, 0 to 1, or {} if there is nothing new."""
        self._rest = np.concatenate([self._rest, samples])
        found: dict[str, float] = {}
        while len(self._rest) >= WINDOW:
            found = self._look(self._rest[:WINDOW])
            self._rest = self._rest[HOP:]
        return found

    def _look(self, samples: NDArray[np.float32]) -> dict[str, float]:
        look = np.abs(np.fft.rfft(samples * self._window)).astype(np.float32) / (WINDOW / 4)
        power = np.array([float((look**2).sum()), *(float((look[band] ** 2).sum()) for band in self._bands)])
        kept = 10 ** (-FALL * HOP / RATE / 10)
        self._loudest = np.maximum(np.maximum(power, self._loudest * kept), SILENCE)
        shares = np.clip(1 + 10 * np.log10(np.maximum(power / self._loudest, 1e-12)) / SPAN, 0, 1)
        flux = float(np.maximum(look - self._before, 0).sum())
        over = max(0.0, flux - 1.3 * self._mean)
        self._before, self._mean = look, 0.85 * self._mean + 0.15 * flux
        self._peak = max(over, self._peak * kept, 0.1)
        self._onset = max(over / self._peak, self._onset * float(np.exp(-HOP / RATE / FADE)))
        return dict(zip(CURVES, (*map(float, shares), self._onset), strict=True))
