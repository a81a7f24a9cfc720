"""What every panel has in common. A new panel is a file here and a line in app/panels/__init__.py."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from zscape.app.work.context import Context
from zscape.app.work.throttle import throttled


class Panel(QWidget):
    """The contents of one dock: shows part of the scene and changes it by session.edit. Its controls go into `column`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session = context.session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 0, 16, 12)
        self.column.setSpacing(8)
        self._often = throttled(lambda: self.refresh(), self)
        self.session.scene_changed.connect(self._often.throttle)
        self.session.model_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Bring the panel up to date with the scene and the model."""
