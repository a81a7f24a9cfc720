"""The order in which Tab moves the focus through the window: as it is read, not as it was built. F6 moves by areas."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QFocusFrame, QMainWindow, QWidget

from zscape.app.widgets.controls.fields import is_field
from zscape.app.widgets.focus_ring import move_focus


def areas(window: QMainWindow) -> list[QWidget]:
    """The visible areas: header, left panels, centre, right panels, and what is below."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly  # asked at each Tab, and a window has a thousand widgets
    docks = [dock for dock in window.findChildren(QDockWidget, options=direct) if dock.isVisible() and not dock.isFloating()]
    docks.sort(key=lambda dock: (dock.y(), dock.x()))
    side = Qt.DockWidgetArea
    at = {area: [dock for dock in docks if window.dockWidgetArea(dock) == area] for area in side}
    found = [
        window.menuWidget(),
        *at[side.TopDockWidgetArea],
        *at[side.LeftDockWidgetArea],
        window.centralWidget(),
        *at[side.RightDockWidgetArea],
        *at[side.BottomDockWidgetArea],
        window.statusBar(),
    ]
    return [area for area in found if area is not None and area.isVisible()]


def stops(area: QWidget) -> Iterator[QWidget]:
    """The widgets that Tab reaches in `area`, line by line from the top, each line from the left."""
    if not area.isVisible() or not area.isEnabled():
        return
    if area.focusPolicy() & Qt.FocusPolicy.TabFocus and area.focusProxy() is None:
        yield area
    if is_field(area):
        return  # the widgets inside it are not tab stops
    children = [each for each in area.children() if isinstance(each, QWidget) and not each.isWindow() and each.isVisible()]
    # The focus ring begins a pixel above its widget and would count as a line of its own.
    children = [each for each in children if not isinstance(each, QFocusFrame)]
    for child in _as_read(children, area):
        yield from stops(child)


def _as_read(widgets: list[QWidget], area: QWidget) -> list[QWidget]:
    """Line by line. A widget belongs to the line of another if its middle is within that widget's height."""
    if len(widgets) < 2:
        return widgets
    left = sorted(((_place(each, area), each) for each in widgets), key=lambda pair: (pair[0].top(), pair[0].left()))
    found: list[QWidget] = []
    while left:
        first = left[0][0]
        line = [pair for pair in left if pair is left[0] or first.top() <= pair[0].center().y() <= first.bottom()]
        line.sort(key=lambda pair: pair[0].left())
        found += [each for _, each in line]
        left = [pair for pair in left if pair not in line]
    return found


def _place(widget: QWidget, area: QWidget) -> QRect:
    return QRect(widget.mapTo(area, QPoint(0, 0)), widget.size())


class FocusOrder:
    """Moves the focus in a window."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._left: dict[QWidget, QWidget] = {}  # area -> the widget that last had the focus there

    def step(self, forward: bool) -> bool:
        """Tab: move to the next stop; False if there is none."""
        shown, focus = areas(self._window), QApplication.focusWidget()
        way = 1 if forward else -1
        here = next((place for place, area in enumerate(shown) if focus is not None and _holds(area, focus)), None)
        target = None
        if here is not None and focus is not None:
            found = [*stops(shown[here])]
            place = _next(found, focus, forward)
            if place is None:
                here = None
            elif 0 <= place < len(found):
                target = found[place]
        if here is None:
            here = -1 if forward else len(shown)
        for step in range(1, len(shown) + 1):  # only as many areas are searched as needed
            if target is None:
                found = [*stops(shown[(here + way * step) % len(shown)])]
                target = found[0 if forward else -1] if found else None
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def step_area(self, forward: bool) -> None:
        """F6: move to the widget that last had the focus in the next area, or to its first stop."""
        shown = [area for area in areas(self._window) if next(stops(area), None) is not None]
        focus = QApplication.focusWidget()
        here = next((area for area in shown if focus is not None and area.isAncestorOf(focus)), None)
        if here is not None and focus is not None:
            self._left[here] = focus
        place = shown.index(here) + (1 if forward else -1) if here in shown else (0 if forward else -1)
        area = shown[place % len(shown)]
        found = [*stops(area)]
        last = self._left.get(area)
        inner = [stop for stop in found if not stop.property(SECOND)] or found
        move_focus(last if last in found else inner[0], Qt.FocusReason.ShortcutFocusReason)


SECOND = "second"
"""The property of a stop that F6 skips if its area has another one: a control that folds a panel."""


def _shares_list(stop: QWidget, focus: QWidget) -> bool:
    """Whether both are in the same list, in which only one row is a tab stop."""
    row, other = focus.parentWidget(), stop.parentWidget()
    return row is not None and other is not None and row.parentWidget() is other.parentWidget()


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)


def _next(found: list[QWidget], focus: QWidget, forward: bool) -> int | None:
    """The index in `found` (or -1 or its length) of the stop after `focus`; None if `focus` does not belong to that order."""
    if focus in found:
        return found.index(focus) + (1 if forward else -1)
    # A widget that Tab does not reach, such as a number in a list: continue from its place.
    inside = [place for place, each in enumerate(found) if _shares_list(each, focus)]
    if inside:
        return inside[-1] + 1 if forward else inside[0]
    return None
