"""The layers view: the units of a layer at the current point, their edits, and the resulting picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.layers.edit_box import SELECT, WIDTH, EditBox
from zscape.app.views.layers.judged_sheet import JudgedSheet
from zscape.app.views.layers.ranking import Ranking
from zscape.app.views.layers.state import BY_ACTIVITY, BY_NUMBER, LayersState
from zscape.app.views.layers.strip import LayersStrip
from zscape.app.views.layers.unit_files import UnitFiles
from zscape.app.views.layers.unit_sheet import UnitSheet
from zscape.app.widgets.greyed import NO_MODEL, grey
from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.tiles import connect_sheet, same_weights
from zscape.models.inputs.units import AS_DRAWN, NOTHING, UNIT_EDITS, UNITS, Setting, UnitsValue
from zscape.models.sweeps.single import Single

if TYPE_CHECKING:
    from zscape.app.work.rendering.render_requests import Look
    from zscape.models.inference.inside.layers import Layer
    from zscape.models.inference.inside.look_inside import Seen
    from zscape.models.sweeps.base import Sweep

NO_LAYERS = "This model's generator has no layers with a map for each unit, so there is nothing to show inside it."
ORDER_NAMES = {BY_NUMBER: "Number", BY_ACTIVITY: "Activity here", "change": "Change of the picture"}


class LayersView(View):
    """A sheet of units on the left; on the right the picture above the edits of the selected units."""

    name = "layers"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.seen: Seen | None = None
        self._drawn_by: Any = None
        self._layers: tuple[Layer, ...] = ()
        self._ordered: tuple[Any, str] = (None, "")
        self.gesture = Gesture(self.session, context.jobs)
        self.ranking = Ranking(context, self)
        self.ranking.changed.connect(self._show_seen)
        self.files = UnitFiles(context, self)
        self.units = UnitSheet(self.session.waiting_for, self.caption)
        self.units.setToolTip("Click or drag to select units; Ctrl+click adds one; a double click switches it off or on")
        self.units.switch_asked.connect(self._switch)
        self.units.reset_asked.connect(self._reset)
        self.units.selection_changed.connect(self._show_edits)
        self.sheet = JudgedSheet(self.session.waiting_for)
        self.sheet.setAccessibleName("The current point")
        connect_sheet(self.session, self.sheet)
        self.session.waiting_changed.connect(self._wait)
        self.box = EditBox()
        self._connect_box()
        self.strip = LayersStrip()
        self.strip.layer_chosen.connect(lambda name: self._keep("show a layer", layer=name))
        self.strip.order_chosen.connect(self._choose_order)
        self.strip.stop_asked.connect(self._stop)
        self.strip.judged_chosen.connect(lambda on: self._keep("show the discriminator's opinion", judged=on))
        side = QWidget()
        side.setFixedWidth(WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sheet, 1)
        column.addWidget(TallScroll(self.box))  # in a low window the strip below the units stays visible
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.units, 1)
        row.addWidget(side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addWidget(self.strip)

    def _connect_box(self) -> None:
        box = self.box
        box.changed.connect(self._change)
        box.strength_changed.connect(lambda number: self._edit("strength of unit edits", replace(self.value, strength=number)))
        box.off_asked.connect(self._switch)
        box.reset_asked.connect(self._reset)
        box.reset_all_asked.connect(lambda: self._edit("reset all units", NOTHING, False))
        box.open_asked.connect(self.files.ask_open)
        box.save_asked.connect(self.files.ask_save)
        box.pressed.connect(self.gesture.begin)
        box.released.connect(self.gesture.end)

    @property
    def state(self) -> LayersState:
        """The view's state."""
        return self.session.scene.view(LayersState)

    @property
    def value(self) -> UnitsValue:
        """The unit edits of the current point."""
        return UNITS.said(self.session.point)

    @property
    def layer_name(self) -> str:
        """The layer that is shown, "" if there is none yet."""
        return self.seen.layer.name if self.seen is not None and self.seen.layer is not None else ""

    @property
    def whole_height(self) -> int:
        beside = sum(part.minimumSizeHint().height() for part in (self.sheet, self.box))
        return max(self.minimumSizeHint().height(), beside + self.strip.height())

    def sweep(self) -> Sweep:
        return Single(self.session.point)

    def look(self) -> Look:
        from zscape.models.inference.inside.look_inside import LookInside

        return LookInside(self.state.layer, self.state.judged)

    def main_sheet(self) -> JudgedSheet:
        return self.sheet

    def refresh(self) -> None:
        super().refresh()
        model = self.session.model
        if model is not None and not same_weights(model, self._drawn_by):
            self.units.select(())
        judge = model is not None and model.discriminator is not None
        self.strip.show_judge(judge, model is None, self.state.judged)
        if (model, self.state.order) != self._ordered:  # too slow for every move of a slider
            self._ordered = model, self.state.order
            orders = [(ORDER_NAMES.get(each, each), each) for each in self.ranking.orders()]
            self.strip.show_orders(orders, self.state.order)
        self._show_edits()

    def show_frame(self, frame: Frame) -> None:
        self.sheet.show_frame(frame)
        other = not same_weights(frame.model, self._drawn_by)
        before, self.seen, self._drawn_by = self.layer_name, frame.seen, frame.model
        if other or self.layer_name != before:
            self.units.select(())
        self._show_seen()

    def _show_seen(self) -> None:
        """Show the units and the discriminator's output as last drawn."""
        seen = self.seen
        if seen is None:
            return
        if seen.layer is None:
            self.units.clear(NO_LAYERS)
        else:
            if self.isVisible():
                self.ranking.want(seen.layer.name, self.state.order)
            self.units.show_maps(seen.maps, self.ranking.order(seen, self.state.order), self.sheet.frame)
        if seen.layers != self._layers or self.strip.layer.currentData() != self.layer_name:
            self._layers = seen.layers
            words = [(f"{place}: {each.words}", each.name) for place, each in enumerate(seen.layers, 1)]
            self.strip.show_layers(words, self.layer_name)
        for box in (self.strip.layer, self.strip.order):
            grey(box, "" if seen.layers else NO_MODEL)
        self.strip.show_progress(self.ranking.words, self.ranking.busy)
        judged = seen.opinion if self.state.judged else None
        self.sheet.show_gradient(None if judged is None else judged.gradient[0])
        self.strip.show_opinion(self._opinion())
        self._show_edits()

    def _opinion(self) -> str:
        """The discriminator's output in words, or that there is none."""
        model = self.session.model
        if model is not None and model.discriminator is None:
            return "none in this model"
        if self.seen is None or not self.state.judged:
            return ""
        if self.seen.opinion is None:  # interrupted by a newer point: keep the space
            return "…"
        logit = float(self.seen.opinion.logits[0])
        return f"{logit:+.2f}, {'real' if logit > 0 else 'generated'}"

    def _show_edits(self) -> None:
        """Show which units are selected, and their edits."""
        done = self.value.of(self.layer_name)
        chosen = sorted(self.units.selected)
        settings: list[Setting] = [done.get(unit, AS_DRAWN) for unit in chosen]
        words = SELECT if not chosen else self.caption(chosen[0]) if len(chosen) == 1 else f"{len(chosen)} units selected"
        self.box.show_units(chosen, settings, self.value, words)
        self.units.show_edits(done.keys(), [unit for unit, each in done.items() if each.gain == 0])

    def caption(self, unit: int) -> str:
        """One line about a unit: its effect, as far as known."""
        seen, order = self.seen, self.state.order
        words = [f"Unit {unit}"]
        if seen is not None and unit < len(seen.activity):
            words.append(f"activity {seen.activity[unit]:.2f}")
            effects = self.ranking.effects(self.layer_name)
            if order in effects and order not in (BY_NUMBER, BY_ACTIVITY):
                number = float(effects[order][unit])
                words.append(f"{order} {number:.3f}" if order == "change" else f"{order} {number:+.2f} sd")
        return ", ".join(words)

    # Actions.

    def _keep(self, label: str, **changes: Any) -> None:
        self.session.edit_view(label, replace(self.state, **changes))

    def _edit(self, label: str, value: UnitsValue, moving: bool = True) -> None:
        point = self.session.point
        after = point.without(UNIT_EDITS) if value == NOTHING else point.with_value(UNIT_EDITS, value)
        self.session.edit_point(label, after, self.gesture.move(label) if moving else None)

    def _change(self, name: str, number: float) -> None:
        if self.units.selected and self.layer_name:
            changes = {name: number}
            self._edit(f"{name} of units", self.value.with_units(self.layer_name, self.units.selected, **changes))

    def _switch(self) -> None:
        done, chosen = self.value.of(self.layer_name), self.units.selected
        off = all(done.get(unit, AS_DRAWN).gain == 0 for unit in chosen)
        value = self.value.with_units(self.layer_name, chosen, gain=1.0 if off else 0.0)
        self._edit("switch units on" if off else "switch units off", value, False)

    def _reset(self) -> None:
        self._edit("reset units", self.value.without(self.layer_name, self.units.selected), False)

    def _choose_order(self, order: str) -> None:
        self.ranking.again()
        self._keep("sort the units", order=order)
        self._show_seen()

    def _stop(self) -> None:
        self.ranking.stop()
        self._keep("sort the units", order=BY_NUMBER)
        self._show_seen()

    def _wait(self) -> None:
        self.sheet.wait(self.session.waiting_for)
        if self.seen is None:
            self.units.clear(self.session.waiting_for)
