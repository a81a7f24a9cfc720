"""What the window remembers about the user between two runs, in a small file, separate from the scene."""

from __future__ import annotations

import logging
import math
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

log = logging.getLogger(__name__)

MODEL = "model"
"""The key of the model's file."""
VIEW = "view"
"""The key of the view that was shown."""
FIND_DIRECTIONS = "find directions"
"""The key of whether directions are found automatically for a model that has none."""
FORMER = {"bundled_models_shown": "worlds_shown", "keys choose_model": "keys worlds"}
"""Current keys -> the keys of the same values in files of earlier versions."""
RECENT = 10
"""How many opened or saved files are remembered."""


def home() -> Path:
    """The folder of Zscape's own files for this user: $ZSCAPE_HOME if set, otherwise the system's place for such files."""
    if given := os.environ.get("ZSCAPE_HOME"):
        return Path(given)
    import platformdirs

    return platformdirs.user_config_path("zscape", appauthor=False)


class Settings:
    """Named values in an ini file in `folder`. Values that cannot be read count as never written."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home()
        self._file = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """A text, `default` if there is none."""
        if name in FORMER and not self._file.contains(name):
            name = FORMER[name]
        return str(self._file.value(name, default))

    def flag(self, name: str, default: bool = False) -> bool:
        """A yes or no."""
        return self.text(name, str(default)).lower() == "true"

    def number(self, name: str, usual: float, ends: tuple[float, float]) -> float:
        """A number, clamped to `ends`; `usual` if there is none or it is not finite."""
        try:
            value = float(self.text(name))
        except ValueError:
            return usual
        return min(max(value, ends[0]), ends[1]) if math.isfinite(value) else usual

    def state(self, name: str) -> QByteArray:
        """A geometry or a state as saved by Qt, empty if there is none."""
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | bool | QByteArray) -> None:
        """Remember `value`."""
        self._file.setValue(name, value if isinstance(value, QByteArray) else str(value))

    def last_folder(self) -> Path:
        """The folder where files were last opened or saved, at first the user's home. Never a folder of Zscape's models: nobody
        would look for a film there.
        """
        folder = Path(self.text("last_folder"))
        return folder if folder.is_absolute() and folder.is_dir() and not _holds_models(folder) else Path.home()

    def recent(self) -> list[Path]:
        """The files last opened or saved, newest first."""
        return [Path(line) for line in self.text("recent").split("\n") if line]

    def keep_recent(self, path: Path) -> None:
        """Remember a file that was opened or saved, and its folder."""
        path = path.absolute()
        others = [each for each in self.recent() if each != path]
        self.keep("recent", "\n".join(map(str, [path, *others][:RECENT])))
        self.keep_folder(path)

    def keep_folder(self, path: Path) -> None:
        """Remember the folder of a file that was opened or saved."""
        folder = path.resolve().parent
        if not _holds_models(folder):
            self.keep("last_folder", str(folder))

    def sync(self) -> None:
        """Write the file now. A failure is logged, and the next start has the previous values."""
        if reason := self.unwritable():
            log.warning("the settings were not kept: %s", reason)
        else:
            self._file.sync()

    def unwritable(self) -> str:
        """Why the folder cannot be written, "" if it can."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                return ""
        except OSError as error:
            return f"Cannot write {self.folder}: {error.strerror or error}. Free space or make the folder writable."


def _holds_models(folder: Path) -> bool:
    """Whether Zscape keeps models in it: bundled or trained ones."""
    from zscape.models.files.library import BUNDLED, trained_folder

    return any(folder.is_relative_to(each.resolve()) for each in (trained_folder(), BUNDLED))
