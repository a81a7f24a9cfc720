"""The About dialog: version, libraries and system, licence."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zscape.resources import FOLDER

SIDE = 64
"""The side of the icon, in pixels."""
WORDS = "Explore the latent space of models that draw digits, letters, clothes, faces, or what you train them on."
LICENCE = "Free software under the MIT licence. What a model may be used for stands in the Model panel."


def about(window: QWidget) -> QDialog:
    """Create the dialog, not yet shown."""
    dialog = QDialog(window)
    dialog.setWindowTitle("About Zscape")
    icon = QLabel()
    icon.setPixmap(QIcon(str(FOLDER / "icons" / "zscape.svg")).pixmap(QSize(SIDE, SIDE), dialog.devicePixelRatioF()))
    icon.setFixedSize(SIDE, SIDE)
    icon.setAccessibleName("Zscape's icon")
    lines = QVBoxLayout()
    lines.setSpacing(8)
    for words, role in ((f"Zscape {_version('zscape')}", "large"), (WORDS, ""), (runs_on(), "dim"), (LICENCE, "dim")):
        line = QLabel(words)
        line.setProperty("role", role)
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines.addWidget(line)
    lines.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(24)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(lines, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    column.addLayout(row, 1)
    column.addWidget(buttons)
    dialog.setFixedWidth(480)
    dialog.resize(480, dialog.heightForWidth(480))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def runs_on() -> str:
    """The versions that a bug report should include."""
    return f"Python {platform.python_version()}, PyTorch {_version('torch')}, Qt {_version('PySide6-Essentials')}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"
