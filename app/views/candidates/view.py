"""The candidates view: nine variations of the current point; a click takes one and shows nine variations of that."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from zscape.app.views.base import SheetView
from zscape.app.views.candidates.state import USUAL, CandidatesState
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.widgets.pictures.small_slot import SmallSlot
from zscape.app.work.bind import bind
from zscape.app.work.context import Context
from zscape.app.work.rendering.thumbnails import Thumbnails
from zscape.models.inputs.value import SEED_LIMIT
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.candidates import Candidates

WIDTH = 144
"""The width of the temperature row: in the smallest window it shares a line with the current point."""


class CandidatesView(SheetView):
    """Nine variations in a square; the current point is in the strip below."""

    name = "candidates"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet.setAccessibleName("Nine variations of the current point")
        self.now = SmallSlot("Current point")
        self.now.setToolTip("The current point, which the nine vary. Drop a tile here to go there; drag it anywhere")
        self.now.taken.connect(lambda recipe: self.session.edit_point("go to tile", recipe))
        self.pictures = Thumbnails(context, "candidates: current point", self)
        self.pictures.drawn.connect(self._show_now)
        self.temperature = NumberRow((0.0, 1.0), label_width=0)
        self.temperature.label.hide()
        self.temperature.describe("", "Temperature", "How far the nine are from the current point: 0 the same, 1 anything")
        self.temperature.setFixedWidth(WIDTH)
        self.temperature.reset_asked.connect(lambda: self._keep("reset the temperature", replace(self.state, temperature=USUAL)))
        bind(
            self.temperature,
            self.session,
            context.jobs,
            "change the temperature",
            lambda scene: scene.view(CandidatesState).temperature,
            lambda scene, far: scene.with_view(replace(scene.view(CandidatesState), temperature=far)),
        )
        self.others = QPushButton("Nine others")
        self.others.setToolTip("Draw nine other variations of the same point")
        self.others.clicked.connect(lambda: self._keep("draw other variations", self._next()))
        self.strip.add(self.now, "Around")
        self.strip.add_gap()
        self.strip.add(self.temperature, "Temperature")
        self.strip.add_gap()
        self.strip.add(self.others)
        self.strip.add_words("Click one: nine more appear.")

    @property
    def state(self) -> CandidatesState:
        """The view's state."""
        return self.session.scene.view(CandidatesState)

    def sweep(self) -> Sweep:
        return Candidates(self.session.point, self.state.temperature, self.state.seed)

    def refresh(self) -> None:
        super().refresh()
        self.now.show_recipe(self.session.point, "", stand_in=False)
        self.pictures.want((self.session.point,))
        self._show_now()

    def go_to(self, tile: int) -> None:
        """Take a variation, and use another seed: the same one would vary in the same directions again."""
        scene = self.session.scene.with_view(self._next())
        self.session.edit("take a variation", scene.with_point(self.sheet.recipe(tile)))

    def _next(self) -> CandidatesState:
        return replace(self.state, seed=(self.state.seed + 1) % SEED_LIMIT)

    def _keep(self, label: str, state: CandidatesState) -> None:
        self.session.edit_view(label, state)

    def _show_now(self) -> None:
        picture = self.pictures.picture(self.session.point)
        if not picture.isNull():
            self.now.show_picture(picture)
