"""One row of a list of numbers: a name, a slider and a spin box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QEnterEvent, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStyle, QStyleOptionSlider, QWidget

from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.throttle import throttled

STEPS = 100
"""Slider steps for 1.0 of its number."""
HEIGHT = 28


class Name(QLabel):
    """A label with signals for clicks."""

    pressed = Signal()
    double_clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class _Calm(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]  # a QObject has one base class of Qt
    """A mixin for slider and spin box: the event filter is installed only when the mouse or the focus arrives.

    There are many rows, most of which are never used. A filter installed at once would be called for each of the dozens of events
    that show a widget.
    """

    focused: SignalInstance

    def enterEvent(self, event: QEnterEvent) -> None:
        guard(self)
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        guard(self)
        self.focused.emit()
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmSlider(_Calm, QSlider):
    """A slider with a double-click signal. focused(): it got the focus."""

    double_clicked = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # An opaque widget; otherwise everything behind it would be repainted at every move of a drag.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws what the style sheet would, ten times as fast, because it is repainted at every move of a drag."""
        role, palette = QPalette.ColorRole, self.palette()
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self)
        middle = QRectF(self.rect()).center().y()
        line, dot = palette.color(role.Midlight), palette.color(role.PlaceholderText)
        if not self.isEnabled():
            dot = line
        elif self.hasFocus() or self.underMouse():
            dot = palette.color(role.Highlight)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), palette.color(role.Window))
            painter.fillRect(QRectF(0, middle - 1, self.width(), 2), line)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dot)
            painter.drawEllipse(QPointF(handle.center().x() + 0.5, middle), 5, 5)


class CalmSpinBox(_Calm, DecimalBox):
    """A spin box without arrows and, unless the mouse is over it, without a frame. focused(): it got the focus."""

    sliderPressed = Signal()  # noqa: N815  as in Qt
    sliderReleased = Signal()  # noqa: N815
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("quiet", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class NumberRow(QWidget):
    """valueChanged(float): the user has changed it. reset_asked(): a double click on the slider or the name.

    The slider covers `slider_range`, the spin box `spin_range`, which may be wider. The names are Qt's, for app.work.bind.
    """

    valueChanged = Signal(float)  # noqa: N815  as in Qt
    sliderPressed = Signal()  # noqa: N815
    sliderReleased = Signal()  # noqa: N815
    reset_asked = Signal()

    def __init__(
        self,
        slider_range: tuple[float, float],
        spin_range: tuple[float, float] | None = None,
        label_width: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.label, self.slider, self.spin = Name(self), CalmSlider(self), CalmSpinBox(self)
        self.label.setFixedWidth(label_width)
        self.slider.setRange(*(round(end * STEPS) for end in slider_range))
        self.slider.setSingleStep(STEPS // 20)  # the same step as the spin box
        self.slider.setPageStep(STEPS // 2)
        self.spin.setRange(*(spin_range or slider_range))
        self.spin.setDecimals(2)
        self.spin.setSingleStep(0.05)
        self.spin.setFixedWidth(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        self.label.pressed.connect(self._take_focus)
        self.label.double_clicked.connect(self.reset_asked)
        self._follow = throttled(self._show_slider, self)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self.sliderPressed)
        self.slider.sliderReleased.connect(self.sliderReleased)
        self.slider.double_clicked.connect(self.reset_asked)
        self.spin.valueChanged.connect(self._moved)
        self.spin.sliderPressed.connect(self.sliderPressed)
        self.spin.sliderReleased.connect(self.sliderReleased)

    def value(self) -> float:
        """The number it shows."""
        return self.spin.value()

    def setValue(self, value: float) -> None:
        """Show `value` without emitting a signal."""
        if abs(value - self.spin.value()) < 0.5 / STEPS and self.slider.value() == self._place(value):
            return
        with QSignalBlocker(self.spin), QSignalBlocker(self.slider):
            self.spin.setValue(value)
            self.slider.setValue(self._place(value))

    def finish(self) -> None:
        """Enter what was typed, and give up the keyboard focus."""
        self.spin.interpretText()
        for part in (self.slider, self.spin):
            if part.hasFocus():
                part.clearFocus()

    def _place(self, value: float) -> int:
        """The slider position for `value`."""
        return min(max(round(value * STEPS), self.slider.minimum()), self.slider.maximum())

    def describe(self, label: str, name: str, tip: str) -> None:
        """label: beside the slider. name: for screen readers. tip: its effect on the picture."""
        self.label.setText(label)
        self.setToolTip(tip)
        for control, kind in ((self.slider, "slider"), (self.spin, "value")):
            control.setAccessibleName(f"{name} {kind}")

    def setToolTip(self, tip: str) -> None:
        """Set it on the label, the slider and the spin box too, because they cover the row."""
        super().setToolTip(tip)
        for part in (self.label, self.slider, self.spin):
            part.setToolTip(tip)

    def mark(self, changed: bool) -> None:
        """Show whether the number was set by hand."""
        font = self.label.font()
        if font.bold() != changed:
            font.setBold(changed)
            self.label.setFont(font)

    def _take_focus(self) -> None:
        self.slider.setFocus(Qt.FocusReason.MouseFocusReason)

    def _slid(self, place: int) -> None:
        self._follow.throttle()
        self.valueChanged.emit(place / STEPS)

    def _show_slider(self) -> None:
        """Update the spin box from the slider."""
        with QSignalBlocker(self.spin):
            self.spin.setValue(self.slider.value() / STEPS)

    def _moved(self, value: float) -> None:
        self.setValue(value)
        self.valueChanged.emit(value)
