"""Play and pause, the playhead's time and how many frames were dropped: in the timeline's title, seen when it is folded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from zscape.app.widgets.theme import set_icon
from zscape.app.work.player import Player
from zscape.models.timeline.timeline import Timeline


class Transport(QWidget):
    """Follows `player`. timeline(): what it plays."""

    def __init__(self, player: Player, timeline: Callable[[], Timeline | None]) -> None:
        super().__init__()
        self._player, self._timeline = player, timeline
        self.play = QToolButton()
        self.play.setFixedSize(28, 26)
        self.play.clicked.connect(player.toggle)
        self.at = QLabel()
        self.at.setToolTip(
            "The moment that is shown (the playhead, the line across the timeline), and how long the timeline lasts. "
            "Move a slider and the picture is that of the sliders again"
        )
        self.dropped = QLabel()
        self.dropped.setToolTip(
            "Frames that could not be drawn in time since play was pressed: it keeps its true speed. A film has them all"
        )
        for label in (self.at, self.dropped):
            label.setProperty("role", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.play)
        row.addWidget(self.at)
        row.addWidget(self.dropped)
        player.changed.connect(self.refresh)
        self.refresh()

    def add(self, control: QWidget) -> None:
        """Put `control` behind the play button."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(1, control)

    def refresh(self) -> None:
        """Show what the player does."""
        player, timeline = self._player, self._timeline()
        self.play.setEnabled(timeline is not None)
        self.at.setText(f"{player.time:.2f} / {timeline.seconds:.2f} s" if timeline else "")
        self.dropped.setText(f"{player.dropped} of {player.dropped + player.shown} frames skipped" if player.dropped else "")
        words = "Pause" if player.playing else "Play"
        if self.play.accessibleName() != words:
            self.play.setAccessibleName(words)
            self.play.setToolTip(f"{words} (P)")
            set_icon(self.play, "mdi6.pause" if player.playing else "mdi6.play")
