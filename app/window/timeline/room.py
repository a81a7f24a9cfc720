"""How high the timeline may be: it gives way to the view above it, of which nothing is cut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from zscape.app.window.centre import Centre
from zscape.app.window.dock import HEIGHT, Dock


class TimelineRoom(QObject):
    """Gives `dock` the height that it needs and that the shown view of `centre` can spare.

    Where there is too little, the tracks scroll; where there is less than its controls and its keys need, it folds. A person who
    unfolds it then has it in this view from then on, and the view scrolls.

    least(): the least height of the panel in the dock, None while there is none. folded: whether a person wants it folded.
    """

    def __init__(self, dock: Dock, centre: Centre, least: Callable[[], int | None]) -> None:
        super().__init__(dock)
        self._dock, self._centre, self._least = dock, centre, least
        self.folded = False
        self._wanted: set[str] = set()  # views in which a person has unfolded it though it was crowded
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
        """A person has folded or unfolded it."""
        self.folded = folded
        if folded:
            self._wanted.discard(self._centre.current)
        elif self._crowded:
            self._wanted.add(self._centre.current)
        self.arrange()

    def arrange(self) -> None:
        """Make it as high as it may be, or fold it."""
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
        """What the view leaves of the height that both have."""
        view = self._centre.views.get(self._centre.current)
        both = self._centre.stack.height() + (0 if self._dock.isFloating() else self._dock.height())
        return both - (view.whole_height if view is not None else 0)

    def _watch(self) -> None:
        """Another least height of a view is another room."""
        for name, view in self._centre.views.items():
            if name not in self._watched:
                self._watched.add(name)
                view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if event.type() == kinds[watched is not self._centre.stack]:
            self._later.start()
        return False
