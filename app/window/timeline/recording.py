"""The button that records manual changes as keys of the timeline."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QToolButton

from zscape.app.widgets.keyed import tip_with_keys
from zscape.app.widgets.theme import set_icon
from zscape.app.window.timeline.editing import Editing
from zscape.app.work.playing.recorder import Recorder
from zscape.models.errors import ZscapeError

RECORD_TIP = "Record what you do with sliders, pads and numbers as keys, from the playhead on"
STOP_TIP = "End the take: it becomes keys, which are edited like any others"
NARROW, WIDE = 28, 76
"""The width of the button, without and with the time."""
OTHER = "The recording has ended: another kind of model is open, which the timeline does not fit."


class Recording(QObject):
    """Recording for one timeline. button: starts and stops it."""

    def __init__(self, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._from = 0.0
        self.recorder = Recorder(editing.session, self)
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setFixedHeight(26)
        self.button.clicked.connect(self._toggle)
        self.recorder.changed.connect(self._show)
        self.recorder.ended.connect(lambda: editing.session.message.emit(OTHER, True))
        self._recorded: bool | None = None
        self._show()

    def end(self) -> None:
        """End the take, if there is one."""
        if self.recorder.recording:
            self._take()

    def _toggle(self, on: bool) -> None:
        if on:
            player = self._editing.player
            self._from = player.time
            player.release()  # so that the picture shows what is recorded
            self.recorder.start()
            return
        self._take()

    def _take(self) -> None:
        """Put the recording on the timeline, as one undo step."""
        from zscape.models.timeline.take import keys_of, with_take

        session, samples = self._editing.session, self.recorder.stop()
        space = session.space
        if space is None:
            return
        try:
            keys = keys_of(samples, space)
            session.edit_timeline("record a take", with_take(self._editing.timeline, self._from, keys, space))
        except ZscapeError as error:
            session.message.emit(str(error), True)
            return
        words = f"{len(keys)} keys for {keys[-1][0]:.1f} s of what you did: P plays them."
        session.message.emit(words, False)
        self._editing.player.seek(self._from)

    def _show(self) -> None:
        recording = self.recorder.recording
        self.button.setText(f"{self.recorder.seconds:.1f} s" if recording else "")
        if recording == self._recorded:
            return
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self.button.setToolButtonStyle(beside if recording else alone)
        self.button.setFixedWidth(WIDE if recording else NARROW)
        self._recorded = recording
        self.button.setChecked(recording)
        self.button.setAccessibleName("Stop recording" if recording else "Record")
        tip_with_keys(self.button, STOP_TIP if recording else RECORD_TIP, "record")
        set_icon(self.button, "stop" if recording else "record")
