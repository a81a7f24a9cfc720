"""The docks at the sides of the window, one a panel: there where the open model has such an input and the view uses the panel."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QStyle, QWidget

from zscape.app.panels import FIRST_KINDS, PANELS
from zscape.app.views import VIEWS
from zscape.app.window.commands.actions import Actions, ActionSpec
from zscape.app.window.dock import HEIGHT, Dock
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.panels.base import Panel
    from zscape.app.work.context import Context

SIDES = {"left": Qt.DockWidgetArea.LeftDockWidgetArea, "right": Qt.DockWidgetArea.RightDockWidgetArea}


class Docks(dict[str, Dock]):
    """The docks by the names of their panels. panels: those that are built. folded, closed: by a person, wherever they are used.

    A panel that the shown view does not use is folded; a side of which it uses none goes as a whole. A person who unfolds or
    shows such a panel has it in this view from then on. Where a side has no room for all its panels, some are folded: what a
    person has unfolded last stays, then the ranks of the panels decide. At the least one of a side is open, and scrolls.
    Where a person has opened something large in a panel, the others of its side leave it room.
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
        self._wanted: dict[str, set[str]] = {}  # view -> what it does not use and a person has asked for
        self._unfolded: list[str] = []  # by a person, the last one first
        self._crowded: set[str] = set()  # folded for want of room
        self._sides: set[str] = set()  # that are shown
        self._heights: dict[str, int] = {}  # of the docks of a side as it went: Qt forgets them
        self._roomy: dict[str, QWidget] = {}  # those in which something is open that needs room, and what
        self._context: Context | None = None  # from the first `build` on
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
        """Build the panel called `name`, or as soon as a model is open that it suits."""
        self._context = context
        if name not in self._lacking and name not in self.panels:
            self.panels[name] = PANELS[name].build(context)
            self[name].fill(self.panels[name])

    def suit(self, space: Space) -> None:
        """Have a panel for each kind of input of `space`."""
        self._lacking = {name for name, entry in PANELS.items() if not entry.suits(space)}
        if self._context is not None:
            for name in PANELS:
                self.build(name, self._context)
        self.arrange()

    @property
    def view(self) -> str:
        """The view whose panels there are, "" for all."""
        return self._view

    def suit_view(self, view: str) -> None:
        """Have the panels that the view called `view` uses."""
        self._view = view
        self.arrange()

    def there(self, name: str) -> bool:
        """Whether there would be the panel called `name` in a view that uses all."""
        return name not in self._lacking and name not in self.closed

    def _used(self) -> Collection[str]:
        entry = VIEWS.get(self._view)
        used = PANELS if entry is None or entry.panels is None else entry.panels
        return {*used, *self._wanted.get(self._view, ())}

    def arrange_soon(self) -> None:
        """Once what is done now is done, such as a drag of the window's edge."""
        self._later.start()

    def arrange(self) -> None:
        """Show and fold every panel as view, model and person have it."""
        used = self._used()
        open_ones = {name for name in self if name not in self.folded and name in used}
        before, self._crowded = self._crowded, set()
        opened = {name: panel.opened for name, panel in self.panels.items()}
        roomy, self._roomy = self._roomy, {name: what for name, what in opened.items() if what is not None}
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
        for name in self._roomy.keys() - roomy.keys():  # once it has its new height
            QTimer.singleShot(0, self[name], partial(self[name].reveal, self._roomy[name]))

    def _share(self, sides: Collection[str], heights: Mapping[str, int]) -> None:
        """Divide each of `sides` among its panels: as they are in `heights`, or else as they are at first."""
        for side in sides:
            shown = [name for name in self if PANELS[name].side == side and self.there(name)]
            wanted = [HEIGHT if self[name].is_folded else heights.get(name, PANELS[name].height) for name in shown]
            self._window.resizeDocks([self[name] for name in shown], wanted, Qt.Orientation.Vertical)

    def _make_room(self, names: Sequence[str], open_ones: Collection[str]) -> None:
        """Choose which of the panels `names` of one side are folded for want of room, and how high the others may be."""
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
        for name in sorted(heights, key=lambda name: name not in self._roomy):  # what is left; else to the least first
            more = max(0, min(self[name].need - HEIGHT - heights[name], left))
            left -= more
            self[name].limit(HEIGHT + heights[name] + more)
        for name in alone:
            self[name].limit(self[name].need)

    def _metric(self, which: QStyle.PixelMetric) -> int:
        return self._window.style().pixelMetric(which, None, self._window)

    def _order(self, name: str) -> tuple[int, int]:
        """Which panel is to be open rather than others: the least."""
        recent = self._unfolded.index(name) if name in self._unfolded else len(self._unfolded)
        return recent, PANELS[name].rank

    def _fold(self, name: str, folded: bool) -> None:
        if not folded:
            self._unfolded = [name, *(each for each in self._unfolded if each != name)]
        if name not in self._used():
            self._wanted.setdefault(self._view, set()).add(name)
            self.folded.discard(name)
        elif folded:
            self.folded.add(name)
        else:
            self.folded.discard(name)
        self.arrange()

    def _close(self, name: str, closed: bool) -> None:
        """A person has hidden a panel, or shown it, by the View menu."""
        if closed:
            self.closed.add(name)
            self._wanted.get(self._view, set()).discard(name)
        else:
            self.closed.discard(name)
            if name not in self._used():
                self._wanted.setdefault(self._view, set()).add(name)
            self.folded.discard(name)
        self.arrange()
