"""The sound of an export: a file that is added to the film, and whether the film takes its length."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit, QWidget

from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.layouts.beside import beside
from zscape.models.errors import ZscapeError
from zscape.models.files.typed_path import typed_path

KINDS = "Sound (*.wav *.mp3 *.ogg *.opus *.flac *.m4a *.aac *.mp4 *.webm *.mov);;All files (*)"


class SoundChoice(QObject):
    """The form rows for the sound. changed(): a choice has changed."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = QLineEdit()
        self.path.setPlaceholderText("None")
        self.path.setToolTip("A sound file for the film")
        self.path.setAccessibleName("Sound")
        self.choose = text_button("Choose…", "Choose a sound file")
        self.choose.setAccessibleName("Choose sound")
        self.whole = QCheckBox("The film is as long as the sound")
        self.whole.setToolTip("Instead of its own length")
        self.seconds: float | None = None
        self.problem = ""
        self._asked = False

    def add_to(self, form: QFormLayout) -> None:
        """Add the rows at the end of `form`."""
        holder = beside(self.path, self.choose)
        form.addRow("Sound", holder)
        form.addRow("", self.whole)
        self._form, self._rows = form, (holder, self.whole)
        self.choose.clicked.connect(self._ask)
        self.path.textChanged.connect(self._read)
        self.whole.toggled.connect(self.changed)

    def show_for(self, films_with_sound: bool) -> None:
        """Show the rows only if the film can have sound."""
        holder, whole = self._rows
        self._asked = films_with_sound
        self._form.setRowVisible(holder, films_with_sound)
        self._form.setRowVisible(whole, films_with_sound and self.seconds is not None)

    @property
    def sound(self) -> Path | None:
        """The sound file, None for none."""
        return self._typed if self._asked else None

    @property
    def _typed(self) -> Path | None:
        words = self.path.text().strip()
        return typed_path(words) if words else None

    @property
    def length(self) -> float | None:
        """The length of the film in seconds if the sound sets it, else None."""
        return self.seconds if self.sound is not None and self.whole.isChecked() else None

    def _read(self) -> None:
        """Check whether the file is a sound, and read its length."""
        from zscape.models.media.audio.sound import sound_seconds

        self.seconds, self.problem = None, ""
        if (path := self._typed) is not None:
            try:
                self.seconds = sound_seconds(path)
            except ZscapeError as error:
                self.problem = str(error).removeprefix(f"{path}: ")
        self.path.setToolTip(self.problem or "A sound file for the film")
        self.changed.emit()

    def _ask(self) -> None:
        folder = str(Path(self.path.text()).parent) if self.path.text() else ""
        name, _ = QFileDialog.getOpenFileName(self.choose, "Choose a sound file", folder, KINDS)
        if name:
            self.path.setText(name)
