"""The selected data before training: pictures and counts of each class, and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from zscape.app.widgets.classes.class_rows import ClassRow, ClassRows
from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.widgets.pictures.pixels import image_of

if TYPE_CHECKING:
    from zscape.models.data.overview import Overview

LEAST = 192
"""The minimum width in pixels."""
HINT = "Your own pictures: drop a folder of them here, best with one sub-folder for each class, or choose it under Data."
LOOKING = "Looking at the pictures\u2026"
NOTHING = "All of it is used as it is."


class DataPage(QWidget):
    """`heading` names the data, `facts` says what it contains, `advice` how it will be processed; `rows` shows the classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST)
        self.heading, self.facts, self.advice, self.hint = QLabel(), QLabel(), QLabel(), QLabel(HINT)
        self.heading.setProperty("role", "large")
        self.facts.setProperty("role", "dim")
        self.hint.setProperty("role", "small")
        for label in (self.heading, self.facts, self.advice, self.hint):
            label.setWordWrap(True)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.advice.setAccessibleName("What will be done with the data")
        self.rows = ClassRows()
        below = QWidget()  # long advice and many classes scroll together
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.advice)
        inner.addWidget(self.rows)
        inner.addStretch(1)
        self.area = _Wrapping(below)
        self.area.setAccessibleName("What the data holds")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.facts)
        column.addWidget(self.area, 1)
        column.addWidget(self.hint)

    def show_looking(self, name: str, words: str = LOOKING) -> None:
        """Show that the data called `name` is being read; `words` may say instead why it cannot be."""
        self.heading.setText(name)
        self.facts.setText(words)
        self.advice.clear()
        self.rows.show_rows(())

    def show_overview(self, data: Overview) -> None:
        """Show what the data contains."""
        pictures: dict[int, list[object]] = {label: [] for label in range(len(data.class_names))}
        sample = data.sample
        for image, label in zip(sample.images, sample.labels.tolist(), strict=True):
            pictures[label].append(image_of(image[None], 1))
        classes = zip(data.class_names, data.counts, pictures.values(), strict=True)
        self.rows.show_rows([ClassRow(name, count, images) for name, count, images in classes])  # type: ignore[arg-type]
        self.heading.setText(data.name)
        self.facts.setText(facts(data))

    def show_advice(self, sentences: Sequence[str]) -> None:
        """Show how the data will be processed for training; without sentences, in the usual way."""
        points = [f"\N{BULLET} {sentence}" for sentence in sentences] if len(sentences) > 1 else sentences
        self.advice.setText("\n".join(points) or NOTHING)


class _Wrapping(TallScroll):
    """Text that wraps into lines, and what is below it."""

    def _least(self, width: int) -> int:
        content = self.widget()
        layout = content.layout() if content is not None else None
        return layout.totalMinimumHeightForWidth(width) if layout is not None else 0


def facts(data: Overview) -> str:
    """The number and kind of pictures."""
    count, classes = len(data), len(data.class_names)
    height, width = data.image_shape[1:]
    sizes = f"{width} × {height}"
    if data.resized is not None:
        small, large = data.resized.smallest, data.resized.largest
        sizes = f"{small[1]} × {small[0]}" + (f" to {large[1]} × {large[0]}" if small != large else "")
    of = f"{classes:,} classes" if classes > 1 else "one class"
    return f"{count:,} pictures, {of}, {sizes}, {'in colour' if data.colourful else 'grey'}"
