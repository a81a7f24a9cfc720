"""Shared parts of dialogs: margins, forms, the row of buttons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

Button = QDialogButtonBox.StandardButton


def stacked(dialog: QDialog, *parts: QWidget | QLayout, spacing: int = 16) -> QVBoxLayout:
    """Stack `parts` in `dialog`, with the row of buttons last."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    return column


def empty_form() -> QFormLayout:
    """A form without rows: labels at the left, fields at the right."""
    found = QFormLayout()
    found.setHorizontalSpacing(16)
    found.setVerticalSpacing(8)
    return found


def dim_label(words: str = "") -> QLabel:
    """Explanatory text, fainter than labels."""
    label = QLabel(words)
    label.setProperty("role", "dim")
    return label


def answers(
    dialog: QDialog, answer: str | Button, tip: str, otherwise: str = "Change nothing"
) -> tuple[QDialogButtonBox, QPushButton]:
    """The row of buttons of a question: one that accepts, and Cancel; returns the row and the accepting button.

    answer: its label, or the standard button of Qt with that meaning. tip, otherwise: the tooltips of it and of Cancel. Enter
    accepts once the row is in the dialog and `setDefault(True)` was called.
    """
    buttons = QDialogButtonBox(Button.Cancel)
    buttons.button(Button.Cancel).setToolTip(otherwise)
    if isinstance(answer, str):
        accept = buttons.addButton(answer, QDialogButtonBox.ButtonRole.AcceptRole)
    else:
        accept = buttons.addButton(answer)
    accept.setToolTip(tip)
    accept.setProperty("role", "primary")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, accept


def close_row(dialog: QDialog, *more: QPushButton, tip: str = "") -> QDialogButtonBox:
    """The row of buttons of a page that stays open: `more`, and Close; Enter presses none of them."""
    buttons = QDialogButtonBox(Button.Close)
    for each in more:
        buttons.addButton(each, QDialogButtonBox.ButtonRole.ResetRole)
    buttons.button(Button.Close).setToolTip(tip)
    for each in (buttons.button(Button.Close), *more):
        each.setAutoDefault(False)
    buttons.rejected.connect(dialog.reject)
    return buttons


def question(
    dialog: QDialog, words: str, fields: Mapping[str, QWidget], answer: tuple[str, str], below: QWidget | None = None
) -> QPushButton:
    """Lay out a complete question: `words`, fields by their labels, a widget `below` them, and the buttons.

    Returns the accepting button. answer: its label and its tooltip.
    """
    rows = empty_form()
    for name, field in fields.items():
        field.setAccessibleName(name)
        rows.addRow(name, field)
    if below is not None:
        rows.addRow("", below)
    buttons, accept = answers(dialog, *answer)
    stacked(dialog, dim_label(words), rows, buttons)
    accept.setDefault(True)  # after it is in the dialog; otherwise the first button would be the default
    return accept
