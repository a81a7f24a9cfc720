"""Actions on the pictures selected on the map: a point, a direction, kept points, files."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.asking import ask_words
from zscape.app.work.context import Context
from zscape.app.work.directions import directions
from zscape.models.errors import ZscapeError
from zscape.models.maps.collection import recipes_of
from zscape.models.maps.files.write import writing
from zscape.models.maps.map import Map
from zscape.models.maps.region import direction_of, mean_of, shuffled

Places = NDArray[np.int64]
KEPT = 9


class ChosenActions(QObject):
    """The user's actions on the pictures `places` of a map. An error gives a message and changes nothing."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.session, self._parent = context, context.session, parent

    def average(self, found: Map, places: Places) -> None:
        """Go to the mean of their points."""
        try:
            assert self.session.space is not None
            self.session.edit_point("go to the mean of the chosen", mean_of(found.collection, places, self.session.space))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)

    def ask_direction(self, found: Map, places: Places) -> None:
        """Ask for the name of the direction from the other pictures to these."""
        name = ask_words(self._parent, "New direction", "What the chosen pictures have and the others lack:", "Make")
        if name is not None:
            self.keep_direction(found, places, name)

    def keep_direction(self, found: Map, places: Places, name: str) -> None:
        """Save the way from the mean of the others to the mean of these as a direction of the model."""
        try:
            name = directions.checked_name(self.context, name)
            directions.keep(self.context, direction_of(found.collection, places, name))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
        else:
            self.session.message.emit(f"{name} is a slider of the Directions panel now, and stays one.", False)

    def keep(self, found: Map, places: Places) -> None:
        """Put some of their points on the shelf, as one undo step."""
        try:
            assert self.session.space is not None
            recipe = recipes_of(found.collection, self.session.space)
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            return
        shelf = self.session.scene.shelf
        fresh = list(islice((each for place in shuffled(places, len(shelf)) if (each := recipe(place)) not in shelf), KEPT))
        if not fresh:
            self.session.message.emit("All of these are on the shelf already.", False)
        self.session.edit_shelf("keep some of the chosen", (*shelf, *fresh))

    def export(self, found: Map, path: Path, places: Places | None, colour: str) -> None:
        """Write the map, or the pictures `places` of it, to a file, in a job."""
        known = colour if colour in found.collection.attributes else "class"
        job = self.context.jobs.start(f"Save {path.name}", partial(writing, path, found, places, known))
        count = len(found) if places is None else len(places)
        said = f"{path.name} has {count:,} pictures of the map."
        job.finished.connect(lambda _: self.session.message.emit(said, False))
        job.failed.connect(lambda line: self.session.message.emit(line, True))
