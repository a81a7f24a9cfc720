"""Common behaviour of all fields (numbers, choices, sliders, lines of text), also of those that Qt creates.

A field without focus passes wheel events on to its parent. Escape ends a drag, or leaves a field and reverts what was typed; in a
dialog it closes the dialog. A number is dragged sideways, selected by a double click, and leaves letters and undo to the window's
shortcuts. A line of text leaves to them keys that would change nothing in it, and undo if the session keeps what is typed
(`leave_undo`).

Fields of the project call `guard` themselves; `watch` does so for all others when they are first pointed at or focused.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLineEdit,
    QScrollBar,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from zscape.app.widgets.numbers.number_drag import NumberDrag

GUARDED = "guarded"
"""The property of a field that is guarded."""
TYPED = "typed"
"""The property of a number while the user is typing in it; entering it, or leaving the field, ends that."""
KEPT = "kept by the session"
"""The property of a line edit that leaves undo and redo to the window."""
KINDS = (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractSlider)
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def is_field(widget: QWidget) -> bool:
    """Whether `widget` is a field, or the line of text in one."""
    return isinstance(widget, KINDS) and not isinstance(widget, QScrollBar)


def field_of(widget: QWidget | None) -> QWidget | None:
    """The field that `widget` is, or is part of; None if there is none."""
    found: QWidget | None = None
    while widget is not None and not widget.isWindow():
        if is_field(widget):
            found = widget  # a line of text may belong to a number or a choice
        widget = widget.parentWidget()
    return found


def guard(field: QWidget) -> None:
    """Give `field` the common behaviour; further calls have no effect."""
    if not field.property(GUARDED):
        field.setProperty(GUARDED, True)
        if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if isinstance(field, QAbstractSpinBox):
            _Number(field)
        elif isinstance(field, QComboBox):
            _Choice(field)
        elif isinstance(field, QAbstractSlider):
            _Slider(field)
        else:
            _Line(field)


def leave_undo(line: QLineEdit) -> None:
    """Leave undo and redo in `line` to the window: the session keeps each keystroke, and undoing one is an edit too."""
    line.setProperty(KEPT, True)


def discard_typed(parent: QWidget) -> None:
    """Forget what was typed into the numbers in `parent` and not entered yet."""
    box: Any  # mypy does not know that `value` and `setValue` of one box have the same type
    for box in (*parent.findChildren(QSpinBox), *parent.findChildren(QDoubleSpinBox)):
        with QSignalBlocker(box):
            box.setValue(box.value())  # this also shows the number again


_alive: set[QObject] = set()
"""All event filters: without this, those of fields that Qt created would be collected, as only the two refer to each other."""


class _Manners(QObject):
    """The event filter of one field, with the same lifetime."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field: Any = field
        _alive.add(self)
        field.destroyed.connect(partial(_alive.discard, self))
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # By class: asking each of the hundreds of events of a field for its type is slower.
        if isinstance(event, QWheelEvent):
            return self._leaves_wheel(event)
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == QEvent.Type.ShortcutOverride:
                return self._override(event)
            if kind == QEvent.Type.KeyPress:
                return self._leave() if event.key() == Qt.Key.Key_Escape else self._press(event)
        elif isinstance(event, QFocusEvent):
            (self._enter if event.gotFocus() else self._end)(event)
        return False

    def _leaves_wheel(self, event: QEvent) -> bool:
        if self._field.hasFocus():
            return False
        event.ignore()
        return True

    def _override(self, event: QKeyEvent) -> bool:
        """Decide whether the field gets a key that may be a shortcut of the window; returns whether that is decided."""
        return False

    def _press(self, event: QKeyEvent) -> bool:
        return False

    def _enter(self, event: QFocusEvent) -> None:
        """The field gets the focus."""

    def _end(self, event: QFocusEvent) -> None:
        """The field loses the focus."""

    def _take_back(self) -> None:
        """Revert what is not entered yet."""

    def _stop_drag(self) -> bool:
        """End a drag and restore the value; returns False if there is none."""
        return False

    def _leave(self) -> bool:
        if self._stop_drag():
            return True
        if isinstance(self._field.window(), QDialog):
            return False  # Escape closes it, and its fields do not matter then
        self._take_back()
        self._field.clearFocus()
        parent = self._field.parentWidget()
        while parent is not None and not (hasattr(parent, "take_focus_from") and parent.take_focus_from(self._field)):
            parent = parent.parentWidget()
        return True


