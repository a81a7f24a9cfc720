"""The docks at the sides of the window, one per panel: shown if the open model has that kind of input and the view uses it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QStyle, QWidget

from zscape.app.panels import FIRST_KINDS, PANELS
from zscape.app.views import VIEWS
from zscape.app.window.commands.actions import Actions, ActionSpec
from zscape.app.window.docking.dock import HEIGHT, Dock
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.panels.base import Panel
    from zscape.app.work.context import Context

ROW = 24
"""The height of a row of controls."""
SIDES = {"left": Qt.DockWidgetArea.LeftDockWidgetArea, "right": Qt.DockWidgetArea.RightDockWidgetArea}


class Docks(dict[str, Dock]):
    """The docks by panel name. panels: those created. folded, closed: the panels that the user has folded or closed, in all
    views.

    A panel that the current view does not use is folded; a side without used panels is hidden. If the user unfolds or shows such
    a panel, it stays in this view. If a side has too little space, some of its panels are folded: those that the user unfolded
    last, or opened something large in, stay open, then the ranks of the panels decide. At least one on each side is open, and
    scrolls. A panel with something large open has its space before the others.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__()
        self.panels: dict[str, Panel] = {}
        self.folded = {name for name, entry in PANELS.items() if entry.folded}
        self.closed: set[str] = set()
        self._window = window
        self._lacking = {
            name for name, entry in PANELS.items() if (entry.kind is not None or entry.needs) and name not in FIRST_KINDS
        }
        self._view = ""
        self._wanted: dict[str, set[str]] = {}  # view -> panels it does not use, but the user has opened in it
        self._unfolded: list[str] = []  # by the user, most recent first
        self._crowded: set[str] = set()  # folded because of too little space
        self._sides: set[str] = set()  # the sides that are shown
        self._heights: dict[str, int] = {}  # of the docks of a side when it was hidden: Qt forgets them
        self._roomy: dict[str, QWidget] = {}  # panels with something open that needs space, and that widget
        self._context: Context | None = None  # set by the first `build`
        self._later = QTimer(window)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.arrange)
        for name, entry in PANELS.items():
            dock = self[name] = Dock(name, entry.title, entry.tip, entry.side, window)
            window.addDockWidget(SIDES[entry.side], dock)
            action = dock.toggleViewAction()
            action.setText(f"{entry.title} panel")
            actions.adopt(ActionSpec(f"panel {name}", action.text(), entry.tip, "", "View/Panels"), action)
            action.triggered.connect(lambda shown, name=name: self._close(name, not shown))
            dock.fold_asked.connect(lambda folded, name=name: self._fold(name, folded))
            dock.need_changed.connect(self._later.start)
        self.arrange()

    def build(self, name: str, context: Context) -> None:
        """Create the panel called `name`, at once or as soon as a model is open that has its kind of input."""
        self._context = context
        if name not in self._lacking and name not in self.panels:
            self.panels[name] = PANELS[name].build(context)
            self[name].fill(self.panels[name])

    def suit(self, space: Space) -> None:
        """Show a panel for each kind of input of `space`."""
        self._lacking = {name for name, entry in PANELS.items() if not entry.suits(space)}
        if self._context is not None:
            for name in PANELS:
                self.build(name, self._context)
        self.arrange()

    @property
    def view(self) -> str:
        """The view whose panels are shown, "" for all panels."""
        return self._view

    def suit_view(self, view: str) -> None:
        """Show the panels of the view called `view`."""
        self._view = view
        self.arrange()

    def there(self, name: str) -> bool:
        """Whether the panel called `name` would be shown in a view that uses all panels."""
        return name not in self._lacking and name not in self.closed

    def _used(self) -> Collection[str]:
        entry = VIEWS.get(self._view)
        used = PANELS if entry is None or entry.panels is None else entry.panels
        return {*used, *self._wanted.get(self._view, ())}

    def arrange_soon(self) -> None:
        """Arrange after the current event, such as a drag of the window's edge."""
        self._later.start()

    def arrange(self) -> None:
        """Show and fold every panel according to the view, the model and the user's choices."""
        used = self._used()
        open_ones = {name for name in self if name not in self.folded and name in used}
        before, self._crowded = self._crowded, set()
        opened = {name: panel.opened for name, panel in self.panels.items()}
        roomy, self._roomy = self._roomy, {name: what for name, what in opened.items() if what is not None}
        self._put_first(*(self._roomy.keys() - roomy.keys()))
        for each in SIDES:
            self._make_room([name for name in self if PANELS[name].side == each and self.there(name)], open_ones)
        sides, self._sides = self._sides, {PANELS[name].side for name in self if self.there(name) and name in used}
        gone = [name for name in self if PANELS[name].side in sides - self._sides]
        self._heights |= {name: self[name].height() for name in gone if self[name].isVisible() and not self[name].is_folded}
        for name, dock in self.items():
            dock.show_folded(name not in open_ones or name in self._crowded)
            dock.setVisible(self.there(name) and PANELS[name].side in self._sides)
            dock.bound(self.panels[name].most if name in self.panels else None)
        if self._crowded != before or self._roomy != roomy:
            self._share(SIDES, {})
        else:
            self._share(self._sides - sides, self._heights)
        for name in self._roomy.keys() - roomy.keys():  # after it has its new height
            QTimer.singleShot(0, self[name], partial(self[name].reveal, self._roomy[name]))

    def _share(self, sides: Collection[str], heights: Mapping[str, int]) -> None:
        """Divide the height of each of `sides` among its panels, as in `heights`, or else by their default heights."""
        for side in sides:
            shown = [name for name in self if PANELS[name].side == side and self.there(name)]
            wanted = [HEIGHT if self[name].is_folded else heights.get(name, PANELS[name].height) for name in shown]
            self._window.resizeDocks([self[name] for name in shown], wanted, Qt.Orientation.Vertical)

    def _make_room(self, names: Sequence[str], open_ones: Collection[str]) -> None:
        """Choose which of the panels `names` of one side are folded for lack of space, and the height limits of the others."""
        alone = [name for name in names if self[name].isFloating()]
        room = self._window.height() - sum(
            bar.height() for bar in (self._window.menuWidget(), self._window.statusBar()) if bar is not None
        )
        gap = self._metric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)
        docked = [name for name in names if name not in alone]
        left = room - len(docked) * HEIGHT - max(0, len(docked) - 1) * gap
        heights: dict[str, int] = {}
        for name in sorted(set(open_ones).intersection(names) - set(alone), key=self._order):
            least = min(self[name].need - HEIGHT, self.panels[name].least if name in self.panels else 0)
            if least > left and heights:
                self._crowded.add(name)
                continue
            heights[name] = max(0, min(least, left))
            left -= heights[name]
        # The remaining space: panels with something large open come first, then those that would scroll by less than a row.
        lacking = {name: self[name].need - HEIGHT - height for name, height in heights.items()}
        for name in sorted(heights, key=lambda name: (name not in self._roomy, lacking[name] >= ROW)):
            more = max(0, min(lacking[name], left))
            left -= more
            self[name].limit(HEIGHT + heights[name] + more)
        for name in alone:
            self[name].limit(self[name].need)

    def _metric(self, which: QStyle.PixelMetric) -> int:
        return self._window.style().pixelMetric(which, None, self._window)

    def _order(self, name: str) -> tuple[int, int]:
        """The sort key for staying open: the smallest comes first."""
        recent = self._unfolded.index(name) if name in self._unfolded else len(self._unfolded)
        return recent, PANELS[name].rank

    def _put_first(self, *names: str) -> None:
        """The user has unfolded the panels `names`, or opened something large in them: they are the last to be folded."""
        self._unfolded = [*names, *(each for each in self._unfolded if each not in names)]

    def _fold(self, name: str, folded: bool) -> None:
        if not folded:
            self._put_first(name)
        if name not in self._used():
            self._wanted.setdefault(self._view, set()).add(name)
            self.folded.discard(name)
        elif folded:
            self.folded.add(name)
        else:
            self.folded.discard(name)
        self.arrange()

    def _close(self, name: str, closed: bool) -> None:
        """The user has hidden or shown a panel in the View menu."""
        if closed:
            self.closed.add(name)
            self._wanted.get(self._view, set()).discard(name)
        else:
            self.closed.discard(name)
            if name not in self._used():
                self._wanted.setdefault(self._view, set()).add(name)
            self.folded.discard(name)
        self.arrange()
