"""The status bar: the last message, drawing speed and device, and the running jobs."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QStyle, QStyleOption, QWidget

from zscape.app.window.status.job_menu import JobMenuButton
from zscape.app.window.status.job_row import JobRow

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.work.jobs import Job, JobQueue

MESSAGE_SECONDS = 8
MARGIN, GAP = 8, 6
"""The pixels at both ends, and the pixels that Qt leaves between two parts of the bar."""
MESSAGE_SHARE = 0.4
"""The fraction of the bar's width that a message may take from the jobs; a longer one is shortened if they need the rest."""


class StatusBar(QStatusBar):
    """Message at the left; jobs and figures at the right. It never makes the window wider: if there is too little space, the rows
    of jobs get shorter, and a menu lists those that do not fit. short: in milliseconds; jobs shorter than this are not shown,
    because a sequence of short jobs, as in playback, would make the bar flicker.
    """

    short = 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.figures = QLabel()
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.figures.setMinimumWidth(176)
        self.figures.setToolTip(
            "Pictures shown in the last second (fps) while they change; how long the last one took to draw, and what draws it; "
            "a film's pictures are drawn ahead"
        )
        self._running: set[Job] = set()
        self._rows: dict[Job, JobRow] = {}
        self.more = JobMenuButton(lambda: reversed(self._rows.values()))
        self.addPermanentWidget(self.more)
        self.addPermanentWidget(self.figures)
        self.device = ""
        self._tip = ""  # the current or last tip of the widget under the mouse
        self._offers: list[QWidget] = []
        self._others: list[QWidget] = []  # rows that are not jobs
        self._painted: deque[float] = deque(maxlen=240)
        self._milliseconds = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._show_figures)
        self.messageChanged.connect(self._take_message)

    def watch(self, jobs: JobQueue) -> None:
        """Show every job from now on."""
        jobs.started.connect(self._add_later)
        jobs.ended.connect(self._remove)

    def offer(self, widget: QWidget) -> None:
        """Show `widget` at the left while there is no message."""
        self.addWidget(widget)
        self._offers.append(widget)
        self._fit()

    def add_row(self, widget: QWidget) -> None:
        """Add `widget` before the jobs."""
        self._others.append(widget)
        self._insert(widget)

    def _insert(self, widget: QWidget) -> None:
        self.insertPermanentWidget(len(self._offers), widget)  # the index counts from the left
        self._fit()
        self._keep_message()

    def say(self, line: str) -> None:
        """Show `line` for a while."""
        self.showMessage(line, MESSAGE_SECONDS * 1000)

    def withdraw(self) -> None:
        """Remove the message before its time is over; a tip stays."""
        if self.currentMessage() != self._tip:
            self.clearMessage()

    def show_tip(self, tip: str) -> None:
        """Show the tip of the widget under the mouse, "" for none; it does not replace a message before its time is over."""
        if self.currentMessage() in ("", self._tip):
            self._tip = tip
            self.showMessage(tip)

    def count(self, frame: Frame) -> None:
        """A frame was painted."""
        self._painted.append(time.monotonic())
        self._milliseconds = 1000 * frame.seconds
        if not self._tick.isActive():
            self._tick.start()

    def _show_figures(self) -> None:
        now = time.monotonic()
        while self._painted and now - self._painted[0] > 1:
            self._painted.popleft()
        if not self._painted:
            self._tick.stop()
        took = f"{self._milliseconds:.1f} ms on {self.device}" if self._milliseconds else ""
        if self._painted:
            self.figures.setText(f"{len(self._painted)} fps, {took or 'drawn ahead'}")
        else:
            self.figures.setText(f"Drawn in {took}" if took else "Drawn ahead")

    def _add_later(self, job: Job) -> None:
        self._running.add(job)
        if self.short:
            QTimer.singleShot(self.short, self, lambda: self._add(job))
        else:
            self._add(job)

    def _add(self, job: Job) -> None:
        if job not in self._running:
            return
        row = JobRow(job)
        self._rows[job] = row
        self._insert(row)

    def _keep_message(self) -> None:
        """The widgets in the bar have changed: afterwards Qt shows what a message has hidden, so show the message again."""
        QTimer.singleShot(0, self, self._say_again)

    def _say_again(self) -> None:
        line = self.currentMessage()
        if line:
            self.clearMessage()
            self.showMessage(line, 0 if line == self._tip else MESSAGE_SECONDS * 1000)

    def _remove(self, job: Job) -> None:
        self._running.discard(job)
        row = self._rows.pop(job, None)
        if row is not None:
            self.more.forget(row)
            self.removeWidget(row)
            row.deleteLater()
            self._fit()
            self._keep_message()

    # Space.

    def _take_message(self, line: str) -> None:
        self.setToolTip(line)  # the full text, in case it is shortened
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt would cut off a long message in the middle of a letter."""
        option = QStyleOption()
        option.initFrom(self)
        with QPainter(self) as painter:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, option, painter, self)
            place = self.message_place()
            line = self.fontMetrics().elidedText(self.currentMessage(), Qt.TextElideMode.ElideRight, place.width())
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)

    def message_place(self) -> QRect:
        """The place of a message: left of all other widgets."""
        there = [each for each in (*self._others, *self._rows.values(), self.more, self.figures) if not each.isHidden()]
        end = min(each.x() for each in there) - MARGIN
        return QRect(2 * MARGIN, 0, end - 2 * MARGIN, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a widget was added, removed, or has another width
            self._fit()
        return super().event(event)

    def _room(self) -> int:
        """The width for the rows of jobs, in pixels."""
        offers = sum(each.sizeHint().width() + GAP for each in self._offers if not each.isHidden())
        message = self.fontMetrics().horizontalAdvance(self.currentMessage()) + 2 * MARGIN if self.currentMessage() else 0
        others = sum(each.sizeHint().width() + GAP for each in self._others if not each.isHidden())
        left = max(offers, min(message, round(MESSAGE_SHARE * self.width())))
        figures = max(self.figures.minimumWidth(), self.figures.sizeHint().width()) + GAP
        return self.width() - 2 * MARGIN - 2 * GAP - left - others - figures

    def _fit(self) -> None:
        """Show as many rows as fit, oldest first: a long run keeps its place."""
        rows, room = list(self._rows.values()), self._room()
        for shown, short in ((count, short) for count in range(len(rows), -1, -1) for short in (False, True)):
            hidden = len(rows) - shown
            needed = sum(row.width_when(short) + GAP for row in rows[:shown])
            if needed + (self.more.width_when(hidden, shown) + GAP if hidden else 0) <= room or not shown:
                break
        else:
            return  # there is no job
        for place, row in enumerate(rows):
            row.shorten(short)
            row.setVisible(place < shown)
        self.more.tell(hidden, shown)
