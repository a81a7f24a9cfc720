"""Asking for a name, a line of words or a number."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QLabel, QPushButton, QSpinBox, QWidget

from zscape.app.widgets.numbers.number_box import inset

WIDTH = 360


def ask_words(parent: QWidget, title: str, question: str, answer: str, before: str = "") -> str | None:
    """Ask for a line of words; None where a person wants none. answer: what the button says that gives it.

    before: what stands in the field at first.
    """
    dialog = QInputDialog(parent)
    dialog.setTextValue(before)
    return dialog.textValue() if _ask(dialog, title, question, answer) else None


def ask_number(parent: QWidget, title: str, question: str, answer: str, now: int, ends: tuple[int, int], step: int) -> int | None:
    """Ask for a whole number from one of `ends` to the other, as `ask_words`. now: what stands there at first."""
    dialog = QInputDialog(parent)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(*ends)
    dialog.setIntStep(step)
    dialog.setIntValue(now)
    return dialog.intValue() if _ask(dialog, title, question, answer) else None


def _ask(dialog: QInputDialog, title: str, question: str, answer: str) -> bool:
    """Show `dialog` as all dialogs of the window are, and whether a person has given the answer."""
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(answer)
    layout, label, buttons = dialog.layout(), dialog.findChild(QLabel), dialog.findChild(QDialogButtonBox)
    assert layout is not None
    assert isinstance(label, QLabel)
    assert isinstance(buttons, QDialogButtonBox)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(8)
    label.setMinimumWidth(WIDTH - 48)  # the layout keeps the dialog as small as it can be
    for number in dialog.findChildren(QSpinBox):
        inset(number)
    buttons.setContentsMargins(0, 8, 0, 0)
    first = buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert isinstance(first, QPushButton)
    first.setProperty("role", "primary")
    first.style().polish(first)  # it has its looks already
    try:
        return dialog.exec() == QInputDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