def _undoes(event: QKeyEvent) -> bool:
    """Whether a key is the shortcut of undo or redo."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def _idle(line: QLineEdit, event: QKeyEvent) -> bool:
    """Whether a key that edits text would change nothing in `line`."""
    keys = QKeySequence.StandardKey
    if event.matches(keys.Undo):
        return not line.isUndoAvailable()
    if event.matches(keys.Redo):
        return not line.isRedoAvailable()
    if event.matches(keys.Copy) or event.matches(keys.Cut):
        return not line.hasSelectedText()
    return event.matches(keys.Paste) and not QGuiApplication.clipboard().text()


class _Line(_Manners):
    """A line of text."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._before: str = self._field.text()

    def _leaves_wheel(self, event: QEvent) -> bool:
        return False  # it ignores the key

    def _override(self, event: QKeyEvent) -> bool:
        """Keys that would change nothing here go to the window: undo if nothing was typed, copy if nothing is selected."""
        theirs = _idle(self._field, event) or (self._field.property(KEPT) and _undoes(event))
        if theirs:
            event.ignore()
        return bool(theirs)

    def _enter(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._before = self._field.text()

    def _take_back(self) -> None:
        if self._field.text() != self._before:
            self._field.selectAll()
            self._field.insert(self._before)  # like typing, so that listeners are notified


class _Choice(_Manners):
    """A combo box: letters find an entry."""

    def _override(self, event: QKeyEvent) -> bool:
        wanted = event.text().isprintable() and event.text() != "" and not event.modifiers() & COMMANDS
        if wanted:
            event.accept()
        return wanted


class _Slider(_Manners):
    """A slider; Escape during a drag restores its value."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._before: int | None = None
        self._field.sliderPressed.connect(self._note)
        self._field.sliderReleased.connect(self._forget)

    def _note(self) -> None:
        self._before = self._field.value()

    def _forget(self) -> None:
        self._before = None

    def _stop_drag(self) -> bool:
        before = self._before
        if before is not None:
            self._field.setSliderPosition(before)
            self._field.setSliderDown(False)
        return before is not None


class _Number(_Manners):
    """A number in a spin box."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._before: Any = None
        self._drag = NumberDrag(self._field)

    @property
    def _typed(self) -> Any:
        """The number before the user typed, None if the user is not typing."""
        return self._before

    @_typed.setter
    def _typed(self, before: Any) -> None:
        changes, self._before = (before is None) != (self._before is None), before
        if changes and isValid(self._field):  # a widget that is being destroyed also loses the focus
            self._field.setProperty(TYPED, before is not None)

    def _override(self, event: QKeyEvent) -> bool:
        letter = event.text().isalpha() and not event.modifiers() & COMMANDS
        if letter:
            self._field.interpretText()  # the shortcut acts on the text that is shown
            self._typed = None
        theirs = letter or _undoes(event) or _idle(self._field.lineEdit(), event)
        if theirs:
            event.ignore()
        return theirs  # the user wants to undo the last change, not the last keystroke

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._typed = None  # this enters the number
        elif (event.text().isprintable() and event.text()) or event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            if self._typed is None and hasattr(self._field, "value"):
                self._typed = self._field.value()
            self._drag.edits(True)
        return False

    def _end(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._typed = None
            self._drag.edits(False)

    def _take_back(self) -> None:
        before, self._typed = self._typed, None
        if before is not None:
            self._field.setValue(before)

    def _stop_drag(self) -> bool:
        return self._drag.take_back()
