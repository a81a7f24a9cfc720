"""The common base of all panels. A new panel is a file here and a line in app/panels/__init__.py."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from zscape.app.widgets.controls.fields import discard_typed
from zscape.app.widgets.throttle import throttled
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.models.inputs.base import Input
from zscape.models.inputs.value import Value

LEAST = 120
"""The default minimum height of a panel: with this much it is better scrolled than folded."""


class Panel(QWidget):
    """The contents of one dock: shows part of the scene and changes it by session edits. Its controls go into `column`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session = context.session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 0, 16, 8)
        self.column.setSpacing(8)
        self._often = throttled(lambda: self.refresh(), self)
        self.session.scene_changed.connect(self._often.throttle)
        self.session.model_changed.connect(self.refresh)

    @property
    def opened(self) -> QWidget | None:
        """A large widget that the user has opened in it: it is scrolled into view, and the other panels give it space."""
        return None

    @property
    def most(self) -> int | None:
        """The height above which more is not useful: the rest goes to the other panels of its side. None: no limit."""
        return None

    @property
    def least(self) -> int:
        """The height from which it is useful although it scrolls; with less it is better folded. It may need less than that."""
        return LEAST

    def refresh(self) -> None:
        """Update the panel from the scene and the model."""


class InputControl(QWidget):
    """The control for one input of the open model: a panel shows one for each input of its kind."""

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.session, self.target = context, context.session, target
        self.gesture = Gesture(context.session, context.jobs)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    @property
    def value(self) -> Value:
        """The value of the input at the current point."""
        return self.session.point.value(self.target)

    def edit(self, label: str, value: Value, gesture: int | None = None) -> None:
        """Change the value of the input at the current point."""
        self.session.edit_point(label, self.session.point.with_value(self.target.name, value), gesture)

    def refresh(self) -> None:
        """Show the value at the current point."""


class InputPanel(Panel):
    """A panel with a control for each input of one kind in the open model."""

    kind: ClassVar[type[Input]]
    control_type: ClassVar[type[InputControl]]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.controls: list[InputControl] = []
        self._inputs: tuple[Input, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        space = self.session.space
        if space is None:
            return
        wanted = space.every(self.kind)
        if wanted != self._inputs:
            self._build(wanted)
        for control in self.controls:
            if control.target in wanted:
                control.refresh()

    def _build(self, inputs: tuple[Input, ...]) -> None:
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                discard_typed(widget)  # it was meant for the previous model
                widget.hide()
                widget.deleteLater()
        self._inputs, self.controls = inputs, []
        for each in inputs:
            if len(inputs) > 1:
                title = QLabel(each.name)
                title.setProperty("role", "dim")
                self.column.addWidget(title)
            control = self.control_type(self.context, each, self)  # created with its final parent
            self.controls.append(control)
            self.column.addWidget(control, 1)
