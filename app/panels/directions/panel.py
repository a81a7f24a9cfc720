"""The directions panel: a slider for each direction of the open model, and locks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from zscape.app.panels.base import Panel
from zscape.app.panels.directions.line import DirectionsLine
from zscape.app.panels.directions.own import OwnDirections
from zscape.app.panels.directions.strip import DirectionStrip
from zscape.app.panels.directions.words import about
from zscape.app.state.directions_state import DirectionsState
from zscape.app.widgets.asking import ask_words
from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.tall_scroll import SPARE
from zscape.app.widgets.numbers.number_list import Entry, NumberList
from zscape.app.widgets.numbers.number_row import HEIGHT
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.directions.direction_finder import DirectionFinder
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction, in_layers
from zscape.models.inputs.kinds.styles import ZONES, Styles
from zscape.models.sweeps.direction import DirectionSweep, amount_along, moved_along

RANGE, LIMITS = (-3.0, 3.0), (-20.0, 20.0)
"""In standard deviations: the range of the sliders, and of typed values."""
TINY = 5e-3
"""Smaller amounts are shown as 0.00: along a locked direction they are rounding errors."""


class DirectionsPanel(Panel):
    """Sliders in standard deviations, locks, a filmstrip, and the user's own directions.

    known: the directions of the open model, in the order of the sliders.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.gesture = Gesture(context.session, context.jobs)
        self.finder = DirectionFinder(context, self)
        self.held = context.held
        self.own = OwnDirections(context, self)
        self.known: tuple[Direction, ...] = ()
        self._chosen = ""  # the direction of the filmstrip
        self.line = DirectionsLine(self.own.menu(self.finder.start))
        self.column.setSpacing(4)  # the rows have space of their own
        self.column.addWidget(self.line, 0, Qt.AlignmentFlag.AlignTop)
        self.drift = QLabel()
        self.drift.setProperty("role", "small")
        self.drift.setWordWrap(True)
        self.drift.setToolTip("How far locked attributes have moved nevertheless, in standard deviations")
        self.column.addWidget(self.drift)
        self.rows = NumberList(RANGE, LIMITS, label_width=60, least=1)
        self.rows.setAccessibleName("Directions")
        self.column.addWidget(self.rows, 1)
        self.strip = DirectionStrip(context)
        self.column.addWidget(self.strip)
        self.words = QLabel()  # shown if there are no directions
        self.words.setProperty("role", "dim")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.addWidget(self.words)
        self.rows.valueChanged.connect(self._move)
        self.rows.sliderPressed.connect(self.gesture.begin)
        self.rows.sliderReleased.connect(self.gesture.end)
        self.rows.reset_asked.connect(lambda place: self._move(place, 0.0))
        self.rows.entered.connect(lambda place: self.choose(self.known[place].name))
        self.rows.menu_asked.connect(self._ask_menu)
        self.line.layers_chosen.connect(self._choose_layers)
        self.line.layers_asked.connect(self._ask_layers)
        self.line.lock_toggled.connect(self.toggle_lock)
        self.line.reset_asked.connect(self.reset_all)
        self.line.search_asked.connect(lambda: self.finder.stop() if self.finder.busy else self.finder.start())
        self.strip.chosen.connect(self._go_to)
        self.strip.menu_asked.connect(lambda: self._ask_menu(self._place(), QCursor.pos()))
        self.finder.changed.connect(self._often.throttle)
        self.held.drift_changed.connect(self._show_drift)
        self.own.made.connect(self._show_new)
        self.refresh()

    # What is shown.

    @property
    def busy(self) -> bool:
        """Whether the filmstrip is being drawn."""
        return self.strip.busy

    @property
    def state(self) -> DirectionsState:
        """The panel's state in the scene."""
        return self.session.scene.view(DirectionsState)

    @property
    def locked(self) -> tuple[str, ...]:
        """The locked directions of the open model."""
        names = self.state.names
        return tuple(each.name for each in self.known if each.name in names)

    @property
    def chosen(self) -> Direction | None:
        """The direction of the filmstrip."""
        return next((each for each in self.known if each.name == self._chosen), self.known[0] if self.known else None)

    def name_of(self, direction: Direction) -> str:
        """The name of `direction` in recipes, for the selected layers."""
        space = self.session.space
        styled = space is not None and isinstance(space.input(direction.input), Styles)
        return in_layers(direction.name, self.state.layers if styled else "")

    def amount(self, direction: Direction) -> float:
        """How far the current point is moved along `direction` in the selected layers."""
        space = self.session.space
        return amount_along(self.session.point, self.name_of(direction), space) if space else 0.0

    def minimumSizeHint(self) -> QSize:
        """Two sliders; the filmstrip takes the space of the second."""
        return super().minimumSizeHint() + QSize(0, int(self.property(SPARE) or 0))

    @property
    def most(self) -> int | None:
        lists = self.rows.sizeHint().height() - self.rows.minimumSizeHint().height() if self.known else 0
        return super().minimumSizeHint().height() + lists

    @property
    def least(self) -> int:
        """Enough to show a slider and its filmstrip together."""
        return self.minimumSizeHint().height()

    def refresh(self) -> None:
        space = self.session.space
        if space is None:
            return
        known = tuple(space.directions.values())
        if known != self.known:
            self.known = known
            self.setProperty(SPARE, HEIGHT if len(known) > 1 else 0)
            self._list()
        self._show_line(bool(known))
        amounts = [self.amount(each) for each in known]
        moved = {place for place, amount in enumerate(amounts) if amount}
        self.rows.show_values(amounts, moved)
        moved_any = any(True for _ in self._moves())
        grey(self.line.reset_button, "" if moved_any else "No direction has been moved")
        self._show_drift()
        self._show_strip()

    def _show_line(self, any_known: bool) -> None:
        space, busy = self.session.space, self.finder.busy
        styled = space is not None and any(isinstance(space.input(each.input), Styles) for each in self.known)
        self.line.show_layers(styled, self.state.layers)
        self.line.show_locked(self.locked)
        self.line.show_search(any_known, busy, self.finder.words, self.finder.short)
        for widget in (self.rows, self.strip):
            widget.setVisible(any_known)
        self.words.setText("" if busy else self.finder.words)
        self.words.setVisible(not any_known and bool(self.words.text()))

    def _show_drift(self) -> None:
        locked, drift = self.locked, self.held.drift
        words = [f"{name} {round(drift[name], 2) + 0.0:+.2f}" if name in drift else name for name in locked]
        self.drift.setVisible(bool(locked))
        self.drift.setText(f"Held: {', '.join(words)}")

    def _show_strip(self) -> None:
        each, space = self.chosen, self.session.space
        if each is None or space is None:
            return
        name, amount = self.name_of(each), self.amount(each)
        also = tuple(self._back(each, 1.0).items())
        centre = moved_along(self.session.point, {name: -amount, **{other: -amount * share for other, share in also}}, space)
        found = [each.method, str(each.provenance.get("note", ""))]
        tip = "\n".join(filter(None, [f"{each.name}: 1 is 1 of its {each.unit}", *found]))
        self.strip.show_direction(name, tip, DirectionSweep(centre, (), name, *RANGE, also=also), amount)

    def _list(self) -> None:
        self.rows.set_entries(
            [Entry(place, each.name, f"direction {each.name}", about(each)) for place, each in enumerate(self.known)]
        )
        self.line.list_locks(each.name for each in self.known)

    # Actions.

    def choose(self, name: str) -> None:
        """Show the filmstrip of a direction."""
        if name != self._chosen:
            self._chosen = name
            self._show_strip()

    def _show_new(self, name: str) -> None:
        """Show the filmstrip of a new direction, scroll to its slider and give it the focus."""
        self.choose(name)
        QTimer.singleShot(0, self, lambda: self.rows.focus_on(self._place()) if self.chosen is not None else None)

    def _place(self) -> int:
        return next((place for place, each in enumerate(self.known) if each is self.chosen), -1)

    def _ask_menu(self, place: int, where: QPoint) -> None:
        if not 0 <= place < len(self.known):
            return
        each = self.known[place]
        self.choose(each.name)
        menu = self.own.menu_of(each, each.name in self.locked, partial(self.toggle_lock, each.name))
        pop_up(menu, where)

    def toggle_lock(self, name: str, *_: object) -> None:
        """Lock or unlock a direction."""
        state = self.state.toggled(name)
        self.held.forget()
        self.session.edit_view(f"{'lock' if name in state.names else 'unlock'} {name}", state)

    def _ask_layers(self) -> None:
        """Ask for layers by number."""
        styles = self.session.space.styles if self.session.space else None
        if styles is None:
            return
        last = styles.layers - 1
        before = self.state.layers or f"0-{last}"
        words = ask_words(self, "Layers that directions move", f"From 0 to {last}, such as 0,2 or 0-{last}:", "Choose", before)
        try:
            chosen = styles.layers_of(words) if words is not None else ()
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            chosen = ()
        if chosen:
            known = {styles.zone(zone): zone for zone in ZONES} | {tuple(range(styles.layers)): ""}
            self._choose_layers(known.get(chosen, ",".join(map(str, chosen))))
        self.line.show_layers(True, self.state.layers)  # restores the current layers if nothing else was chosen

    def _choose_layers(self, layers: str) -> None:
        self.held.forget()
        self.session.edit_view("choose layers", DirectionsState(self.state.names, layers))

    def _moves(self) -> list[tuple[str, str, float]]:
        """(input, direction, amount) of all moves of the current point, in any layers."""
        space = self.session.space
        inputs = space.inputs if space else ()
        return [
            (each.name, name, amount) for each in inputs for name, amount in getattr(self.session.point.value(each), "moves", ())
        ]

    def reset_all(self) -> None:
        """Remove all moves along directions."""
        point, space = self.session.point, self.session.space
        if space is None:
            return
        for target, name, _ in self._moves():
            value = point.value(space.input(target))
            point = point.with_value(target, value.with_move(name, 0.0))  # type: ignore[attr-defined]
        self.held.forget()
        self.session.edit_point("reset the directions", point)

    def _go_to(self, amount: float) -> None:
        place = self._place()
        if place >= 0:
            self.gesture.end()  # a click is a separate undo step
            self._move(place, amount)

    def _back(self, direction: Direction, way: float) -> dict[str, float]:
        """The moves along the locked directions that, to first order, cancel the effect of moving `way` along `direction`."""
        from zscape.models.directions.lock import compensation

        space = self.session.space
        if space is None or not self.state.names:
            return {}
        same = [name for name in self.locked if space.directions[name].input == direction.input]
        back = compensation({direction.name: way}, space.directions, same)
        return {self.name_of(space.directions[name]): more for name, more in back.items()}

    def _move(self, place: int, amount: float) -> None:
        each, space, point = self.known[place], self.session.space, self.session.point
        if space is None:
            return
        self._chosen = each.name
        way = amount - self.amount(each)
        steps = {self.name_of(each): way}
        for name, more in self._back(each, way).items():
            own = amount_along(point, name, space)
            steps[name] = -own if abs(own + more) < TINY and not amount else more
        held = [
            space.directions[name] for name in self.locked if name != each.name and space.directions[name].input == each.input
        ]
        layers = self.state.layers if isinstance(space.input(each.input), Styles) else ""
        self.held.move(f"move along {each.name}", moved_along(point, steps, space), self.gesture.move(each.name), held, layers)
