"""The size of an export: a whole-number scale, or a typed size in pixels and how the picture is fitted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QFormLayout, QLineEdit, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import dim_label
from zscape.app.widgets.layouts.beside import beside
from zscape.app.widgets.numbers.number_box import whole_box
from zscape.app.work.exporting.export import proposed_scale
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.media.film.fitting import Fitting

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
BY_SCALE, IN_PIXELS = "By scale", "In pixels"
FITS: dict[str, Literal["pad", "fill", "stretch"]] = {"Pad": "pad", "Fill": "fill", "Stretch": "stretch"}
EDGES = {"Pixel by pixel": False, "Smoothly": True}
SIZE, FIT, SMOOTH, COLOUR, EXACT = "export_size", "export_fit", "export_smooth", "export_ground", "export_exact"
"""The settings remembered for the next export."""


class SizeChoice(QObject):
    """The form rows for the size. changed(): a choice has changed.

    size: width and height of the sheet in picture pixels. ground: its background, proposed as the colour of the margins, unless
    the user has chosen a colour before.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, settings: Settings, size: tuple[int, int], ground: Colour = (0, 0, 0)) -> None:
        super().__init__(parent)
        self._size, self._settings, self._chosen = size, settings, False
        self.how = choice_box((BY_SCALE, IN_PIXELS), "Enlarge by a whole number, or type the size of the file in pixels", "Size")
        tip = "Every pixel of the pictures becomes a square of this many"
        self.scale = whole_box((1, 32), proposed_scale(size[0]), tip, "Scale", suffix=" ×")
        self.pixels = QLineEdit(settings.text(SIZE, "512x512"))
        self.pixels.setToolTip("Width and height of the file in pixels, such as 512x512")
        self.pixels.setAccessibleName("Width x height in pixels")
        for field in (self.scale, self.pixels):
            field.setFixedWidth(96)
        self.words = dim_label()
        tip = "If the proportions differ: add a border, crop, or stretch"
        self.fit = choice_box(FITS, tip, "Fit")
        self.edges = choice_box(EDGES, "Keep every pixel a sharp square, or make it smooth", "Enlarge")
        self.colour = QColor(settings.text(COLOUR, QColor(*ground).name()))
        self.ground = text_button("Colour…", "What is around the picture")
        self.ground.setAccessibleName("Colour around the picture")
        self.how.setCurrentText(IN_PIXELS if settings.flag(EXACT) else BY_SCALE)
        self.fit.setCurrentText(settings.text(FIT, "Pad"))
        self.edges.setCurrentText("Smoothly" if settings.flag(SMOOTH) else "Pixel by pixel")

    def add_to(self, form: QFormLayout) -> None:
        """Add the rows at the end of `form`."""
        size = beside(self.how, self.scale, self.pixels, self.words, stretch=True)
        fit = beside(self.fit, self.ground, stretch=True)
        form.addRow("Size", size)
        form.addRow("Fit", fit)
        form.addRow("Enlarge", self.edges)

        def refresh() -> None:
            exact = self.exact
            self.scale.setVisible(not exact)
            self.pixels.setVisible(exact)
            form.setRowVisible(fit, exact)
            form.setRowVisible(self.edges, exact)
            self.ground.setVisible(exact and self.fit.currentText() == "Pad")
            self._paint_ground()
            self.changed.emit()

        self.how.currentTextChanged.connect(refresh)
        self.fit.currentTextChanged.connect(refresh)
        self.edges.currentTextChanged.connect(self.changed)
        self.scale.valueChanged.connect(self.changed)
        self.pixels.textChanged.connect(self.changed)
        self.ground.clicked.connect(self._ask_colour)
        refresh()

    def take_size(self, size: tuple[int, int]) -> None:
        """Set another size in picture pixels; a scale that was proposed is proposed again."""
        proposed, self._size = proposed_scale(self._size[0]), size
        if self.scale.value() == proposed:
            self.scale.setValue(proposed_scale(size[0]))

    @property
    def exact(self) -> bool:
        """Whether a size in pixels is selected, not a scale."""
        return self.how.currentText() == IN_PIXELS

    @property
    def fitting(self) -> Fitting | None:
        """How to fit the picture, None for a scale. Raises ZscapeError if the text is not a size."""
        if not self.exact:
            return None
        from zscape.models.media.film.fitting import Fitting, size_of

        colour = self.colour.red(), self.colour.green(), self.colour.blue()
        return Fitting(size_of(self.pixels.text()), FITS[self.fit.currentText()], EDGES[self.edges.currentText()], colour)

    @property
    def drawn(self) -> tuple[tuple[int, int], int]:
        """(width, height), and the scale factor. Raises ZscapeError if the text is not a size."""
        fitting = self.fitting
        return (self._size, self.scale.value()) if fitting is None else (fitting.size, 1)

    def tell(self, problem: str = "", each: bool = False) -> None:
        """Show the resulting size. problem: a short reason why it is not possible. each: whether several files have that size."""
        try:
            (width, height), scale = self.drawn
        except ZscapeError:
            self.words.setText("pixels: type it as 512x512")
            return
        size = "pixels" if self.exact else f"{width * scale} × {height * scale} pixels"
        size += " each" if each else ""
        self.words.setText(f"{size}: {problem}" if problem else size)

    def keep(self) -> None:
        """Remember the choices."""
        self._settings.keep(EXACT, self.exact)
        self._settings.keep(FIT, self.fit.currentText())
        self._settings.keep(SMOOTH, EDGES[self.edges.currentText()])
        if self._chosen:
            self._settings.keep(COLOUR, self.colour.name())
        if self.exact:
            self._settings.keep(SIZE, self.pixels.text())

    def _ask_colour(self) -> None:
        colour = QColorDialog.getColor(self.colour, self.ground, "Around the picture")
        if colour.isValid():
            self.colour, self._chosen = colour, True
            self._paint_ground()
            self.changed.emit()

    def _paint_ground(self) -> None:
        swatch = QPixmap(16, 16)
        swatch.fill(self.colour)
        self.ground.setIcon(QIcon(swatch))
