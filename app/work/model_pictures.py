"""A preview picture of each model: drawn in the background when wanted, and cached for the user by the model's hash."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage

from zscape.app.work.jobs import JobQueue
from zscape.app.work.kept_picture import read_picture, write_picture
from zscape.models.errors import ZscapeError
from zscape.models.files.library import cache
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

TILES = 3
"""Tiles on each side."""
MOST = 300
"""How many pictures are cached; the oldest are removed first."""
LARGEST = 4096
"""The longest side in pixels that is read from the cache."""
KEPT_SIDE = 384
"""The longest side in pixels that is written."""


class ModelPictures(QObject):
    """ready(path): the picture of the model in that file is available. Nothing is drawn before `begin`."""

    ready = Signal(object)
    _made = Signal(str, object, object)

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._folder = jobs, cache() / "pictures"
        self._keys: dict[tuple[Path, int, int], str] = {}
        self._pictures: dict[str, QImage] = {}  # a null image for a model that cannot be drawn
        self._asked: dict[str, list[Path]] = {}  # the files of each model that waits to be drawn
        self._may_draw = False
        self._waiting: list[Path] = []
        self._made.connect(self._take)

    def picture(self, path: Path) -> QImage:
        """The picture of the model in `path`, a null image if it is not drawn."""
        key = self._key(path)
        if key and key not in self._pictures:
            read = read_picture(self._folder / f"{key}.png", LARGEST)
            if not read.isNull():
                self._pictures[key] = read
        return self._pictures.get(key, QImage())

    def icon(self, path: Path) -> QImage:
        """One tile of that picture."""
        picture = self.picture(path)
        return picture.copy(QRect(0, 0, picture.width() // TILES, picture.height() // TILES))

    def draw(self, paths: Iterable[Path]) -> None:
        """Draw the pictures that are missing, one after the other."""
        if not self._may_draw:
            self._waiting += paths
            return
        wanted: dict[str, Path] = {}
        for path in paths:
            key = self._key(path)
            if not key or not self.picture(path).isNull() or key in self._pictures:
                continue
            if key not in self._asked:
                wanted[key] = path
            self._asked.setdefault(key, []).append(path)
        if wanted:
            job = self._jobs.start("Draw pictures of models", lambda: self._work(wanted), background=True, spare=True)
            job.ended.connect(lambda _: self._forget(wanted))

    def _forget(self, wanted: dict[str, Path]) -> None:
        """Allow what was not drawn to be requested again."""
        for key in wanted:
            self._asked.pop(key, None)

    def begin(self) -> None:
        """The open model has drawn: from now on, loading other models does not make the user wait."""
        if self._may_draw:
            return
        self._may_draw = True
        waiting, self._waiting = self._waiting, []
        self.draw(waiting)

    def _work(self, wanted: dict[str, Path]) -> Work[None]:
        for number, (key, path) in enumerate(wanted.items()):
            yield Progress(number, len(wanted), f"Drawing {path.parent.name if path.stem == 'model' else path.stem}")
            pixels = None
            try:
                pixels = _drawn(path)
            except (ZscapeError, OSError) as error:
                log.info("%s has no picture: %s", path, error)
            self._made.emit(key, path, pixels)

    def _take(self, key: str, path: Path, pixels: NDArray[np.uint8] | None) -> None:
        image = QImage()
        if pixels is not None:
            height, width = pixels.shape[:2]
            image = QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()
            _keep(self._folder, key, image)
        self._pictures[key] = image
        for each in dict.fromkeys((path, *self._asked.pop(key, ()))):
            self.ready.emit(each)

    def _key(self, path: Path) -> str:
        """The hash of the model in `path`, "" if there is no model."""
        from zscape.models.files.library import spec_at

        try:
            stat = path.stat()
            seen = path, stat.st_mtime_ns, stat.st_size
            if seen not in self._keys:
                own = spec_at(path).sha256
                words = own or hashlib.sha256(repr(seen).encode()).hexdigest()  # for a file without a hash
                self._keys[seen] = words[:40] if words.isalnum() else hashlib.sha256(words.encode()).hexdigest()[:40]
            return self._keys[seen]
        except (OSError, ZscapeError):
            return ""


def _keep(folder: Path, key: str, image: QImage) -> None:
    """Write `image`, and remove pictures that are too old."""
    if max(image.width(), image.height()) > KEPT_SIDE:
        image = image.scaled(KEPT_SIDE, KEPT_SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_picture(folder / f"{key}.png", image)
        for old in sorted(folder.glob("*.png"), key=lambda each: each.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)
    except (OSError, ZscapeError) as error:  # it is drawn again at the next start
        log.warning("the picture of a model was not kept: %s", error)


def _drawn(path: Path) -> NDArray[np.uint8]:
    from zscape.models.files.checkpoint import load_model
    from zscape.models.inference.portrait import portrait

    return portrait(load_model(path), TILES)
