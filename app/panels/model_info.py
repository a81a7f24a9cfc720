"""The model panel: what the open model is, what it was trained on, how good it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from app.panels.base import Panel
from app.studio import Studio


class ModelPanel(Panel):
    """The open model's spec in words."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self.area, 1)
        self._shown: object = None
        self._fill({"Name": "loading"})
        self.refresh()

    def refresh(self) -> None:
        model = self.session.model
        if model is None or model is self._shown:
            return
        self._shown = model
        spec = model.spec
        channels, height, width = spec.image_shape
        facts = {
            "Name": spec.name,
            "Family": spec.family,
            "Trained on": spec.data,
            "Steps": f"{spec.step:,}" if spec.step else "",
            "Images seen": f"{spec.images:,}" if spec.images else "",
            "Pictures": f"{width} × {height}, {'grey' if channels == 1 else 'colour'}",
            "Latent": f"{spec.z_size} numbers",
            "Classes": str(len(spec.class_names)),
            "Encoder": "yes" if model.encoder is not None else "none yet",
            **{name.replace("_", " "): f"{value:.4g}" for name, value in spec.measures.items()},
            "Licence": spec.licence,
        }
        notes = {name.replace("_", " "): note for name, note in spec.notes.items()}
        self._fill({name: text for name, text in facts.items() if text}, notes)

    def _fill(self, facts: dict[str, str], notes: dict[str, str] | None = None) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)  # each half of the width, however long a measure's name is
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(facts.items()):
            value = QLabel(text)
            value.setWordWrap(True)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setMinimumWidth(1)  # words may break the line, but no word makes the column wider
            value.setToolTip((notes or {}).get(name, ""))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = QLabel(name)
            label.setProperty("role", "dim")
            label.setWordWrap(True)
            label.setMinimumWidth(1)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        grid.setRowStretch(len(facts), 1)
        self.area.setWidget(holder)
