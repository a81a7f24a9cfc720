"""The background of the pad view: a heat map with its legend, thumbnails, the pictures of the corners, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from zscape.app.views.pad.corner_pictures import CornerPictures
from zscape.app.views.pad.labels import HINT, Labels, hint_of, labels_of
from zscape.app.views.pad.state import PadState
from zscape.app.views.pad.thumbnails import Thumbnails
from zscape.app.widgets.heat_colours import HeatLegend, heat_image
from zscape.app.widgets.pad.pad import PadWidget
from zscape.app.work.context import Context
from zscape.app.work.heat_layer import HeatLayer
from zscape.models.sweeps.mixed_pads import MixedPad
from zscape.models.sweeps.pad_sheet import PadSheet
from zscape.models.sweeps.seeds_pad import SeedsPad

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zscape.models.heatmap.choices import Choice
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.pad import Pad


class PadBackground(QObject):
    """Draws it on `pad`, following the scene. legend: of the heat map, or a hint on what can be done. hint_only(bool): whether
    the legend says nothing but the usual hint, which may be left out.

    show_pictures: called with the pictures of the corners.
    """

    hint_only = Signal(bool)

    def __init__(
        self, context: Context, pad: PadWidget, show_pictures: Callable[[Sequence[QImage]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.session, self.pad = context.session, pad
        self.legend = HeatLegend()
        self.heat = HeatLayer(context, self)
        self.thumbnails = Thumbnails(context, self)
        self.corners = CornerPictures(context, show_pictures, self)
        self._labels = Labels()
        self._plane: Pad | None = None  # the one that is shown
        self.heat.changed.connect(self._show_heat)
        self.thumbnails.changed.connect(self._show_thumbnails)

    @property
    def busy(self) -> bool:
        """Whether heat map or thumbnails are still being drawn."""
        return self.heat.busy or self.thumbnails.busy

    @property
    def _choice(self) -> Choice | None:
        """The selected heat map, if the open model has it."""
        name = self.session.scene.view(PadState).heat
        return next((each for each in self.heat.choices() if each.name == name and not each.lacks), None)

    def show_plane(self, pad: Pad, base: Recipe, space: Space) -> None:
        """Show the names of another plane, and the pictures of its corners."""
        self._plane = pad
        self.pad.step = 1.0 if isinstance(pad, SeedsPad) else None
        labels, ground = labels_of(pad, space), self.pad.ground
        if labels != self._labels:
            self._labels = labels
            ground.names, ground.numbers = labels.names, labels.numbers
            ground.corners, ground.outline = labels.corners, labels.outline
            self.pad.changed()
        self.corners.show(pad.recipes(base, pad.corners(), space) if isinstance(pad, MixedPad) else ())

    def show_seen(self, pad: Pad, base: Recipe, seen: tuple[float, float, float]) -> None:
        """Request what is in the visible square `seen` (x and y of its middle, its side) of the plane through `base`."""
        count, chosen = self.session.scene.view(PadState).thumbnails, self._choice
        self.thumbnails.show(PadSheet(base, pad, seen, count, count) if count else None)
        self.heat.show(chosen.name if chosen else "", pad, base, seen)
        self._show_legend()

    def show_none(self) -> None:
        """Show no plane."""
        self.legend.show_range("", None)

    def rest(self) -> None:
        """Stop drawing, because it is hidden."""
        self.heat.stop()
        self.thumbnails.forget()
        self.corners.forget()

    def forget(self, same_generator: bool) -> None:
        """Another model is open; with `same_generator` only its directions have changed."""
        if not same_generator:
            self.heat.forget()
            self.thumbnails.clear()
        self.thumbnails.forget()
        self.corners.forget()
        self._plane = None

    def _show_legend(self) -> None:
        heat, chosen = self.heat.heat, self._choice
        if chosen is None or heat is None:
            hint = hint_of(self._plane, self.pad.spot is not None)
            self.legend.show_range(self.heat.words or hint, None)
            self.hint_only.emit(hint == HINT and not self.heat.words)
            return
        self.hint_only.emit(False)
        words = f"{chosen.label}: {self.heat.words}" if self.heat.words else chosen.label
        self.legend.show_range(words, (heat.low, heat.high), chosen.unit, chosen.reversed)

    def _show_heat(self) -> None:
        heat, chosen, ground = self.heat.heat, self._choice, self.pad.ground
        if heat is None:
            ground.heat = QImage()
        else:
            flipped = chosen is not None and chosen.reversed
            ground.heat, ground.heat_view = heat_image(heat.values, heat.low, heat.high, flipped), heat.view
        self.pad.changed()
        self._show_legend()

    def _show_thumbnails(self) -> None:
        self.pad.ground.tiles = self.thumbnails.tiles
        self.pad.changed()
