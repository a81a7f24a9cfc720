"""Real processes killed with SIGKILL, late and early: what they did two seconds before is on disk, and all files are intact.

`ZSCAPE_KILLS=200 pytest tests/app/session/test_killed.py` kills 200 of each kind, at random moments.
"""

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from recipes import z
from victim import KEEP

from zscape.app.state.kept_sessions import left_here
from zscape.app.state.session_file import load
from zscape.models.files.checkpoint import load_model
from zscape.models.files.tensor_file import read_header
from zscape.models.media.images import read_image
from zscape.models.training.run.run_file import KEY, load_run
from zscape.models.training.run.run_folder import check_folder

if sys.platform == "win32":
    pytest.skip("processes are forked and killed by signals", allow_module_level=True)

KILLS = int(os.environ.get("ZSCAPE_KILLS", "2"))
SECONDS = 2.0
"""What was done longer ago than this when the process is killed must be on disk."""
LONGEST = 3.0
"""The longest time in seconds before a window is killed; a quarter for other processes, which have no deadline for saving."""


class Victims:
    """Starts the processes, all forked from one that has loaded everything."""

    def __init__(self):
        path = os.pathsep.join([str(Path(__file__).parents[2] / "helpers"), os.environ.get("PYTHONPATH", "")])
        self.parent = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("victim.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
        )
        self.rest = b""

    def lines(self, seconds):
        """The lines that the processes print within `seconds`, each as a list of words."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self.parent.stdout], [], [], left)[0]:
            data = os.read(self.parent.stdout.fileno(), 1 << 16)
            assert data, "the processes' parent has ended"
            *whole, self.rest = (self.rest + data).split(b"\n")
            yield from (line.decode().split() for line in whole)

    def kill_one(self, what, folder, model, seconds):
        """Kill a process `seconds` after its first action; returns (count, time) of all its actions, and the time of the kill."""
        folder.mkdir(parents=True, exist_ok=True)
        self.parent.stdin.write(f"{what}\t{folder}\t{model}\n".encode())
        self.parent.stdin.flush()
        number, deeds = 0, []
        for words in self.lines(60):
            if words[0] == "started":
                number = int(words[1])
            else:
                deeds.append(words)
            if number and deeds:
                break
        assert deeds, f"{what} has not begun after a minute"
        deeds += self.lines(seconds)
        os.kill(number, signal.SIGKILL)
        killed = time.monotonic()
        while alive(number):  # until the system has released its locks
            deeds += self.lines(0.01)
        deeds += self.lines(0.01)
        return [(int(count), float(at)) for count, at in deeds], killed


def alive(number):
    """Whether a process with this id still exists."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def victims():
    started = Victims()
    yield started
    started.parent.stdin.close()
    started.parent.stdout.close()
    started.parent.wait()


def seconds(kill, longest=LONGEST / 4):
    """When to kill: a different moment for each kill, the same in each test run."""
    return random.Random(kill).uniform(0.0, longest)


def whole(folder, *names):
    """Assert that no file is half-written under its own name: unfinished files have temporary names."""
    odd = [path.name for path in folder.iterdir() if path.name not in names and not path.name.startswith(".")]
    assert not odd


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_window_loses_nothing_older_than_two_seconds(victims, tmp_path, tiny_model, kill):
    deeds, killed = victims.kill_one("edit", tmp_path / "home", tiny_model, seconds(kill, LONGEST))
    due = max([count for count, at in deeds if at <= killed - SECONDS], default=0)
    resumed, found = left_here(tmp_path / "home" / "sessions")
    assert resumed is None  # it is offered, not resumed silently
    for each in found:
        each.leave()
    if not due:
        return
    (kept,) = found
    saved = load(kept.path)
    count = z(saved.scene.point).seed
    assert due <= count <= deeds[-1][0] + 1
    assert [z(each).seed for each in saved.scene.shelf] == list(range(KEEP, count + 1, KEEP))
    assert saved.model == "tiny"
    assert saved.files.model == str(tiny_model)


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_run_can_go_on(victims, tmp_path, kill):
    victims.kill_one("train", tmp_path, "", seconds(kill))
    out = tmp_path / "run"
    whole(out, "losses.csv", "model.safetensors", "run.safetensors", "run.lock")
    if (out / "run.safetensors").exists():
        record = msgspec.json.decode(read_header(out / "run.safetensors").texts[KEY])
        load_run(out / "run.safetensors", record["fixed"])
        check_folder(out, resume=True)
    if (out / "model.safetensors").exists():
        assert (out / "run.safetensors").exists()
        load_model(out / "model.safetensors")


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_export_leaves_the_file_before(victims, tmp_path, kill):
    deeds, _ = victims.kill_one("export", tmp_path, "", seconds(kill))
    whole(tmp_path, "sheet.png", "loop.gif")
    for name in ("sheet.png", "loop.gif"):
        assert z(load(tmp_path / name).scene.point).seed >= deeds[-1][0]
        assert read_image(tmp_path / name).ndim == 3


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_saving_leaves_the_session_before(victims, tmp_path, kill):
    deeds, _ = victims.kill_one("save", tmp_path, "", seconds(kill))
    whole(tmp_path, "mine.zscape.json")
    saved = load(tmp_path / "mine.zscape.json")
    assert z(saved.scene.point).seed >= deeds[-1][0]
    assert len(saved.scene.shelf) == 500
