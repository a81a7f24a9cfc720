"""`zscape bench`: measures speed, as ratios within one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from zscape.app.cli.options import Device, Flag, ModelName
from zscape.models.errors import ZscapeError

Usual = Literal[
    "machine",
    "forward",
    "encoding",
    "start",
    "frames",
    "autosave",
    "pen",
    "paint",
    "pad",
    "map",
    "layers",
    "training",
    "film",
    "export",
    "playback",
]
Part = Usual | Literal["long-film"]
PARTS: tuple[Part, ...] = get_args(Usual)
STARTS = 7

FLOORS = {
    "encode_ms": ("at most", 30.0),
    "first_paint_ms": ("at most", 150.0),
    "first_image_ms": ("at most", 1500.0),
    "p50_over_fast": ("at most", 1.1),
    "p95_ms": ("at most", 26.0),
    "gap_p95_ms": ("at most", 8.0),
    "frames_a_second": ("at least", 60.0),
    "reconstructions_a_second": ("at least", 20.0),
    "classes_a_second": ("at least", 20.0),
    "pad_p95_ms": ("at most", 33.0),
    "class_pad_p95_ms": ("at most", 33.0),
    "first_map_s": ("at most", 3.0),
    "pan_frames_a_second": ("at least", 60.0),
    "zoom_frames_a_second": ("at least", 60.0),
    "hover_p95_ms": ("at most", 50.0),
    "neighbours_p95_ms": ("at most", 20.0),
    "results_a_second": ("at least", 20.0),
    "fast_over_plain": ("at least", 1.3),
    "mp4_over_drawing": ("at most", 1.2),
    "gif_over_drawing": ("at most", 1.5),
    "layers_p95_ms": ("at most", 33.0),
    "dropped_frames": ("at most", 0.0),
    "grown_mb": ("at most", 150.0),
}
"""The target of each figure on two idle cores."""
WHILE_TRAINING = {**FLOORS, "p95_ms": ("at most", 27.0)}
"""The targets while a model trains in the background."""

MEASURE = "import sys, zscape.app.cli.main; from zscape.app.bench.window import main; main(*sys.argv[1:])"
"""The code of a separate process: like the program, it imports the command line first."""


@dataclass(frozen=True)
class Bench:
    """Measure speed: the machine, forward, encoding, start, slider to painted frame, views, training, films, playing."""

    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    only: tuple[Part, ...] = PARTS
    """Which parts to measure; long-film, the memory use of a ten-minute film, only if it is named."""
    json: Flag = False
    """Print one JSON object."""
    device: Device = "auto"

    def run(self) -> int:
        """Measure and print the results."""
        from zscape.models.files.library import default_name, find

        path = find(self.model or default_name())
        measures: dict[Part, Callable[[], dict[str, dict[str, Any]]]] = {
            "machine": lambda: {"machine": _machine()},
            "forward": lambda: {"forward": _forward(path, self.device)},
            "encoding": lambda: {"encoding": _encoding(path, self.device)},
            "start": lambda: {"start": _start(path, self.device)},
            "frames": lambda: _frames(path, self.device),
            "autosave": lambda: {"autosave": dragged("autosave", path, self.device)},
            "pen": lambda: {"pen": dragged("pen", path, self.device)},
            "pad": lambda: {"pad": dragged("pad", path, self.device)},
            "map": lambda: {"map": dragged("map", path, self.device)},
            "layers": lambda: {"layers": dragged("layers", path, self.device)},
            "paint": lambda: {"paint": dragged("paint", path, self.device)},
            "training": lambda: {"training": _training(self.device)},
            "export": lambda: {"export": dragged("export", path, self.device)},
            "playback": lambda: {"playback": dragged("playback", path, self.device)},
            "film": lambda: {"film": _film(path, self.device)},
            "long-film": lambda: {"long film": _long_film(path, self.device)},
        }
        results: dict[str, dict[str, Any]] = {}
        for part in dict.fromkeys(self.only):
            print(f"Measuring {part} ...", file=sys.stderr, flush=True)
            from zscape.app.bench.load import OtherLoad

            load = OtherLoad()
            found = measures[part]()
            other = load.cores()
            for name, figures in found.items():
                results[name] = {**figures, "other_load_cores": other}
        if self.json:
            print(json.dumps(results))
        else:
            _print(results)
        return 0


def _machine() -> dict[str, Any]:
    from zscape.app.bench.machine import machine

    return machine()


def _forward(path: Path, device: str) -> dict[str, Any]:
    from zscape.app.bench.forward import forward

    return forward(path, device)


def _encoding(path: Path, device: str) -> dict[str, Any]:
    from zscape.app.bench.encoding import encoding

    return encoding(path, device)


def _film(path: Path, device: str) -> dict[str, Any]:
    from zscape.app.bench.film import film

    return film(path, device)


def _long_film(path: Path, device: str) -> dict[str, Any]:
    from zscape.app.bench.film import long_film

    return long_film(path, device)


def _training(device: str) -> dict[str, Any]:
    from zscape.app.bench.training import training

    return training(device)


def _start(path: Path, device: str) -> dict[str, Any]:
    """First paint and first image from process start, the median of several starts after one that fills the disk cache.

    Each but the first starts with the last one's picture, as in normal use.
    """
    import statistics
    import tempfile

    with tempfile.TemporaryDirectory(prefix="zscape-bench-") as folder:
        runs = [_child("start", path, device, folder) for _ in range(STARTS + 1)][1:]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _frames(path: Path, device: str) -> dict[str, dict[str, Any]]:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="zscape-bench-") as folder:
        return {
            "frames": _child("frames", path, device, f"{folder}/alone"),
            "frames while training": _child("frames-training", path, device, f"{folder}/training"),
        }


def dragged(what: str, path: Path, device: str) -> dict[str, Any]:
    """The figures of one measurement that needs its own folder: "pen", "pad", ...; raises ZscapeError if it fails."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="zscape-bench-") as folder:
        return _child(what, path, device, folder)


def _child(what: str, path: Path, device: str, folder: str) -> dict[str, Any]:
    """One measurement by app.bench.window in a separate process, so that this one does not load Qt."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    call = [sys.executable, "-c", MEASURE, what, str(path), device, folder]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise ZscapeError(f"Measuring {what} in a window failed: {last}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _print(results: dict[str, dict[str, Any]]) -> None:
    for name, figures in results.items():
        other = figures["other_load_cores"]
        print(f"{name}  (other processes: {'unknown' if other is None else f'{other:.2f} cores'})")
        for key, value in figures.items():
            if key == "other_load_cores":
                continue
            floor = (WHILE_TRAINING if name.endswith("training") else FLOORS).get(key)
            verdict = ""
            if floor:
                reached = value <= floor[1] if floor[0] == "at most" else value >= floor[1]
                verdict = f"   {'reached' if reached else 'MISSED'}: {floor[0]} {floor[1]:g}"
            print(f"  {key.replace('_', ' '):28} {value:10.4g}{verdict}")
