"""A bar of drawing tools and colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QColorDialog, QHBoxLayout, QPushButton, QToolButton, QWidget

from zscape.app.widgets.controls.one_stop import OneStop
from zscape.app.widgets.drawing.draw_pad import ERASER, FILL, PEN
from zscape.app.widgets.strip import Strip, named
from zscape.app.widgets.theme import set_icon

SIDE = 22
"""The side of a colour swatch."""
TOOLS = {
    PEN: ("pencil-outline", "Pen", "Draw with the chosen colour"),
    FILL: ("format-color-fill", "Fill", "Fill an area of one colour with the chosen colour"),
    ERASER: ("eraser", "Eraser", "Draw with the background's colour; so does the right button with every tool"),
}


class Swatch(QAbstractButton):
    """A colour that can be chosen."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self.colour = colour
        self.setCheckable(True)
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Colour {colour.name()}")
        self.setToolTip(f"Draw with {colour.name()}")

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        place = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.color(role.PlaceholderText), 1))
            painter.setBrush(self.colour)
            painter.drawRoundedRect(place, 3, 3)
            if self.isChecked():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.color(role.Highlight), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)


class ColourBar(Strip):
    """tools: name -> (icon, words, tip); those in `colourless` use no colour. named: whether their words are beside the icons.

    tool_chosen(name): a tool was chosen. colour_chosen(QColor): draw with it. ground_asked(QColor): use it for the paper, if
    `ground`.
    """

    tool_chosen = Signal(str)
    colour_chosen = Signal(QColor)
    ground_asked = Signal(QColor)

    def __init__(
        self,
        parent: QWidget | None = None,
        tools: Mapping[str, tuple[str, str, str]] = TOOLS,
        colourless: Sequence[str] = (ERASER,),
        named: bool = False,
        ground: bool = True,
    ) -> None:
        super().__init__(parent)
        self.chosen = QColor(Qt.GlobalColor.black)
        self._first, self._colourless = next(iter(tools)), tuple(colourless)
        self.tools: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, (icon, words, tip) in tools.items():
            tool = self.tools[name] = QToolButton()
            set_icon(tool, icon)
            if named:
                tool.setText(words)
                tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                tool.setProperty("role", "framed")
            tool.setCheckable(True)
            tool.setToolTip(tip)
            tool.setAccessibleName(words)
            tool.clicked.connect(lambda _=False, name=name: self.tool_chosen.emit(name))
            group.addButton(tool)
            self.add(tool)
        self.tools[self._first].setChecked(True)
        self.add_gap()
        self._holder = QWidget()
        self._colours = QHBoxLayout(self._holder)
        self._colours.setContentsMargins(0, 0, 0, 0)
        self._colours.setSpacing(0)  # a swatch has space around its colour
        self.swatches: list[Swatch] = []
        self.other = QToolButton()
        set_icon(self.other, "palette-outline")
        self.other.setToolTip("Choose any other colour")
        self.other.setAccessibleName("Other colour")
        self.other.clicked.connect(self._ask)
        self._group = self.add_together(self._holder, self.other)
        self.ground = QPushButton("Background")
        self.ground.setToolTip("Give the paper the chosen colour; what is drawn stays")
        self.ground.clicked.connect(lambda: self.ground_asked.emit(self.chosen))
        if ground:
            self.add(self.ground)
            self.add_stretch()

    def add_to_colours(self, control: QWidget, label: str) -> None:
        """Append `control`, with its label, to the colours: they wrap to another line together."""
        group = self._group.layout()
        assert isinstance(group, QHBoxLayout)
        group.addSpacing(8)
        group.addWidget(named(control, label))

    def show_colours(self, colours: Sequence[QColor], chosen: QColor) -> None:
        """Show the swatches `colours`; `chosen` may be one of them."""
        for swatch in self.swatches:
            self._colours.removeWidget(swatch)
            swatch.deleteLater()
        self.swatches = []
        for colour in colours:
            self._add_swatch(colour)
        self._stop = OneStop(self.swatches, self._holder)
        self.choose(chosen)

    def choose(self, colour: QColor) -> None:
        """Draw with `colour`; if it is not among the others, it is added."""
        self.chosen = QColor(colour)
        if all(swatch.colour != colour for swatch in self.swatches):
            self._add_swatch(self.chosen)
            self._stop = OneStop(self.swatches, self._holder)
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == colour)
        self.colour_chosen.emit(self.chosen)

    def choose_tool(self, name: str) -> None:
        """Show `name` as the current tool."""
        self.tools[name].setChecked(True)

    def _add_swatch(self, colour: QColor) -> None:
        swatch = Swatch(QColor(colour))
        swatch.clicked.connect(lambda _=False, swatch=swatch: self._click(swatch))
        self.swatches.append(swatch)
        self._colours.addWidget(swatch)

    def _click(self, swatch: Swatch) -> None:
        self.choose(swatch.colour)
        if any(self.tools[name].isChecked() for name in self._colourless):
            self.choose_tool(self._first)
            self.tool_chosen.emit(self._first)

    def _ask(self) -> None:
        colour = QColorDialog.getColor(self.chosen, self, "Draw with")
        if colour.isValid():
            self.choose(colour)
