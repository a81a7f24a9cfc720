"""The newest weights of a run, which all views can draw with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.work.context import Context
from zscape.models.files.run_checkpoints import MODEL_FILE
from zscape.models.files.run_record import written_at

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


class NewestWeights:
    """What a run has published last; once it has ended, the file it has written.

    out: the folder of the run.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._newest: Model | Path | None = None
        self._wrote = 0  # when the file was last written before the run
        self.out = Path()

    @property
    def file(self) -> Path:
        """The model's file of the run, which may not exist yet."""
        return self.out / MODEL_FILE

    @property
    def exist(self) -> bool:
        """Whether there is anything to draw with."""
        return self._newest is not None

    def begin(self, out: Path, watched: bool) -> None:
        """A run that writes into `out` begins. watched: whether it is another program's, whose file may be complete already."""
        self.out, self._newest = out, None
        self._wrote = 0 if watched else written_at(self.file)

    def publish(self, newest: Model | Path) -> None:
        """There are newer weights: in memory, or in a file."""
        self._newest = newest

    def end(self) -> bool:
        """The run has ended: however it did, its file contains its last weights. Returns whether it has written the file."""
        if written_at(self.file) == self._wrote:
            return False
        self._newest = self.file
        return True

    def draw(self) -> None:
        """Draw everything with them."""
        session, renderer = self._context.session, self._context.renderer
        device = session.device or "auto"
        if isinstance(self._newest, Path):
            renderer.open(self._newest, device)
        elif (newest := self._newest) is not None:
            shown = session.model
            if shown is not None and shown.spec.run == newest.spec.run:  # directions found for earlier weights are still valid
                newest = replace(newest, directions=shown.directions)
            renderer.adopt(newest, device)
