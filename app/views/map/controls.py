"""The strip of the map view: which pictures, their arrangement, and the meaning of their colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QWidget

from zscape.app.views.map.likeness import LikenessBox
from zscape.app.views.map.state import MapState, Method
from zscape.app.widgets.asking import ask_number
from zscape.app.widgets.controls.framed_button import framed_button, framed_menu
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.beside import together
from zscape.app.widgets.named_file import named_file
from zscape.app.widgets.strip import Strip
from zscape.app.work.context import Context

METHODS: dict[Method, tuple[str, str]] = {
    "pca": ("PCA", "Along the two directions in which the pictures differ most; at once"),
    "tsne": ("t-SNE", "Neighbours stay neighbours, groups fall apart; takes minutes for tens of thousands"),
    "umap-like": ("UMAP-like", "As t-SNE, with denser groups farther apart (its attraction is kept four times as strong)"),
}
DISTANCE = "distance"
COLOURS = {"class": "class", DISTANCE: "distance"}
TIP = Qt.ItemDataRole.ToolTipRole
MOST = 200_000
OWN = "What the model was trained on; else the digits that come with Zscape"
OWN_LACKS = "What the model was trained on is not on this computer"
FILTERS = "Map, to open again (*.npz);;Table (*.csv);;Picture (*.png)"


class MapControls(QObject):
    """The strip and its dialogs. wanted(changes as a dict): the map is to be made in another way.

    coloured(name), pictured(on), contoured(on), lassoing(on), fitted(), exported(path, selected only).
    """

    wanted = Signal(object)
    coloured = Signal(str)
    pictured = Signal(bool)
    contoured = Signal(bool)
    lassoing = Signal(bool)
    fitted = Signal()
    exported = Signal(object, bool)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self._parent = context, parent
        self.strip = Strip()
        self.source = framed_menu("", "Which pictures are mapped", "Pictures on the map")
        self.source.setMaximumWidth(150)
        self.source.setMenu(self._source_menu())
        self.method = _box("How the map is made", {name: text for name, (text, _) in METHODS.items()})
        self.likeness = LikenessBox(
            "What makes pictures similar, and so close together", "What makes pictures similar, and so close together"
        )
        for place, (_, tip) in enumerate(METHODS.values()):
            self.method.setItemData(place, tip, TIP)
        self.colour = _box("What the colours of the points mean", COLOURS)
        self.colour.setItemData(1, "How the pictures nearest to the current point are found", TIP)
        self.colour.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.colour.setMinimumContentsLength(10)
        self.colour.view().setMinimumWidth(180)
        tip = "Pictures in place of points; zooming in shows more of them"
        self.pictures = framed_button("Pictures", tip, icon="image-multiple-outline", checkable=True)
        tip = "Lines within which a quarter, half, three quarters and 95% of them lie"
        self.contours = framed_button("Contours", tip, icon="terrain", checkable=True)
        tip = "Draw round pictures to choose them (or drag with Shift)"
        self.lasso = framed_button("Lasso", tip, icon="lasso", checkable=True)
        self.fit = framed_button("Show all", "Show the whole map (key 0)", icon="fit-to-screen-outline")
        saved = "Save the map: npz, CSV, a picture, or for TensorBoard's projector"
        self.export = framed_menu("Export", saved, icon="export-variant")
        self.export.setMenu(self._export_menu(False))
        self.strip.add(self.source)
        self.strip.add(self.method, "by")
        self.strip.add(self.likeness, "of")
        self.strip.add_gap()
        self.strip.add(self.colour, "Colour")
        self.strip.add_gap()
        self.strip.add(together(self.pictures, self.contours, self.lasso, self.fit, self.export))
        self.strip.add_stretch()
        self.method.activated.connect(lambda _: self.wanted.emit({"method": self.method.currentData()}))
        self.likeness.activated.connect(lambda _: self.wanted.emit({"likeness": self.likeness.currentData()}))
        self.colour.activated.connect(lambda _: self.coloured.emit(self.colour.currentData()))
        self.pictures.toggled.connect(self.pictured)
        self.contours.toggled.connect(self.contoured)
        self.lasso.toggled.connect(self.lassoing)
        self.fit.clicked.connect(self.fitted)

    def show_state(self, state: MapState, usual: str, data: bool, attributes: Iterable[str]) -> None:
        """Show the scene's state. usual: the default pictures, in words. data: whether these are a data set."""
        grey(self.usual, "" if data else OWN_LACKS)
        words = {
            "usual": usual,
            "data": Path(state.data).name or state.data,
            "generated": f"{state.count:,} random points",
        }[state.source]
        self.source.say(Path(state.file).name if state.file else words)
        names = {**COLOURS, **{name: name for name in attributes}}
        known = [self.colour.itemData(place) for place in range(self.colour.count())]
        with QSignalBlocker(self.colour):
            if known != list(names):
                self.colour.clear()
                for name, text in names.items():
                    self.colour.addItem(text, name)
            self.colour.setCurrentIndex(max(0, self.colour.findData(state.colour)))
        for box, value in ((self.method, state.method), (self.likeness, state.likeness)):
            box.setCurrentIndex(max(0, box.findData(value)))
            grey(box, "The map in a file stays as it was made" if state.file else "")
        for tool, on in ((self.pictures, state.pictures), (self.contours, state.contours)):
            with QSignalBlocker(tool):
                tool.setChecked(on)

    def _source_menu(self) -> QMenu:
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        self.usual = menu.addAction("The model's own data", partial(self.wanted.emit, {"source": "usual", "file": ""}))
        self.usual.setToolTip(OWN)
        menu.addAction("Random points…", self.ask_count).setToolTip("Pictures that the model draws")
        menu.addAction("Data in a file…", self.ask_data).setToolTip("An npz, as for training; the encoder finds each picture")
        menu.addAction("Data in a folder…", self.ask_folder).setToolTip("Pictures, or MNIST's files; the encoder finds each")
        menu.addSeparator()
        menu.addAction("Saved map…", self.ask_map).setToolTip("A map that was saved as npz")
        return menu

    def _export_menu(self, chosen: bool) -> QMenu:
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        menu.addAction("Save as…", lambda: self.ask_file(chosen)).setToolTip("npz, which this view opens again, CSV, or PNG")
        menu.addAction("For TensorBoard…", lambda: self.ask_projector(chosen)).setToolTip("A folder for its projector")
        return menu

    def chosen_menu(self) -> QMenu:
        """The menu that saves the selected pictures."""
        return self._export_menu(True)

    def ask_count(self) -> None:
        """Ask for the number of random points."""
        state = self.context.session.scene.view(MapState)
        count = ask_number(self._parent, "Random points", "How many pictures:", "Map", state.count, (10, MOST), 1000)
        if count is not None:
            self.wanted.emit({"source": "generated", "count": count, "file": ""})

    def ask_data(self) -> None:
        """Ask for a file of pictures."""
        self._take(QFileDialog.getOpenFileName(self._parent, "Pictures to map", self._folder, "Data (*.npz);;All (*)")[0], "data")

    def ask_folder(self) -> None:
        """Ask for a folder of pictures."""
        self._take(QFileDialog.getExistingDirectory(self._parent, "Pictures to map", self._folder), "data")

    def ask_map(self) -> None:
        """Ask for a saved map."""
        self._take(QFileDialog.getOpenFileName(self._parent, "Open a map", self._folder, "Map (*.npz)")[0], "file")

    def ask_file(self, chosen: bool) -> None:
        """Ask for a file for the map, or for its selected pictures."""
        name, kind = QFileDialog.getSaveFileName(self._parent, "Save the map", str(Path(self._folder) / "map.npz"), FILTERS)
        if name:
            self.exported.emit(named_file(name, kind, FILTERS), chosen)

    def ask_projector(self, chosen: bool) -> None:
        """Ask for a folder for TensorBoard."""
        if name := QFileDialog.getExistingDirectory(self._parent, "A folder for TensorBoard", self._folder):
            self.exported.emit(Path(name), chosen)

    @property
    def _folder(self) -> str:
        return str(self.context.settings.last_folder())

    def _take(self, name: str, what: str) -> None:
        if name:
            self.context.settings.keep_folder(Path(name))
            changes = {"file": name} if what == "file" else {"source": "data", "data": name, "file": ""}
            self.wanted.emit(changes)


def _box(tip: str, entries: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    for name, text in entries.items():
        box.addItem(text, name)
    box.setToolTip(tip)
    box.setAccessibleName(tip)
    return box
