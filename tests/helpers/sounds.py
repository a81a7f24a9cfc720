"""Small sound files for tests."""

import wave
from pathlib import Path

import numpy as np


def write_sound(path: Path, sound: np.ndarray, rate: int = 22_050) -> Path:
    """Write `sound` to a file: [N] for one channel, [N, channels] for more, -1 to 1."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if sound.ndim == 1 else sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32_000).astype("<i2").tobytes())
    return path


def tone(frequency: float, seconds: float, rate: int = 22_050) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)
