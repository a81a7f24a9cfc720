"""The menus of a timeline key and the leg after it, and of the ruler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from zscape.app.widgets.greyed import grey
from zscape.app.window.timeline.dialogs.animate_dialog import EASINGS, WAYS
from zscape.models.timeline.edits import with_part
from zscape.models.timeline.stops import Stop, easing_after, hold_stop, set_leg, stops, way_after

if TYPE_CHECKING:
    from zscape.app.window.timeline.dialogs.easing_dialog import EasingDialog
    from zscape.app.window.timeline.editing import Editing
    from zscape.models.timeline.easing import Easing
    from zscape.models.timeline.timeline import KeyWay, Timeline

EVEN_TIP = "Play so that the picture changes by the same amount in every frame; it is measured"
HOLDS = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0)
"""The offered hold times, in seconds."""


@dataclass(frozen=True)
class KeyActions:
    """The panel's actions on one key."""

    open: Callable[[], object]
    replace: Callable[[], object]
    duplicate: Callable[[], object]
    delete: Callable[[], object]


def key_menu(parent: QWidget, editing: Editing, stop: Stop, actions: KeyActions) -> QMenu:
    """The menu of the key `stop`."""
    timeline = editing.timeline
    assert timeline is not None
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    _add(menu, "Go to this point", "Make it the current point (Enter)", actions.open)
    _add(menu, "Replace with the current point", "The key stays where it is", actions.replace)
    _add(menu, "Duplicate", "A copy, half-way to the next key or after the last (Ctrl+D)", actions.duplicate)
    menu.addSeparator()
    held = {f"{seconds:g} s" if seconds else "None": seconds for seconds in HOLDS}
    choices(
        menu.addMenu("Hold"),
        {name: abs(seconds - stop.hold) < 1e-6 for name, seconds in held.items()},
        lambda name: editing.edit("hold a key", lambda line: hold_stop(line, stop, held[name])),
    )
    if stop != stops(timeline)[-1]:
        _add_leg(menu, parent, editing, stop)
    menu.addSeparator()
    _add(menu, "Delete", "Remove it from the timeline (Delete)", actions.delete)
    return menu


def ruler_menu(parent: QWidget, editing: Editing, time: float, toggle_even: Callable[[], object]) -> QMenu:
    """The menu of the ruler at `time`: the part that is played and exported."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    _add(menu, "In point here", "Play and export from here on (I)",
         lambda: editing.edit("set the in point", lambda line: with_part(line, begin=time)))  # fmt: skip
    _add(menu, "Out point here", "Play and export up to here (O)",
         lambda: editing.edit("set the out point", lambda line: with_part(line, end=time)))  # fmt: skip
    whole = _add(menu, "Play all", "Clear the in and out points",
                 lambda: editing.edit("play all", lambda line: replace(line, part=None)))  # fmt: skip
    there = editing.timeline is not None and editing.timeline.part is not None
    grey(whole, "" if there else "All of it is played already")
    menu.addSeparator()
    even = _add(menu, "Even change", EVEN_TIP, toggle_even)
    even.setCheckable(True)
    even.setChecked(editing.timeline is not None and editing.timeline.even)
    return menu


def _add_leg(menu: QMenu, parent: QWidget, editing: Editing, stop: Stop) -> None:
    timeline = editing.timeline
    assert timeline is not None
    easing, way = easing_after(timeline, stop), way_after(timeline, stop)
    easings = menu.addMenu("Easing to the next key")
    choices(
        easings,
        {name: each == easing for name, each in EASINGS.items()},
        lambda name: editing.edit("change the easing", lambda line: set_leg(line, stop, easing=EASINGS[name])),
    )
    easings.addSeparator()
    _add(easings, "Curve…", "Shape it by hand", lambda: shape(editing, parent, stop))
    choices(
        menu.addMenu("Way to the next key"),
        {name: each == way for name, each in WAYS.items()},
        lambda name: editing.edit("change the way", lambda line: _with_way(line, stop, WAYS[name])),
    )


def shape(editing: Editing, parent: QWidget, stop: Stop) -> EasingDialog | None:
    """Show the easing of the leg after `stop` as a curve that can be edited."""
    from zscape.app.window.timeline.dialogs.easing_dialog import EasingDialog

    if editing.timeline is None:
        return None

    def change(easing: Easing, gesture: int) -> None:
        editing.edit("change the easing", lambda line: set_leg(line, stop, easing=easing), gesture)

    dialog = EasingDialog(parent.window(), editing.context, easing_after(editing.timeline, stop), change)
    dialog.open()
    return dialog


def _with_way(timeline: Timeline, stop: Stop, way: KeyWay) -> Timeline:
    """Set the interpolation. For a spline, replace an easing that slows down at each key: it would stop there anyway."""
    even = way == "spline" and easing_after(timeline, stop) == "smooth"
    return set_leg(timeline, stop, easing="linear" if even else None, way=way)


def _add(menu: QMenu, words: str, tip: str, run: Callable[[], object]) -> QAction:
    action = menu.addAction(words)
    action.setToolTip(tip)
    action.triggered.connect(lambda: run())
    return action


def choices(menu: QMenu, offered: dict[str, bool], choose: Callable[[str], object]) -> None:
    """Add mutually exclusive entries to `menu`; the current one is checked."""
    group = QActionGroup(menu)
    for name, holds in offered.items():
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(holds)
        group.addAction(action)
        action.triggered.connect(lambda _, name=name: choose(name))
