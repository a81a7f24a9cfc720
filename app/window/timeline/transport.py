"""Play and pause, the playhead's time and the number of dropped frames: in the timeline's title, visible when it is folded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from zscape.app.widgets.greyed import grey
from zscape.app.widgets.keyed import tip_with_keys
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.theme import set_icon
from zscape.app.work.playing.player import Player
from zscape.models.timeline.timeline import Timeline

LATE = "Frames not drawn in time since play was pressed are skipped to keep the speed. An exported film has them all"
PREPARING = "This sheet is slow to draw: some frames are drawn before it plays, so that none is skipped. P plays at once"


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
        self.dropped = Elided("")  # the full text would push the panels beside the timeline in a narrow window
        for label in (self.at, self.dropped):
            label.setProperty("role", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.play)
        row.addWidget(self.at)
        row.addSpacing(12)
        row.addWidget(self.dropped)
        player.changed.connect(self.refresh)
        self.refresh()

    def add(self, control: QWidget) -> None:
        """Add `control` after the play button."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(1, control)

    def refresh(self) -> None:
        """Show the state of the player."""
        player, timeline = self._player, self._timeline()
        self.at.setText(f"{player.time:.2f} / {timeline.seconds:.2f} s" if timeline else "")
        late = f"{player.dropped} of {player.dropped + player.shown} frames too late" if player.dropped else ""
        share = player.preparing or 0.0  # in a second round all frames may be there at once
        words, short = (f"Preparing {share:.0%}", f"{share:.0%}") if share else (late, f"{player.dropped} late" if late else "")
        self.dropped.show_text(words, short)
        self.dropped.setToolTip(PREPARING if share else LATE)
        words = "Play at once" if share else "Pause" if player.playing else "Play"
        if self.play.accessibleName() != words:
            self.play.setAccessibleName(words)
            tip_with_keys(self.play, words, "play")
            set_icon(self.play, "pause" if words == "Pause" else "play")
        grey(self.play, "" if timeline is not None else "There is no timeline yet: keep two points and animate the shelf")
