"""The main window: it first paints a picture of its last state, and is built after that."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QPaintEvent,
    QResizeEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import QWidget

from zscape.app.state.settings import MODEL, Settings
from zscape.app.window import geometry
from zscape.app.window.parts import WindowParts
from zscape.app.window.startup import collector
from zscape.app.window.startup.turns import one_a_turn

if TYPE_CHECKING:
    from threading import Thread

    from zscape.app.window.lost_focus import LostFocus
    from zscape.app.window.startup.first_look import FirstLook
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.base import Input

LEAST = (860, 480)
"""The minimum size of the window; in a smaller one controls would overlap."""

LONGEST_LOOK_MS = 4000
"""The picture of the last state is removed after this time in any case."""


class MainWindow(WindowParts):
    """Zscape's window. first_paint and first_image: time.perf_counter() of each, None until then; there are signals for both.

    look: painted until the parts of the window exist, which are then created after the first paint; without it they are created
    at once. assembled: the parts were created, after the first paint, and are filled next. completed: they are filled.
    """

    first_painted = Signal(float)
    first_imaged = Signal(float)
    assembled = Signal()
    completed = Signal()
    closed = Signal()

    def __init__(
        self,
        settings: Settings,
        model: str | Model = "",
        session: Path | None = None,
        device: str = "auto",
        look: FirstLook | None = None,
    ) -> None:
        super().__init__()
        collector.rest(self.first_imaged, self.closed, self.destroyed)
        self.setMinimumSize(*LEAST)
        self.first_paint: float | None = None
        self.first_image: float | None = None
        self._painted = False
        self._refusal = ""  # why the current drag is refused
        self._model, self._session_path = model, session
        self.settings = settings
        self.device = device
        self._inputs: tuple[Input, ...] = ()
        self._lost_focus: LostFocus | None = None  # None until the window is built
        self._look = look
        geometry.restore(self, settings)
        if look is None:
            self._build()
        else:
            self.setWindowTitle("Zscape")
            look.cover(self)
            look.painted.connect(lambda: QTimer.singleShot(0, self, self._complete))  # once it is on screen

    def _build(self) -> None:
        from zscape.app.window.assembly import assemble
        from zscape.app.window.lost_focus import LostFocus
        from zscape.app.window.messages.messages import Messages

        assemble(self, self._model, self._session_path)
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.centre.painted.connect(self._count)
        self._messages = Messages(self.session, self.message_bar, self.status, self)
        self.first_imaged.connect(self._messages.take_first_picture)
        self.session.model_changed.connect(self._show_model)
        # To the window itself: while it is deleted the stack changes once more, when what the window contains may be gone.
        self.session.undo_stack.indexChanged.connect(self._take_edit)
        self._lost_focus = LostFocus(self, self.centre.take_focus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is None and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._complete)  # once everything in the window is painted, too

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
        if self._look is not None:
            self._look.resize(self.size())

    # After the first paint.

    def _complete(self) -> None:
        self._painted = True
        self.first_paint = time.perf_counter()
        self.first_painted.emit(self.first_paint)
        library, covered = _load_libraries(), self._look is not None
        if self._look is not None:
            self._build()
            self._look.stay_above()
            self._watch_cover(self._look)
            self.assembled.emit()
        from zscape.app.widgets.focus_ring import watch
        from zscape.app.window.assembly import fillers, restore_panels

        watch(self)
        geometry.fit(self)
        # The renderer starts last, because while it loads torch nothing else makes progress.
        one_a_turn(
            self,
            [
                self._restore_last,
                lambda: restore_panels(self) if covered else None,
                *fillers(self),
                lambda: self._uncover() if self._look is not None and self._look.is_empty else None,
                lambda: self.renderer.begin(library),
                lambda: self.opener.attempt(lambda: self.opener.open_first(self._model, self._session_path)),
                lambda: self.choice.list(),
                self.keeper.check,
                lambda: self.tour.offer_once(),
                lambda: None if self._asked_for else self.choice.bundled.offer_once(),
                self.completed.emit,
            ],
        )

    def _watch_cover(self, look: FirstLook) -> None:
        """Remove the picture of the last state once the model fills the panels, or earlier if there is something else to see."""
        session = self.session
        session.model_changed.connect(lambda: QTimer.singleShot(0, self, self._uncover))
        for sign in (look.touched, session.message):
            sign.connect(lambda *_: self._uncover())
        QTimer.singleShot(LONGEST_LOOK_MS, self, self._uncover)

    def _restore_last(self) -> None:
        """Restore the session that the picture shows; any edit or change of view after that is the user's."""
        if self._session_path is None:
            self.opener.restore_last()
        for sign in (self.session.undo_stack.indexChanged, self.centre.shown):
            sign.connect(lambda *_: self._uncover())

    def _uncover(self) -> None:
        if self._look is not None:
            self._look.hide()
            self._look.deleteLater()
            self._look = None

    @property
    def _asked_for(self) -> bool:
        """Whether the user expects certain content: what was requested, or what was open last."""
        return bool(self._model or self._session_path or self.settings.text(MODEL) or self.keeper.last.model)

    # While it runs.

    def _count(self, frame: Any) -> None:
        self.status.count(frame)
        self.timeline.count(frame)
        if self.first_image is None:
            self.first_image = time.perf_counter()
            self.first_imaged.emit(self.first_image)

    def _take_edit(self) -> None:
        if self._messages.take_edit():
            self.choice.bundled.close()  # after opening a picture or moving a slider, the user wants to see the result

    def _show_model(self) -> None:
        self.status.device = self.session.device.upper()
        self.choice.list()
        space = self.session.space
        if space is not None and space.inputs != self._inputs:
            self._inputs = space.inputs
            self.docks.suit(space)
            self.centre.suit(space)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent) and self._lost_focus is not None:
            self.status.show_tip(event.tip())  # Qt would replace a message by it
            return True
        if isinstance(event, QHelpEvent):
            from zscape.app.window.help.label_tips import show_tip

            if show_tip(self, event):
                return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from zscape.app.widgets import drops
        from zscape.app.window.files import dropped

        reason = dropped.refusal(event.mimeData())
        drops.answer(event, not reason)
        self._refusal = reason
        if reason:  # a refused drag has no drop event, so the reason is shown now
            self.message_bar.tell(reason)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        refusal, self._refusal = self._refusal, ""
        if refusal:
            QTimer.singleShot(0, self, lambda: self._forget(refusal))

    def _forget(self, refusal: str) -> None:
        """If the drag has moved on to a widget that accepts it, the reason why the window does not is obsolete."""
        from zscape.app.window.files import dropped

        if not self._refusal and self.message_bar.label.text() == refusal and dropped.is_over_taker(self):
            self.message_bar.hide()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        from zscape.app.widgets import drops

        drops.answer(event, True)  # it was checked when the drag entered

    def dropEvent(self, event: QDropEvent) -> None:
        from zscape.app.widgets import drops
        from zscape.app.window.files import dropped

        drops.answer(event, True)
        data = event.mimeData()
        self.opener.attempt(lambda: dropped.take(data, self.opener))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._lost_focus is None or self._lost_focus.take_over() or self.focus_order.step(forward)

    def take_focus_from(self, field: QWidget) -> bool:
        """Escape was pressed in `field`: give the focus to the pictures."""
        self.centre.take_focus()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything, stop everything."""
        if self._lost_focus is None:  # it is not built: there is nothing to save
            self.closed.emit()
            return
        if self.closing.is_held():
            event.ignore()
            return
        if "live_tools" in self.__dict__:
            self.live_tools.end()
        if not self.closing.may_close():
            event.ignore()
            return
        self.keeper.end()
        self.settings.sync()  # last: otherwise the file is written once more when its folder may be gone
        self.renderer.stop()
        super().closeEvent(event)
        self.closed.emit()


def _load_libraries() -> Thread | None:
    """Start loading torch's library while the window is created, after all smaller libraries that this needs.

    The system loads one library at a time: another thread that needs one meanwhile waits, holding Python's lock.
    """
    import numpy  # noqa: F401
    from PySide6.QtGui import QIcon, QImage

    from zscape.app.widgets.icons import FOLDER
    from zscape.app.window.files import opening  # noqa: F401
    from zscape.app.work.rendering import torch_library

    arrow = str(FOLDER / "down.svg")  # Qt's two plugins for such files
    QImage(arrow), QIcon(arrow).pixmap(8, 8)
    return torch_library.load_beside()
