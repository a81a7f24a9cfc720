"""The choice of the likeness between pictures."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from zscape.app.views.map.state import Likeness

LIKENESSES: dict[Likeness, tuple[str, str]] = {
    "pixels": ("pixels", "Similar pixel by pixel"),
    "latent": ("latent", "Similar in their latents: the same style, whatever the class"),
    "features": ("features", "Similar for a reference classifier, which sees shapes rather than pixels"),
    "discriminator": (
        "discriminator",
        "Similar for the model's discriminator: in the features by which it tells real from drawn",
    ),
}


class LikenessBox(QComboBox):
    """The likenesses; those that the open model does not support are disabled, with the reason as a tooltip."""

    def __init__(self, tip: str, name: str) -> None:
        super().__init__()
        for likeness, (text, about) in LIKENESSES.items():
            self.addItem(text, likeness)
            self.setItemData(self.count() - 1, about, Qt.ItemDataRole.ToolTipRole)
        self.setToolTip(tip)
        self.setAccessibleName(name)

    def show_lacking(self, lines: Mapping[Likeness, str]) -> None:
        """lines: why pictures cannot be compared by a likeness, "" if they can."""
        items = self.model()
        assert isinstance(items, QStandardItemModel)
        for place, (likeness, (_, about)) in enumerate(LIKENESSES.items()):
            line, item = lines.get(likeness, ""), items.item(place)
            if item.isEnabled() != (not line) or item.toolTip() != (line or about):
                item.setEnabled(not line)
                item.setToolTip(line or about)
