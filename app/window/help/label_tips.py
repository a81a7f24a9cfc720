"""Tooltips of labels: a label without one shows that of the control beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLabel, QLayout, QToolTip, QWidget


def show_tip(window: QWidget, event: QHelpEvent) -> bool:
    """Show the tooltip of the label of `window` at the position of `event`; False if there is none.

    A tooltip event that no widget handles arrives at the window itself.
    """
    label = window.childAt(event.pos())
    if event.type() == QEvent.Type.ToolTip and isinstance(label, QLabel) and (tip := tip_of(label)):
        QToolTip.showText(event.globalPos(), tip, label)
        return True
    return False


def tip_of(label: QLabel) -> str:
    """The label's own tooltip, or that of the control after it in its layout; "" if there is none."""
    if label.toolTip():
        return label.toolTip()
    if (buddy := label.buddy()) is not None:
        return _of(buddy)
    parent = label.parentWidget()
    layout = parent.layout() if parent is not None else None
    return _after(label, layout) if layout is not None else ""


def _after(label: QLabel, layout: QLayout) -> str:
    """The tooltip of what follows `label` in `layout` or in a nested layout."""
    items = [item for index in range(layout.count()) if (item := layout.itemAt(index)) is not None]
    places = [index for index, item in enumerate(items) if item.widget() is label]
    if not places:
        inner = (item.layout() for item in items)
        return next((tip for each in inner if each is not None and (tip := _after(label, each))), "")
    for item in items[places[0] + 1 :]:
        widget, layout_there = item.widget(), item.layout()
        if isinstance(widget, QLabel) and not widget.toolTip():
            return ""  # another label follows
        if widget is not None:
            return _of(widget)
        if layout_there is not None and (tip := _first(layout_there)):
            return tip
    return ""


def _of(control: QWidget) -> str:
    """The tooltip of a control, or the first in it."""
    return next((tip for each in (control, *control.findChildren(QWidget)) if (tip := each.toolTip())), "")


def _first(layout: QLayout) -> str:
    """The first tooltip in a layout."""
    items = (layout.itemAt(index) for index in range(layout.count()))
    widgets = (item.widget() for item in items if item is not None)
    return next((widget.toolTip() for widget in widgets if widget is not None and widget.toolTip()), "")
