"""The texts of the timeline: their row, controls for the selected text, and the edits of the user."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from zscape.app.widgets.controls.framed_button import framed_menu
from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.timeline.marks import MarksRow
from zscape.app.window.timeline.editing import Editing
from zscape.app.window.timeline.mark_editor import MarkEditor
from zscape.app.work.bind import Gesture
from zscape.models.timeline.cards import move_card
from zscape.models.timeline.mark_edits import add_card, add_mark, delete_mark, set_mark
from zscape.models.timeline.marks import Kind, Mark
from zscape.models.timeline.stops import stops
from zscape.models.timeline.timeline import Timeline

CAPTION = Mark(0.0, 2.0, "{class}")
CARD = Mark(0.0, 1.0, "Title", "card", "middle", 0.12, "#ffffff", "#000000")
"""The proposed title card."""


class TimelineTexts(QWidget):
    """Edits the texts of the timeline. button: adds a text. entered(): a text was selected, so nothing else is."""

    entered = Signal()

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._gesture = Gesture(editing.session, editing.context.jobs)
        self._before: Timeline | None = None  # at the start of a drag
        self.row = MarksRow()
        self.editor = MarkEditor()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.editor)
        self.button = _text_button(self)
        self.row.chosen.connect(self._go)
        self.row.grabbed.connect(self._grab)
        self.row.changed.connect(self._time)
        self.row.released.connect(self._let_go)
        self.row.edit_asked.connect(self.edit)
        self.row.removed.connect(self.delete)
        self.row.menu_asked.connect(self._menu)
        self.editor.changed.connect(self._set)
        editing.player.changed.connect(lambda: self.row.show_time(editing.player.time))

    def refresh(self) -> None:
        """Show the session's texts."""
        timeline = self._editing.timeline
        marks = timeline.marks if timeline is not None else ()
        if timeline is not None:
            self.row.show_marks(marks, timeline.seconds, [each.start for each in stops(timeline)])
        self.setVisible(bool(marks))
        self._show_editor()

    def add(self, kind: Kind) -> None:
        """Add a caption at the playhead, or a title card at the nearest key, which is then held as long as the card.

        During playback the user cannot aim: it stops, and the card is put at the start.
        """
        timeline, player = self._editing.timeline, self._editing.player
        if timeline is None:
            return
        time = 0.0 if player.playing and kind == "card" else round(player.time, 2)
        player.pause()
        if kind == "card":
            self._editing.edit("add a title card", lambda line: add_card(line, replace(CARD, start=time)))
        else:
            time = min(time, max(0.0, timeline.seconds - 0.1))
            seconds = min(CAPTION.seconds, round(timeline.seconds - time, 2))
            self._editing.edit("add a caption", lambda line: add_mark(line, replace(CAPTION, start=time, seconds=seconds)))
        self.edit(len(self.row.marks) - 1)

    def edit(self, place: int) -> None:
        """Select a text and give the focus to its field."""
        self._choose(place)
        self.editor.words.setFocus()
        self.editor.words.selectAll()

    def delete(self, place: int) -> None:
        """Delete a text."""
        self._editing.edit("delete a text", lambda line: delete_mark(line, place))
        self.row.setFocus()

    def duplicate(self, place: int) -> None:
        """Duplicate a text; the copy is placed after it."""
        mark = self.row.marks[place]
        start = min(mark.end, max(0.0, self.row.seconds - mark.seconds))
        self._editing.edit("duplicate a text", lambda line: add_mark(line, replace(mark, start=start)))
        self._choose(len(self.row.marks) - 1)

    def leave(self) -> None:
        """Select no text, because something else is selected."""
        self.row.choose(-1)
        self._show_editor()

    def _choose(self, place: int) -> None:
        self.row.choose(place)
        self._go(place)

    def _go(self, place: int) -> None:
        """Move the playhead to a text, if that is not on screen."""
        mark, player = self.row.marks[place], self._editing.player
        if not player.playing and not mark.start <= player.time < mark.end:
            player.seek(mark.start)
        elif not player.playing:
            player.seek(player.time)
        self.entered.emit()
        self._show_editor()

    def _show_editor(self) -> None:
        there = 0 <= self.row.current < len(self.row.marks)
        self.editor.setVisible(there)
        if there:
            self.editor.show_mark(self.row.marks[self.row.current])

    def _set(self, mark: Mark) -> None:
        place = self.row.current
        self._editing.edit("change a text", lambda line: _put(line, place, mark), self._gesture.move())

    def _grab(self, _: int) -> None:
        self._before = self._editing.timeline
        self._gesture.begin()

    def _time(self, place: int, start: float, seconds: float) -> None:
        mark = replace(self.row.marks[place], start=start, seconds=seconds)
        change = _put if self._before is None else set_mark  # keys that move during the drag would be hard to aim at
        self._editing.edit("move a text", lambda line: change(line, place, mark), self._gesture.move())

    def _let_go(self) -> None:
        """Apply the hold of a card that was dragged."""
        before, place, timeline = self._before, self.row.current, self._editing.timeline
        self._before = None
        if before is not None and timeline is not None and 0 <= place < len(timeline.marks):
            mark = timeline.marks[place]
            if timeline.marks != before.marks:
                self._editing.edit("move a text", lambda _: _put(before, place, mark), self._gesture.move())
        self._gesture.end()

    def _menu(self, place: int, where: QPoint) -> None:
        if place < 0:
            return
        menu = QMenu(self)
        menu.addAction("Edit").triggered.connect(lambda: self.edit(place))
        menu.addAction("Duplicate").triggered.connect(lambda: self.duplicate(place))
        menu.addAction("Delete").triggered.connect(lambda: self.delete(place))
        pop_up(menu, where)


def _put(timeline: Timeline, place: int, mark: Mark) -> Timeline:
    """Replace a text by `mark`; the hold of a card moves with it."""
    before = timeline.marks[place]
    moved = (before.start, before.seconds) != (mark.start, mark.seconds)
    return move_card(timeline, place, mark) if moved and before.kind == mark.kind == "card" else set_mark(timeline, place, mark)


def _text_button(texts: TimelineTexts) -> QToolButton:
    button = framed_menu("Text", "A title card or a caption in the film", "Add text")
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    for words, tip, kind in (
        ("Title card", "Before the picture at the nearest key, which is held as long; the first one while it plays", "card"),
        ("Caption", "Over the picture, from the playhead on", "caption"),
    ):
        action = menu.addAction(words)
        action.setToolTip(tip)
        action.triggered.connect(lambda _=False, kind=kind: texts.add(kind))
    button.setMenu(menu)
    return button
