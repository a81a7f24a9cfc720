"""The image view: the current point alone, as large as the window allows."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from zscape.app.views.base import SheetView
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.greyed import NO_MODEL, ONE_CLASS, grey
from zscape.app.widgets.keyed import tip_with_keys
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.app.work.tiles import tile_of
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.sweeps.base import Sweep, caption
from zscape.models.sweeps.single import Single

FITS = "All of it is shown already"


class ImageView(SheetView):
    """One picture; its strip steps through the classes."""

    name = "image"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet.setAccessibleName("The current point")
        self.previous = text_button("Previous class", "Draw the class before this one in the same style", lambda: self._step(-1))
        self.next = text_button("Next class", "Draw the class after this one in the same style", lambda: self._step(1))
        self.words = QLabel()
        self.words.setMinimumWidth(96)
        self.fit = text_button("Fit", "", self.sheet.fit_picture)
        tip_with_keys(self.fit, "Show all of it again: the wheel enlarges it, a drag moves it", "fit")
        grey(self.fit, FITS)
        self.sheet.zoomed.connect(lambda zoomed: grey(self.fit, "" if zoomed else FITS))
        self.copy = text_button("Copy", "Copy the picture; pasted here it is a point again", self._copy)
        self.strip.add(self.previous)
        self.strip.add(self.next)
        self.strip.add_gap()
        self.strip.add(self.words)
        self.strip.add_stretch()
        self.strip.add(self.fit)
        self.strip.add(self.copy)

    def sweep(self) -> Sweep:
        return Single(self.session.point)

    def refresh(self) -> None:
        super().refresh()
        space = self.session.space
        several = space is not None and len(space.labels) > 1
        for button in (self.previous, self.next):
            grey(button, "" if several else NO_MODEL if space is None else ONE_CLASS)
        grey(self.copy, "" if space is not None else NO_MODEL)
        self.words.setText(caption(self.session.point, space) if space else "")

    def _step(self, by: int) -> None:
        classes, point = self.session.space and self.session.space.first(Classes), self.session.point
        if classes:
            number = (classes.heaviest(point.value(classes)) + by) % len(classes.labels)
            self.session.edit_point("step to a class", point.with_value(classes.name, classes.only(number)))

    def _copy(self) -> None:
        if self.sheet.frame is not None:
            TILE_ACTIONS["copy"].run(self.session, tile_of(self.sheet, 0))
