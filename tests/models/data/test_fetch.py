import contextlib
import errno
import gc
import gzip
import hashlib
import http.server
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from zscape.models.data import fetch as fetching
from zscape.models.data.fetch import REMOTES, Remote, fetch
from zscape.models.data.sources import home, load
from zscape.models.errors import ZscapeError
from zscape.models.progress import finish

# pooch leaves closing the connection of a reply such as "404" to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

IMAGES = bytes([0, 0, 8, 3]) + struct.pack(">3I", 4, 6, 5) + bytes(range(120))
LABELS = bytes([0, 0, 8, 1]) + struct.pack(">I", 4) + bytes([0, 1, 2, 1])
FILES = {"train-images-idx3-ubyte": IMAGES, "train-labels-idx1-ubyte": LABELS}
SUMS = {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}


go_on = threading.Event()
"""Set to let a slow response continue; it stops halfway."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def do_GET(self) -> None:
            if not self.path.startswith("/slow/"):
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Length", "8192")
            self.end_headers()
            self.wfile.write(bytes(4096))
            go_on.wait(20)
            with contextlib.suppress(OSError):  # the client may have disconnected
                self.wfile.write(bytes(4096))
            return None

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A folder with good files, and the address that serves it; `mnist` is fetched from there."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("ZSCAPE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "mirror"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(data))
    with serving(folder) as address:
        monkeypatch.setitem(REMOTES, "mnist", Remote((address,), SUMS))
        yield folder, address
    gc.collect()  # while the filter above is active


def leftovers() -> list[str]:
    return sorted(path.name for path in home("mnist").iterdir()) if home("mnist").exists() else []


COMPLETE = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]


def test_what_was_fetched_can_be_loaded(mirror: tuple[Path, str]) -> None:
    seen = list(fetch("mnist"))
    assert any("train-images" in progress.label for progress in seen)
    assert leftovers() == COMPLETE
    assert load("mnist").images.ravel().tolist() == list(range(120))


def test_sound_files_are_kept_and_damaged_ones_replaced(mirror: tuple[Path, str]) -> None:
    folder = finish(fetch("mnist"))
    good, bad = (folder / name for name in COMPLETE)
    stamp = good.stat().st_mtime_ns
    bad.write_bytes(b"damaged")
    finish(fetch("mnist"))
    assert good.stat().st_mtime_ns == stamp
    assert gzip.decompress(bad.read_bytes()) == LABELS


def test_the_next_mirror_helps_out(mirror: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, address = mirror
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / COMPLETE[0]).write_bytes(gzip.compress(IMAGES[:-1] + b"x"))
    (wrong / COMPLETE[1]).write_bytes(b"<html>Please log in</html>")
    with serving(wrong) as other:
        monkeypatch.setitem(REMOTES, "mnist", Remote((f"{address}gone/", other, "http://127.0.0.1:9/", address), SUMS))
        finish(fetch("mnist"))
    assert np.array_equal(load("mnist").labels, [0, 1, 2, 1])


def test_a_wrong_file_never_takes_its_place(mirror: tuple[Path, str]) -> None:
    (mirror[0] / COMPLETE[0]).write_bytes(gzip.compress(IMAGES[:-1]))
    with pytest.raises(ZscapeError, match="damaged or different"):
        finish(fetch("mnist"))
    assert leftovers() == []


def test_without_a_network_one_line_says_what_to_do(mirror: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REMOTES, "mnist", Remote(("http://127.0.0.1:9/",), SUMS))
    with pytest.raises(ZscapeError, match="Check the connection") as caught:
        finish(fetch("mnist"))
    assert "\n" not in str(caught.value)
    assert str(home("mnist")) in str(caught.value)
    assert leftovers() == []


def test_an_endless_file_is_cut_off(mirror: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LIMIT", 20)
    with pytest.raises(ZscapeError, match="another file"):
        finish(fetch("mnist"))
    assert leftovers() == []


def test_stopping_keeps_only_what_is_complete(mirror: tuple[Path, str]) -> None:
    work = fetch("mnist")
    for progress in work:
        if "labels" in progress.label:
            break
    work.close()
    assert leftovers() == COMPLETE[:1]


def test_stopping_in_mid_file_ends_the_download(mirror: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REMOTES, "mnist", Remote((f"{mirror[1]}slow/",), SUMS))
    go_on.clear()
    work = fetch("mnist")
    progress = next(progress for progress in work if progress.done)
    assert progress.total == 8192
    threading.Timer(0.05, go_on.set).start()
    work.close()
    go_on.wait()
    assert leftovers() == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("download")]


def test_a_full_disk_is_not_taken_for_a_bad_mirror(mirror: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**options: object) -> Callable[..., None]:
        def download(*args: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        return download

    monkeypatch.setattr(fetching.pooch, "HTTPDownloader", full)
    with pytest.raises(ZscapeError, match="No space left"):
        finish(fetch("mnist"))


def test_a_folder_that_cannot_be_made(mirror: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ZSCAPE_HOME", str(tmp_path / "file"))
    with pytest.raises(ZscapeError, match="Cannot write"):
        finish(fetch("mnist"))


@pytest.mark.parametrize(("name", "words"), [("digits", "comes with Zscape"), ("mnits", "no data set 'mnits'")])
def test_names_that_cannot_be_fetched(name: str, words: str) -> None:
    with pytest.raises(ZscapeError, match=words):
        finish(fetch(name))


def test_every_remote_names_two_mirrors_and_whole_sums() -> None:
    for remote in REMOTES.values():
        assert len(remote.mirrors) >= 2
        assert all(mirror.endswith("/") for mirror in remote.mirrors)
        assert all(len(bytes.fromhex(sum_)) == 32 for sum_ in remote.sha256.values())
