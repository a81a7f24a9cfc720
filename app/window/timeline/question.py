"""A small dialog that asks before something is put on the timeline."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget


def fill(
    dialog: QDialog, words: str, controls: Mapping[str, QWidget], answer: tuple[str, str], below: QWidget | None = None
) -> QPushButton:
    """Lay out `words`, controls by their names, a widget `below` them, and buttons; the one that accepts is returned.

    answer: its label and its tip.
    """
    said = QLabel(words)
    said.setProperty("role", "dim")
    form = QFormLayout()
    form.setVerticalSpacing(8)
    form.setHorizontalSpacing(16)
    for name, control in controls.items():
        control.setAccessibleName(name)
        form.addRow(name, control)
    if below is not None:
        form.addRow("", below)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setToolTip("Change nothing")
    accept = buttons.addButton(answer[0], QDialogButtonBox.ButtonRole.AcceptRole)
    accept.setToolTip(answer[1])
    accept.setProperty("role", "primary")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    column.addWidget(said)
    column.addLayout(form)
    column.addWidget(buttons)
    accept.setDefault(True)  # once it is in the dialog: else the first button there is
    return accept
