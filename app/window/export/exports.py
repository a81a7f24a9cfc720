"""The list of exports: for each file a row with its last frame, its speed, and where it was saved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zscape.app.state.session import Session
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import close_row
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.layouts.wrapped_label import WrappedLabel
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.window.status.job_row import time_words
from zscape.app.work.exporting.export_queue import Export, ExportQueue

PICTURE = 48
EMPTY = "No exports yet. File > Export sheet as film, or Export on the timeline, starts one."


class ExportRow(QFrame):
    """One export."""

    def __init__(self, export: Export, queue: ExportQueue, session: Session) -> None:
        super().__init__()
        self.export, self._queue, self._session = export, queue, session
        self._drawn: object = None
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE, PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("The last frame")
        self.title = Elided(export.path.name)
        self.title.setToolTip(str(export.path))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(f"Progress of {export.path.name}")
        self.words = Elided("")
        self.words.setProperty("role", "dim")
        self.failure = WrappedLabel()  # not elided: the problem is named in the middle of the line
        self.failure.setTextFormat(Qt.TextFormat.PlainText)
        self.failure.setProperty("role", "dim")
        self.failure.setMinimumWidth(1)
        self.button = QPushButton()
        self.button.setFixedWidth(128)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._press)
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in (self.title, self.bar, self.words, self.failure):
            column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.picture)
        row.addLayout(column, 1)
        row.addWidget(self.button)
        export.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Update what is shown."""
        export = self.export
        progress = export.progress
        self.bar.setVisible(not export.over)
        self.bar.setRange(0, progress.total or (0 if export.state == "running" else 1))
        self.bar.setValue(progress.done)
        failed = export.state == "failed"
        self.words.setVisible(not failed)
        self.failure.setVisible(failed)
        self.words.show_text(self._words())
        self.failure.setText(export.line.replace(str(export.path), export.path.name) if failed else "")
        self.button.setVisible(not export.over or export.state == "done")
        done = export.state == "done"
        self.button.setText("Show in folder" if done else "Cancel")
        self.button.setAccessibleName(f"{self.button.text()}: {export.path.name}")
        self.button.setToolTip(f"Open {export.path.parent}" if done else "Stop it; no incomplete file is left")
        if export.frame is not None and export.frame is not self._drawn:
            self._drawn = export.frame
            picture = QPixmap.fromImage(image_of(export.frame[None], 1))
            smooth = Qt.TransformationMode.SmoothTransformation
            ratio = self.devicePixelRatioF()
            side = round(PICTURE * ratio)
            picture = picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            picture.setDevicePixelRatio(ratio)
            self.picture.setPixmap(picture)

    def _words(self) -> str:
        export = self.export
        if export.over:
            return export.line
        if export.state == "waiting":
            return "Waiting for the one before"
        progress = export.progress
        said = [f"{progress.label} {progress.done:,} of {progress.total:,}" if progress.total else progress.label]
        if export.rate:
            said.append(f"{export.rate:.0f} frames/s" if export.rate >= 10 else f"{export.rate:.1f} frames/s")
        if export.seconds_left is not None:
            said.append(time_words(export.seconds_left))
        return "   ".join(said)

    def _press(self) -> None:
        if self.export.state != "done":
            self._queue.cancel(self.export)
            return
        folder = self.export.path.parent
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._session.message.emit(f"{folder} cannot be opened: it is gone, or there is no file manager.", True)


class ExportsDialog(QDialog):
    """Every export of this window, newest first; it can stay open beside the picture."""

    def __init__(self, window: QWidget, queue: ExportQueue, session: Session) -> None:
        super().__init__(window)
        self.setWindowTitle("Exports")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(640, 324)  # fits four rows, and the status of ten thousand frames on one line
        self._queue, self._session = queue, session
        self.rows: list[ExportRow] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 24, 24, 16)
        self._column.setSpacing(16)
        self.empty = QLabel(EMPTY)
        self.empty.setProperty("role", "dim")
        self.empty.setWordWrap(True)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.clear = text_button("Clear finished", "Remove finished exports from the list; their files stay", self._clear)
        buttons = close_row(self, self.clear, tip="Close this list; what is being exported goes on")
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        for export in queue.exports:
            self._add(export)
        queue.added.connect(self._add)
        queue.ended.connect(lambda _: self._show_state())
        self._show_state()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.close()  # with the window: alone it would keep the program running
        return super().eventFilter(watched, event)

    def _add(self, export: Export) -> None:
        row = ExportRow(export, self._queue, self._session)
        self.rows.insert(0, row)
        self._column.insertWidget(0, row)
        self._show_state()

    def _clear(self) -> None:
        for row in [each for each in self.rows if each.export.over]:
            self.rows.remove(row)
            self._column.removeWidget(row)
            row.deleteLater()
        self._queue.clear()
        self._show_state()

    def _show_state(self) -> None:
        self.empty.setVisible(not self.rows)
        grey(self.clear, "" if any(each.export.over for each in self.rows) else "No export has finished yet")
