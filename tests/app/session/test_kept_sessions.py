"""The folder of kept sessions: which window holds which session, and what a start finds there."""

import os
import subprocess
import sys

import pytest
from recipes import recipe, scene

from zscape.app.state import kept_sessions
from zscape.app.state.kept_sessions import closed_sessions, fresh, left_here, model_of
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import load, save, write
from zscape.app.state.session_text import SessionEncoder
from zscape.models.files.lock import FileLock

HOLD = (
    "import sys\nfrom pathlib import Path\nfrom zscape.models.files.lock import FileLock\n"
    "lock = FileLock.take(Path(sys.argv[1]))\nprint('held' if lock else 'refused', flush=True)\nsys.stdin.read()"
)


def put(folder, name, seed, at, lock=False):
    """Write a kept session, modified at `at`; lock: also the lock file of a process that no longer exists."""
    path = folder / f"{name}.zscape.json"
    write(path, SessionEncoder().encode(SessionFile(name, scene=scene(recipe(seeds=((seed, 1.0),))))))
    os.utime(path, (at, at))
    if lock:
        (folder / f"{name}.lock").touch()
    return path


def test_the_newest_closed_session_is_gone_on_with_and_held(tmp_path):
    put(tmp_path, "old", 1, 100)
    new = put(tmp_path, "new", 2, 200)
    resumed, crashed = left_here(tmp_path)
    assert resumed.path == new
    assert crashed == []
    again, _ = left_here(tmp_path)  # a second window while the first is open
    assert again is None
    resumed.close()
    assert closed_sessions(tmp_path)[0] == new


def test_what_crashed_is_found_newest_first_and_not_taken_by_itself(tmp_path):
    put(tmp_path, "closed", 1, 100)
    first, second = put(tmp_path, "a", 2, 200, lock=True), put(tmp_path, "b", 3, 300, lock=True)
    resumed, crashed = left_here(tmp_path)
    assert resumed is None
    assert [each.path for each in crashed] == [second, first]
    assert left_here(tmp_path)[1] == []  # another window does not offer it too
    for each in crashed:
        each.leave()
    assert len(left_here(tmp_path)[1]) == 2


def test_an_older_crash_does_not_keep_the_newest_session_back(tmp_path):
    put(tmp_path, "crashed", 1, 100, lock=True)
    closed = put(tmp_path, "closed", 2, 200)
    resumed, crashed = left_here(tmp_path)
    assert resumed.path == closed
    assert len(crashed) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")
def test_only_locks_of_dead_processes_are_taken_over(tmp_path):
    path = put(tmp_path, "a", 1, 100)
    lock = tmp_path / "a.lock"
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdin=-1, stdout=-1, text=True)
    with other:
        assert other.stdout.readline() == "held\n"
        assert left_here(tmp_path) == (None, [])
        assert FileLock.take(lock) is None
        other.kill()
    _, (found,) = left_here(tmp_path)
    assert found.path == path


def test_old_closed_sessions_are_deleted_but_crashed_ones_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_sessions, "KEPT", 3)
    for number in range(6):
        put(tmp_path, f"s{number}", number, 100 + number)
    put(tmp_path, "crashed", 9, 1, lock=True)
    left_here(tmp_path)
    assert sorted(path.stem[:2] for path in tmp_path.glob("*.json")) == ["cr", "s3", "s4", "s5"]


def test_the_session_of_the_first_version_is_taken_in(tmp_path):
    save(tmp_path / "last-session.zscape.json", SessionFile("m", scene=scene(columns=4)))
    resumed, _ = left_here(tmp_path / "sessions")
    assert load(resumed.path).scene == scene(columns=4)
    assert not (tmp_path / "last-session.zscape.json").exists()


def test_a_damaged_one_is_set_aside_each_under_a_name_of_its_own(tmp_path):
    names = set()
    for _ in range(3):
        path = tmp_path / "x.zscape.json"
        path.write_bytes(b"{")
        names.add(left_here(tmp_path)[0].set_aside())
    assert len(names) == 3
    assert all(name.read_bytes() == b"{" for name in names)
    assert left_here(tmp_path) == (None, [])


def test_a_new_one_is_written_nowhere_before_it_is_held(tmp_path):
    kept = fresh(tmp_path / "sessions")
    assert not (tmp_path / "sessions").exists()
    kept.hold()
    kept.close()
    assert list((tmp_path / "sessions").iterdir()) == []


def test_the_model_of_a_session_is_read_from_the_start_of_its_file(tmp_path):
    assert model_of(put(tmp_path, 'odd "name" \u00e4', 1, 100)) == 'odd "name" \u00e4'
    (tmp_path / "bad").write_bytes(b"\xff" * 10)
    assert model_of(tmp_path / "bad") == ""
    assert model_of(tmp_path / "gone") == ""


def test_an_encoder_used_again_writes_what_has_changed(tmp_path):
    encoder, path = SessionEncoder(), tmp_path / "s.json"
    shelf = tuple(recipe(seeds=((k, 1.0),)) for k in range(20))
    for known in (scene(shelf=shelf), scene(shelf=shelf[5:], columns=4), scene(shelf=shelf[::-1], columns=4)):
        write(path, encoder.encode(SessionFile("m", "image", scene=known)))
        assert load(path).scene == known
