"""Which keys can be shortcuts, and remarks about them."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from zscape.app.window.commands.actions import MENUS, said

NEEDED = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Insert,
)
"""Keys that fields and lists need without Ctrl or Alt: as a shortcut they would never arrive, or be taken from the field."""
EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.SelectNextWord,
    QKeySequence.StandardKey.SelectPreviousWord,
    QKeySequence.StandardKey.MoveToStartOfDocument,
    QKeySequence.StandardKey.MoveToEndOfDocument,
    QKeySequence.StandardKey.DeleteCompleteLine,
)
"""The actions of text editing."""
OF_CONTROLS = {
    "C": "On a sheet it copied the tile",
    "I": "On the timeline it set the in point",
    "O": "On the timeline it set the out point",
    "Ctrl+D": "On the timeline it duplicated a key",
    "Ctrl+Left": "On the shelf and the timeline it moved what is chosen",
    "Ctrl+Right": "On the shelf and the timeline it moved what is chosen",
}
"""Keys of single controls, which a shortcut would override."""


def first(keys: QKeySequence) -> QKeyCombination:
    """The first key of a sequence that is not empty."""
    found: QKeyCombination = keys[0]  # type: ignore[index]  # missing in Qt's stubs
    return found


def refusal(keys: QKeySequence) -> str:
    """Why `keys` cannot be a shortcut, "" if they can."""
    if keys.isEmpty():
        return "Press the keys that you want."
    pressed = first(keys)
    held = pressed.keyboardModifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if held == Qt.KeyboardModifier.NoModifier and (pressed.key() in NEEDED or _writes(pressed.key())):
        return f"{said(keys)} is needed in fields and lists: hold Ctrl or Alt with it, or choose a letter or an F key."
    if held == Qt.KeyboardModifier.AltModifier and said(keys)[-1] in {menu[0] for menu in MENUS}:
        return f"{said(keys)} opens a menu of the window: choose another key."
    return ""


def _writes(key: Qt.Key) -> bool:
    """Whether `key` types part of a number, or something other than a letter."""
    return Qt.Key.Key_Space <= key < Qt.Key.Key_A or Qt.Key.Key_Z < key < Qt.Key.Key_Escape


def remark(keys: QKeySequence) -> str:
    """What the user should know before choosing `keys`, "" if there is nothing."""
    words = []
    if told := OF_CONTROLS.get(keys.toString(QKeySequence.SequenceFormat.PortableText)):
        words.append(f"{told}; there it does this now.")
    if any(keys in QKeySequence.keyBindings(each) for each in EDITING):
        words.append("While a text field has the keyboard, it edits the text.")
    elif not first(keys).keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier and first(keys).key() < Qt.Key.Key_Escape:
        words.append("While a text field has the keyboard, it writes a letter.")
    return " ".join(words)
