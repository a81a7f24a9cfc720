"""Combines widgets side by side into one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget


def beside(*widgets: QWidget, stretch: bool = False, spacing: int = 8) -> QWidget:
    """`widgets` in a row, `spacing` pixels apart, as one field of a form. stretch: whether the rest stays empty."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return holder


def together(*widgets: QWidget, spacing: int = 4) -> QWidget:
    """The same with minimal size; in a narrow strip they move to the next line together, not only the last one."""
    holder = beside(*widgets, spacing=spacing)
    holder.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return holder
