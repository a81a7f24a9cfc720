"""Downloads the public data sets."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import pooch

from zscape.models.data.sources import KNOWN, find_idx, home
from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.progress import Progress, Work

TIMEOUT = 10
"""Seconds without an answer after which the next mirror is tried; stopping takes no longer than this."""
LIMIT = 200 << 20
"""Maximum bytes of a file, compressed or not; a longer one is not the right file."""


@dataclass(frozen=True)
class Remote:
    """The files of a data set on the web.

    mirrors: addresses ending in "/", tried in turn. sha256: of each file's decompressed bytes, since mirrors compress
    differently.
    """

    mirrors: tuple[str, ...]
    sha256: dict[str, str]


REMOTES = {
    "mnist": Remote(
        ("https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"),
        {
            "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
    ),
    "fashion-mnist": Remote(
        (
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ),
        {
            "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
    ),
}


class StoppedError(Exception):
    """Raised in the download thread to stop it."""


class Meter:
    """The progress bar that pooch's downloader updates: bytes done and total (0: not known); `stop` ends the download."""

    def __init__(self) -> None:
        self.total = 0
        self.done = 0
        self.stop = False

    def update(self, count: int) -> None:
        self.done += count
        if self.stop or self.done > LIMIT:
            raise StoppedError

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        pass


def fetch(name: str) -> Work[Path]:
    """Download the files of a data set (training and test part) and return their folder, in which load(name) finds them.

    Valid files that are already there are kept. Each new one is checked before it is put in place; closing the work early keeps
    the files that are complete. Raises ZscapeError for an unknown name, if no mirror provides the right file, and if the folder
    cannot be written.
    """
    if name not in REMOTES:
        built_in = (
            f"{name} comes with Zscape: nothing to download" if name in KNOWN else f"There is no data set {name!r} to fetch"
        )
        raise ZscapeError(f"{built_in}; names are {', '.join(REMOTES)}")
    folder, remote = home(name), REMOTES[name]
    for number, (file, sha256) in enumerate(remote.sha256.items(), 1):
        label = f"Downloading {file} ({number} of {len(remote.sha256)})"
        yield Progress(0, 0, label)
        part = file.rsplit("-idx", 1)[0]
        present = find_idx(folder, part)
        if present is None or _sha256(present) != sha256:
            yield from _from_mirrors(remote.mirrors, folder / f"{file}.gz", sha256, label)
    return folder


def _from_mirrors(mirrors: tuple[str, ...], path: Path, sha256: str, label: str) -> Work[None]:
    reasons = []
    with replacing(path) as temporary:
        for mirror in mirrors:
            try:
                yield from _download(mirror + path.name, temporary, label)
            except StoppedError:
                reasons.append(f"{mirror} sends another file")
            except OSError as error:
                if error.errno is not None:
                    raise  # an error of the disk: errors of requests have no number
                reasons.append(f"{mirror} does not answer")
            else:
                if _sha256(temporary) == sha256:
                    return
                reasons.append(f"{mirror} sends a damaged or different file")
        raise ZscapeError(
            f"Cannot download {path.name}: {'; '.join(reasons)}. Check the connection and try again, "
            f"or put the file into {path.parent} yourself"
        )


def _download(address: str, path: Path, label: str) -> Work[None]:
    """Download in a separate thread, so that progress is shown while no data arrives."""
    meter = Meter()
    downloader = pooch.HTTPDownloader(progressbar=meter, timeout=TIMEOUT)
    with ThreadPoolExecutor(1, thread_name_prefix="download") as pool:
        job = pool.submit(downloader, address, str(path), None)
        try:
            while not wait([job], timeout=0.1).done:
                yield Progress(meter.done, meter.total, label)
        finally:
            meter.stop = True
    job.result()


def _sha256(path: Path) -> str:
    """Return the hash of a file's decompressed bytes; "" if they cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) if packed else raw as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
                    size += len(chunk)
                    if size > LIMIT:
                        return ""
    except (OSError, EOFError, zlib.error):
        return ""
    return digest.hexdigest()
