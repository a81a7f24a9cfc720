"""The controls for the layer, the order of its units, and the discriminator's output."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from zscape.app.widgets.greyed import NO_MODEL, grey
from zscape.app.widgets.strip import Strip

NO_JUDGE = "This model contains no discriminator. Open the model of a training run: that has one."
JUDGE_TIP = (
    "Colours over the picture where the discriminator, the network that tells drawn pictures from real ones, finds it wrong: "
    "red specks should be brighter, blue ones darker, to look more real"
)
OPINION_TIP = "What the discriminator says of the picture: above 0 it takes it for a real one"


class LayersStrip(Strip):
    """layer_chosen(name), order_chosen(name); stop_asked(): stop measuring. judged_chosen(on): show the gradient."""

    layer_chosen = Signal(str)
    order_chosen = Signal(str)
    stop_asked = Signal()
    judged_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        tip = "The layer whose units are shown, from the latent to the picture"
        self.layer = _combo("Layer", tip, self.layer_chosen)
        self.add(self.layer, "Layer")
        self.order = _combo(
            "Order of the units",
            "How the units are sorted, strongest first: each is switched off to see how much the picture and attributes change",
            self.order_chosen,
        )
        self.add(self.order, "Sort by")
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Stop measuring the units")
        self.stop.clicked.connect(self.stop_asked)
        self.add(self.stop)
        self.progress = QLabel()
        self.progress.setProperty("role", "dim")
        self.add(self.progress)
        self.add_stretch()
        self.judged = QCheckBox("Discriminator")
        self.judged.setToolTip(JUDGE_TIP)
        self.judged.clicked.connect(self.judged_chosen)
        self.opinion = QLabel()
        self.opinion.setProperty("role", "dim")
        # A fixed width; otherwise the strip would be laid out again with every picture.
        self.opinion.setFixedWidth(self.opinion.fontMetrics().horizontalAdvance("+00.00, generated") + 8)
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.judged)
        line.addWidget(self.opinion)
        pair.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add(pair)

    def show_judge(self, there: bool, waits: bool, on: bool) -> None:
        """Show whether there is a discriminator. waits: no model is open yet. on: whether its gradient is shown."""
        grey(self.judged, "" if there else NO_MODEL if waits else NO_JUDGE)
        self.opinion.setToolTip(OPINION_TIP if there or waits else NO_JUDGE)
        self.judged.setChecked(there and on)

    def show_layers(self, entries: list[tuple[str, str]], current: str) -> None:
        """Set the layers, as (words, name)."""
        _fill(self.layer, entries, current)

    def show_orders(self, entries: list[tuple[str, str]], current: str) -> None:
        """Set the orders of the units, as (words, name)."""
        _fill(self.order, entries, current)

    def show_progress(self, words: str, busy: bool) -> None:
        """Show the progress of measuring."""
        self.progress.setText(words)
        self.stop.setVisible(busy)

    def show_opinion(self, words: str) -> None:
        """Show the discriminator's output in words, "" for nothing."""
        self.opinion.setText(words)
        self.opinion.setVisible(bool(words))


def _combo(name: str, tip: str, chosen: SignalInstance) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.activated.connect(lambda _: chosen.emit(box.currentData()))
    return box


def _fill(box: QComboBox, entries: list[tuple[str, str]], current: str) -> None:
    """Set the entries, as (words, data), without emitting a signal."""
    with QSignalBlocker(box):
        if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] != entries:
            box.clear()
            for words, data in entries:
                box.addItem(words, data)
        box.setCurrentIndex(next((place for place, (_, data) in enumerate(entries) if data == current), 0))
