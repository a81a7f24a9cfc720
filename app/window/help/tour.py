"""A one-minute tour of the window: a few steps, each beside the control it explains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QTabBar, QToolButton, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.widgets.tour_card import Ring, TourCard
from zscape.resources import sections

OFFERED = "tour_offered"
"""The setting of whether the tour was offered."""


Target = Callable[[QMainWindow], QRect | None]
"""The place in the window that a step points to, None if it is not visible."""


@dataclass(frozen=True)
class Step:
    """title: a section of resources/tour.md, which has the text. view: the view to show, "" for any."""

    title: str
    target: Target
    view: str = ""


def _named(name: str) -> Target:
    """The control with the accessible name `name`."""

    def find(window: QMainWindow) -> QRect | None:
        return _place(next((each for each in window.findChildren(QWidget) if each.accessibleName() == name), None), window)

    return find


def _panel(name: str) -> Target:
    return lambda window: _place(window.findChild(QDockWidget, name), window)


def _tab(view: str) -> Target:
    def find(window: QMainWindow) -> QRect | None:
        for tabs in window.findChildren(QTabBar):
            for index in range(tabs.count()):
                if tabs.tabData(index) == view and tabs.isVisible():
                    place = tabs.tabRect(index).intersected(tabs.rect())
                    return QRect(tabs.mapTo(window, place.topLeft()), place.size()) if place.isValid() else None
        return None

    return find


def _place(widget: QWidget | None, window: QWidget) -> QRect | None:
    """The visible part of `widget`, which is scrolled into sight if necessary."""
    if widget is None or not widget.isVisible():
        return None
    above: list[QWidget] = []
    while (parent := (above[-1] if above else widget).parentWidget()) is not None and parent is not window:
        above.append(parent)
    for area in above:
        if isinstance(area, TallScroll):
            area.reveal(widget)
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    for each in above:
        place = place.intersected(QRect(each.mapTo(window, QPoint(0, 0)), each.size()))
    return place if place.isValid() else None


STEPS = (
    Step("A model draws all of this", lambda window: _place(window.centralWidget(), window), "class-sweep"),
    Step("Another latent", _named("Re-roll")),
    Step("Number by number", _named("Coordinates")),
    Step("Typical or unusual", _named("Truncation slider")),
    Step("What is drawn", _panel("classes")),
    Step("Keep what you like", _panel("shelf")),
    Step("A picture of your own", _tab("restyle")),
    Step("More", _named("Help")),
)


class Tour(QObject):
    """The tour of one window. It is offered once, at the first start, and can be started at any time."""

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        show_view: Callable[[str], object],
        show_offer: Callable[[QWidget], object],
        stop_film: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._show_view, self._show_offer = window, settings, show_view, show_offer
        self._stop_film = stop_film
        self._step = -1
        self.offer = QWidget()

    @cached_property
    def ring(self) -> Ring:
        """The ring around what the step explains; created when the tour starts."""
        return Ring(self._window)

    @cached_property
    def card(self) -> TourCard:
        """The card with the text of the step."""
        card = TourCard(self._window)
        card.next_asked.connect(lambda: self._go(self._step + 1))
        card.back_asked.connect(lambda: self._go(self._step - 1))
        card.end_asked.connect(self.end)
        self._window.installEventFilter(self)
        return card

    def offer_once(self) -> None:
        """Offer the tour in the status bar, unless it was offered at an earlier start."""
        if self._settings.flag(OFFERED):
            return
        self._settings.keep(OFFERED, True)
        row = QHBoxLayout(self.offer)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        yes, no = QToolButton(), QToolButton()
        for button, words in ((yes, "Take the tour"), (no, "No, thanks")):
            button.setText(words)
            button.setProperty("role", "link")  # only as high as a line of text, so that the bar does not grow
        yes.setToolTip("See in a minute what the window can do; the Help menu has it at any time")
        no.setToolTip("Close this line; the Help menu has the tour at any time")
        yes.clicked.connect(self.start)
        no.clicked.connect(self.offer.hide)
        for each in (QLabel("New here?"), yes, no):
            row.addWidget(each)
        self._show_offer(self.offer)

    @property
    def running(self) -> bool:
        """Whether a step is shown."""
        return self._step >= 0

    def start(self) -> None:
        """Start with the first step."""
        self.offer.hide()
        self._stop_film()  # the steps explain the current point
        self._go(0)

    def end(self) -> None:
        """Remove card and ring."""
        if self.running:
            self._step = -1
            self.card.hide()
            self.ring.hide()

    def _go(self, number: int) -> None:
        if number >= len(STEPS):
            self.end()
            return
        self._step, step = number, STEPS[number]
        if step.view:
            self._show_view(step.view)
        self.card.tell(step.title, sections("tour")[step.title], number + 1, len(STEPS))
        self._point()
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _point(self) -> None:
        place = STEPS[self._step].target(self._window)
        if place is None:
            self.ring.hide()
        else:
            self.ring.surround(place)
        self.card.stand_beside(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.running and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._point()
        return False
