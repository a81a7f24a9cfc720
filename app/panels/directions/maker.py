"""The dialog that makes a direction, from two points or from two folders of pictures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.dialog_parts import answers, empty_form, stacked
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.beside import beside
from zscape.app.widgets.path_drop import PathDrop
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.work.context import Context
from zscape.app.work.directions import directions
from zscape.models.errors import ZscapeError
from zscape.models.files.typed_path import typed_path
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.base import caption
from zscape.models.sweeps.single import Gallery

CHANNEL = "new direction"
ICON = 40
LEAST = 20
"""The pictures of each kind needed without an encoder, as in `from_pictures` (not imported for a dialog)."""
WORDS = {
    "points": "From B to A: what A has and B lacks. Keep points on the shelf to choose them here.",
    "pictures": "From the pictures without it to those with it. 50 of each are good, {} the least; other things should be as "
    "often in one as in the other.",
}


class DirectionDialog(QDialog):
    """Asks for a name and what the direction is made from. made(Direction): it was made and is to be kept."""

    made = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.setWindowTitle("New direction")
        self._points: tuple[Recipe, ...] = tuple(dict.fromkeys((self.session.point, *self.session.scene.shelf)))
        self.name = QLineEdit()
        self.name.setPlaceholderText("What changes, such as glasses")
        self.note = QLineEdit()
        self.note.setPlaceholderText("A line of your own about it")
        self.of_points, self.of_pictures = QRadioButton("Two points"), QRadioButton("Two folders of pictures")
        kinds = QButtonGroup(self)
        kinds.addButton(self.of_points)
        kinds.addButton(self.of_pictures)
        self.points = {which: QComboBox() for which in "AB"}
        self.folders = {which: QLineEdit() for which in ("with", "without")}
        self._rows: dict[str, list[QWidget]] = {"points": [], "pictures": []}
        self.words = QLabel()
        self.words.setProperty("role", "dim")
        self.words.setWordWrap(True)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.buttons, self.make = answers(self, "Make", "Make the direction and keep it")
        self._lay_out()
        self.make.setDefault(True)  # after it is in the dialog; otherwise the first button would be the default
        self.of_points.toggled.connect(self._show_kind)
        self.of_points.setChecked(True)
        context.renderer.frame_ready.connect(self._take)
        context.renderer.request(CHANNEL, Gallery(self._points[0], self._points[1:]))

    def _lay_out(self) -> None:
        form = empty_form()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Name", self.name)
        form.addRow("Note", self.note)
        kinds = QHBoxLayout()
        kinds.setSpacing(16)
        kinds.addWidget(self.of_points)
        kinds.addWidget(self.of_pictures)
        kinds.addStretch(1)
        form.addRow("Made of", kinds)
        space = self.session.space
        for place, (which, box) in enumerate(self.points.items()):
            for number, point in enumerate(self._points):
                words = caption(point, space) if space else ""
                box.addItem(f"Current point: {words}" if number == 0 else f"Kept point {number}: {words}")
            box.setIconSize(QSize(ICON, ICON))
            box.setProperty("role", "pictures")  # as high as the pictures
            box.setCurrentIndex(min(place, len(self._points) - 1))
            self._add_row(form, "points", which, box)
            form.labelForField(box).setMinimumHeight(ICON + 2)  # Qt aligns the label of a high field at its top
        for which, field in self.folders.items():
            field.setPlaceholderText(f"A folder of pictures {which} it; drop one here")
            choose = text_button("Choose…", f"Choose the folder of pictures {which} it", partial(self._choose, which))
            choose.setAccessibleName(choose.toolTip())
            PathDrop(self, Path.exists, field).dropped.connect(lambda path, field=field: field.setText(str(path)))
            field.setAccessibleName(f"Folder of pictures {which} it")
            self._add_row(form, "pictures", which.capitalize(), beside(field, choose))
        self._form = form
        column = stacked(self, form, self.words, self.trouble)
        column.addStretch(1)
        column.addWidget(self.buttons)
        for field in (self.name, *self.folders.values()):
            field.textChanged.connect(lambda: self._tell("") if self.make.isEnabled() else None)  # it was about the old text
        self.resize(480, 380)

    def _add_row(self, form: QFormLayout, kind: str, words: str, field: QWidget) -> None:
        if not field.accessibleName():
            field.setAccessibleName(words)
        form.addRow(words, field)
        self._rows[kind].append(field)

    def _show_kind(self) -> None:
        kind = "points" if self.of_points.isChecked() else "pictures"
        for each, fields in self._rows.items():
            for field in fields:
                self._form.setRowVisible(field, each == kind)
        model = self.session.model
        least = 2 if model is not None and model.encoder is not None else LEAST  # with an encoder, fewer are enough
        self.words.setText(WORDS[kind].format(least))
        self._tell("")

    def _tell(self, line: str) -> None:
        self.trouble.setText(line)
        self.trouble.setVisible(bool(line))

    def _take(self, frame: Frame) -> None:
        if frame.channel != CHANNEL or tuple(frame.points.recipes) != self._points:
            return
        for box in self.points.values():
            for place in range(len(self._points)):
                picture = image_of(frame.images[place : place + 1], 1)
                box.setItemIcon(place, QIcon(QPixmap.fromImage(picture.scaled(ICON, ICON))))

    def _choose(self, which: str) -> None:
        title = f"A folder of pictures {which} it"
        name = QFileDialog.getExistingDirectory(self, title, str(self.context.settings.last_folder()))
        if name:
            self.folders[which].setText(name)

    def accept(self) -> None:
        """Make the direction; errors are shown, and the dialog stays open."""
        try:
            try:
                name = directions.checked_name(self.context, self.name.text())
            except ZscapeError:
                self.name.setFocus()
                self.name.selectAll()
                raise
            if self.of_points.isChecked():
                a, b = (self._points[box.currentIndex()] for box in self.points.values())
                self._give(directions.difference(self.context, a, b, name))
            else:
                self._of_pictures(name)
        except ZscapeError as error:
            self._tell(str(error))

    def _of_pictures(self, name: str) -> None:
        from zscape.models.directions.from_pictures import from_pictures

        paths = {which: typed_path(field.text().strip()) for which, field in self.folders.items()}
        for which, path in paths.items():
            if not self.folders[which].text().strip() or not path.exists():
                raise ZscapeError(f"Choose a folder of pictures {which} it: there is none at {str(path)!r}.")
        model, device = self.session.model, self.session.device or "auto"
        assert model is not None
        self.context.settings.keep_folder(paths["with"])
        work = partial(from_pictures, model, paths["with"], paths["without"], name, device)
        job = self.context.jobs.start(f"Find {name}", work)
        job.finished.connect(self._found)
        job.failed.connect(self._failed)
        job.cancelled.connect(lambda: self._wait(False))
        self._wait(True)

    def _wait(self, waits: bool) -> None:
        grey(self.make, "The direction is being found" if waits else "")
        self._tell("Finding the pictures…" if waits else "")

    def _failed(self, line: str) -> None:
        self._wait(False)
        self._tell(line)

    def _found(self, direction: Direction) -> None:
        self._wait(False)
        self._give(direction)

    def _give(self, direction: Direction) -> None:
        note = self.note.text().strip()
        self.made.emit(replace(direction, provenance={**direction.provenance, "note": note}) if note else direction)
        super().accept()
