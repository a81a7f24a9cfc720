"""Dialogs that ask for a name, a line of text or a number."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QLabel, QPushButton, QSpinBox, QWidget

from zscape.app.widgets.numbers.number_box import inset

WIDTH = 360


def ask_words(parent: QWidget, title: str, question: str, answer: str, before: str = "") -> str | None:
    """Ask for a line of text; None if cancelled. answer: the label of the button that accepts.

    before: the initial text of the field.
    """
    dialog = QInputDialog(parent)
    dialog.setTextValue(before)
    return dialog.textValue() if _ask(dialog, title, question, answer) else None


def ask_number(parent: QWidget, title: str, question: str, answer: str, now: int, ends: tuple[int, int], step: int) -> int | None:
    """Ask for a whole number between the `ends`, as `ask_words` does. now: the initial value."""
    dialog = QInputDialog(parent)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(*ends)
    dialog.setIntStep(step)
    dialog.setIntValue(now)
    return dialog.intValue() if _ask(dialog, title, question, answer) else None


def _ask(dialog: QInputDialog, title: str, question: str, answer: str) -> bool:
    """Show `dialog` in the style of the window; returns whether it was accepted."""
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(answer)
    layout, label, buttons = dialog.layout(), dialog.findChild(QLabel), dialog.findChild(QDialogButtonBox)
    assert layout is not None
    assert isinstance(label, QLabel)
    assert isinstance(buttons, QDialogButtonBox)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(8)
    label.setMinimumWidth(WIDTH - 48)  # the layout keeps the dialog as small as possible
    for number in dialog.findChildren(QSpinBox):
        inset(number)
    buttons.setContentsMargins(0, 8, 0, 0)
    first = buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert isinstance(first, QPushButton)
    first.setProperty("role", "primary")
    first.style().polish(first)  # its style was applied before
    try:
        return dialog.exec() == QInputDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
