"""A page that shows the bundled models as pictures: at the first start, and on request."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.one_stop import OneStop
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.flow_layout import FlowLayout
from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.widgets.pictures.picture_card import WIDTH, PictureCard
from zscape.resources import sections

if TYPE_CHECKING:
    from zscape.app.window.centre import Centre
    from zscape.app.work.model_pictures import ModelPictures
    from zscape.models.files.spec import Spec

SHOWN = "bundled_models_shown"
"""The setting of whether the page was shown at a first start."""
MOST = 4
"""The most cards side by side."""
MARGIN, GAP = 16, 12
"""The space around the cards, which includes the scroll bar, and between them."""


def sentence(spec: Spec) -> str:
    """What a model draws, in a plain sentence."""
    known = sections("bundled_models").get(spec.name)
    if known:
        return known
    channels, height, width = spec.image_shape
    names = spec.class_names
    what = f"{len(names)} classes: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}" if len(names) > 1 else "Pictures"
    return f"{what}; {width} × {height}, {'grey' if channels == 1 else 'colour'}."


class BundledModelsPage(QWidget):
    """Covers the views of `centre`, which keep drawing behind it. chosen(path); left(): closed by Escape or its button."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self._centre = centre
        self.cards: dict[Path, PictureCard] = {}
        self.setAccessibleName("Models to choose from")
        title = QLabel("Choose what to explore")
        title.setProperty("role", "large")
        self.words = QLabel("These models come with Zscape. File > Choose a model shows them again.")
        self.words.setProperty("role", "dim")
        self.words.setWordWrap(True)
        self.skip = QPushButton("Not now")
        self.skip.setToolTip("Keep the open model (Escape)")
        self.skip.clicked.connect(self.left)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.skip)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, MARGIN, 0)
        above.setSpacing(8)
        above.addLayout(top)
        above.addWidget(self.words)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, GAP)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(MARGIN, MARGIN, 0, MARGIN)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(_Flowing(self._holder), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._page)
        centre.stack.installEventFilter(self)
        self.hide()

    def fill(self, models: list[tuple[Path, Spec]]) -> None:
        """Show a card for each model."""
        for card in self.cards.values():
            self._flow.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        for path, spec in models:
            card = self.cards[path] = PictureCard(spec.name, sentence(spec))
            card.clicked.connect(lambda _=False, path=path: self.chosen.emit(path))
            self._flow.addWidget(card)
        OneStop([*self.cards.values()], self._holder)

    def open(self) -> None:
        """Cover the views from now on."""
        self._follow()
        self.show()
        self.raise_()
        grey(self._centre.stack, "Choose a model first, or close the choice of models")  # the covered views get no keys
        if self.cards:
            next(iter(self.cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_page(self) -> None:
        """Hide the page."""
        focus = self.focusWidget()
        had_focus = focus is not None and focus.hasFocus()
        self.hide()
        grey(self._centre.stack, "")
        if had_focus:  # a user who types or drags a slider beside it is not interrupted
            self._centre.take_focus()

    def _follow(self) -> None:
        place = self._centre.stack.geometry()
        room = max(1, (place.width() - 2 * MARGIN + GAP) // (WIDTH + GAP))
        lines = ceil(len(self.cards) / min(room, MOST))
        columns = ceil(len(self.cards) / max(1, lines))  # lines of equal length; the heading has their width
        self._page.setMaximumWidth(columns * (WIDTH + GAP) - GAP + 2 * MARGIN)
        self.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched is self._centre.stack:
            self._follow()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))


class _Flowing(TallScroll):
    """Cards in lines, as high as needed."""

    def _least(self, width: int) -> int:
        content = self.widget()
        layout = content.layout() if content is not None else None
        return layout.heightForWidth(width) if layout is not None else 0


class BundledModels(QObject):
    """Offers the bundled models. open_model(path): called with the choice."""

    def __init__(self, centre: Centre, settings: Settings, pictures: ModelPictures, open_model: Callable[[Path], object]) -> None:
        super().__init__(centre)
        self._centre, self._settings, self._pictures, self._open_model = centre, settings, pictures, open_model
        self.page: BundledModelsPage | None = None
        pictures.ready.connect(self._take_picture)
        centre.shown.connect(lambda _: self.close())

    @property
    def is_open(self) -> bool:
        """Whether the page is shown."""
        return self.page is not None and not self.page.isHidden()

    def offer_once(self) -> None:
        """Show the page at a first start, if there is more than one model."""
        if self._settings.flag(SHOWN):
            return
        self._settings.keep(SHOWN, True)
        self.open(least=2)

    def open(self, least: int = 1) -> None:
        """Show the page, if there are at least `least` models."""
        from zscape.models.files.library import listing

        models = [(entry.path, entry.spec) for entry in listing() if entry.origin == "bundled"]
        if len(models) < least:
            return
        if self.page is None:
            self.page = BundledModelsPage(self._centre)
            self.page.chosen.connect(self._choose)
            self.page.left.connect(self.close)
        self.page.fill(models)
        for path, card in self.page.cards.items():
            card.show_picture(self._pictures.picture(path))
        self.page.open()
        self._pictures.draw(self.page.cards)

    def close(self) -> None:
        """Hide the page."""
        if self.is_open and self.page is not None:
            self.page.close_page()

    def _choose(self, path: Path) -> None:
        self.close()
        self._open_model(path)

    def _take_picture(self, path: Path) -> None:
        if self.page is not None and path in self.page.cards:
            self.page.cards[path].show_picture(self._pictures.picture(path))
