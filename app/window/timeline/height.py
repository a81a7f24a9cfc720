"""Sets the height of the timeline so that nothing of the view above it is cut off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from zscape.app.window.centre import Centre
from zscape.app.window.docking.dock import HEIGHT, Dock


class TimelineHeight(QObject):
    """Gives `dock` the height that it needs, as far as the current view of `centre` can spare it.

    If that is too little, the tracks scroll; if it is less than its controls and keys need, it folds. If the user then unfolds
    it, it stays unfolded in this view, and the view scrolls.

    least(): the minimum height of the panel in the dock, None if there is none. folded: whether the user wants it folded.
    """

    def __init__(self, dock: Dock, centre: Centre, least: Callable[[], int | None]) -> None:
        super().__init__(dock)
        self._dock, self._centre, self._least = dock, centre, least
        self.folded = False
        self._wanted: set[str] = set()  # views in which the user has unfolded it in spite of too little space
        self._crowded = False
        self._watched: set[str] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.arrange)
        centre.stack.installEventFilter(self)
        centre.shown.connect(lambda _: self.arrange())
        dock.need_changed.connect(self._later.start)
        dock.visibilityChanged.connect(self._later.start)

    def fold(self, folded: bool) -> None:
        """The user has folded or unfolded it."""
        self.folded = folded
        if folded:
            self._wanted.discard(self._centre.current)
        elif self._crowded:
            self._wanted.add(self._centre.current)
        self.arrange()

    def arrange(self) -> None:
        """Set its height, or fold it."""
        dock, least = self._dock, self._least()
        if least is None or dock.isHidden():
            return
        self._watch()
        spare = self._spare()
        wanted = dock.isFloating() or self._centre.current in self._wanted
        self._crowded = spare < min(HEIGHT + least, dock.need)
        dock.show_folded(self.folded or (self._crowded and not wanted))
        if not dock.is_folded:
            height = dock.need if wanted else min(dock.need, spare)
            dock.limit(height)
            dock.setMaximumHeight(height)

    def _spare(self) -> int:
        """The part of the common height that the view does not need."""
        view = self._centre.views.get(self._centre.current)
        both = self._centre.stack.height() + (0 if self._dock.isFloating() else self._dock.height())
        return both - (view.whole_height if view is not None else 0)

    def _watch(self) -> None:
        """Arrange again when a view's minimum height changes."""
        for name, view in self._centre.views.items():
            if name not in self._watched:
                self._watched.add(name)
                view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if event.type() == kinds[watched is not self._centre.stack]:
            self._later.start()
        return False
