"""Films: the time to write one compared with drawing its frames, and the memory for a long one."""

from __future__ import annotations

import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import load_model
from zscape.models.inference.films.frames import frames
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.film.animation import write_animation
from zscape.models.progress import finish
from zscape.models.sweeps.asked import sweep_of
from zscape.models.timeline.ready_made import usual

SECONDS, FPS, COLUMNS = 4.0, 30, 10
WIDTH = 560
"""The width of the film in pixels, approximated by a whole-number scale."""
ROUNDS = 3
LONG = 600
"""The length of the long film in seconds."""
STATM = Path("/proc/self/statm")


def film(path: Path, device: str) -> dict[str, float]:
    """Drawing the frames of a class sweep alone, and with writing them as MP4 and as GIF, in turns: seconds, median ratios."""
    runner, scale = GeneratorRunner(load_model(path), device), _scale(path)
    count = round(SECONDS * FPS)
    took: dict[str, list[float]] = {"drawing": [], "mp4": [], "gif": []}
    with tempfile.TemporaryDirectory(prefix="zscape-bench-") as folder:
        for _ in range(ROUNDS + 1):
            for name, kept in took.items():
                start = time.perf_counter()
                drawn = _drawn(runner, count)
                if name == "drawing":
                    for _ in drawn:
                        pass
                else:
                    finish(write_animation(Path(folder) / f"film.{name}", drawn, FPS, count, scale))
                kept.append(time.perf_counter() - start)
    warm = {name: kept[1:] for name, kept in took.items()}
    figures = {f"{name}_seconds": statistics.median(kept) for name, kept in warm.items()}
    for name in ("mp4", "gif"):
        figures[f"{name}_over_drawing"] = statistics.median(
            wrote / drew for wrote, drew in zip(warm[name], warm["drawing"], strict=True)
        )
    return figures


def long_film(path: Path, device: str) -> dict[str, float]:
    """The largest growth in MB of the used memory while a film of LONG seconds is written as MP4 (Linux; elsewhere 0).

    It repeats the frames of `film`: drawing them again takes time and no memory.
    """
    runner, scale = GeneratorRunner(load_model(path), device), _scale(path)
    some = list(_drawn(runner, round(SECONDS * FPS)))
    idle = _megabytes()
    most, count = idle, LONG * FPS
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="zscape-bench-") as folder:
        film = itertools.islice(itertools.cycle(some), count)
        for progress in write_animation(Path(folder) / "film.mp4", film, FPS, count, scale):
            if progress.done % FPS == 0:
                most = max(most, _megabytes())
    return {"grown_mb": most - idle, "minutes": (time.perf_counter() - start) / 60}


def _drawn(runner: GeneratorRunner, count: int) -> Iterator[NDArray[np.uint8]]:
    space = runner.model.space
    sweep = sweep_of("class", space, (), (), COLUMNS, None, "slerp", 1.0)
    timeline = usual(sweep, space, SECONDS)
    assert timeline is not None  # every named sweep has a timeline
    return frames(runner, sweep, timeline, count)


def _scale(path: Path) -> int:
    return max(1, round(WIDTH / (COLUMNS * load_model(path).spec.image_shape[2])))


def _megabytes() -> float:
    """The memory of this process in MB."""
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if STATM.exists() else 0.0
