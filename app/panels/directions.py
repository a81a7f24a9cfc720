"""The directions panel: a slider for each direction that the open model knows, and what stays while one is moved."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from zscape.app.panels.base import Panel
from zscape.app.state.locked_directions import LockedDirections
from zscape.app.widgets.number_list import Entry, NumberList
from zscape.app.widgets.theme import set_icon
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.styles import StylesValue

RANGE, LIMITS = (-3.0, 3.0), (-20.0, 20.0)
"""Standard deviations: of the sliders, and of what can be typed."""
TINY = 5e-3
"""Less is shown as 0.00: what is left of a lock that far from any move is rounding."""


class DirectionsPanel(Panel):
    """Sliders in standard deviations, what is locked, and a button that puts all back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.gesture = Gesture(context.session, context.jobs)
        self._known: tuple[Direction, ...] = ()
        line = QHBoxLayout()
        line.setSpacing(8)
        self.lock = QToolButton()
        self.lock.setProperty("role", "framed")
        self.lock.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.lock.setToolTip("Choose directions whose effect is held on average: the others are made orthogonal to them")
        self.lock.setAccessibleName("Locked directions")
        self.menu = QMenu(self.lock)
        self.lock.setMenu(self.menu)
        self.reset_button = QToolButton()
        set_icon(self.reset_button, "mdi6.restore")
        self.reset_button.setAccessibleName("Reset all directions")
        self.reset_button.setToolTip("Move along no direction; double-click a slider to put back one")
        self.reset_button.clicked.connect(self.reset_all)
        self.unit = QLabel("standard deviations")
        self.unit.setProperty("role", "dim")
        line.addWidget(self.unit, 1)
        line.addWidget(self.lock)
        line.addWidget(self.reset_button)
        self.column.addLayout(line)
        self.rows = NumberList(RANGE, LIMITS, label_width=60)
        self.rows.setAccessibleName("Directions")
        self.column.addWidget(self.rows, 1)
        self.rows.valueChanged.connect(self._move)
        self.rows.sliderPressed.connect(self.gesture.begin)
        self.rows.sliderReleased.connect(self.gesture.end)
        self.rows.reset_asked.connect(lambda place: self._move(place, 0.0))
        self.refresh()

    @property
    def locked(self) -> tuple[str, ...]:
        """The directions of the open model that are locked."""
        names = self.session.scene.view(LockedDirections).names
        return tuple(each.name for each in self._known if each.name in names)

    def amount(self, direction: Direction) -> float:
        """How far the current point is moved along `direction`."""
        return self._amount(self.session.point, direction)

    def _amount(self, point: Recipe, direction: Direction) -> float:
        space = self.session.space
        value = point.value(space.input(direction.input)) if space else None
        return dict(value.moves).get(direction.name, 0.0) if isinstance(value, LatentValue | StylesValue) else 0.0

    def refresh(self) -> None:
        space = self.session.space
        if space is None:
            return
        known = tuple(space.directions.values())
        if known != self._known:
            self._known = known
            self._list()
        amounts = [self.amount(each) for each in known]
        moved = {place for place, amount in enumerate(amounts) if amount}
        self.rows.show_values(amounts, moved)
        self.reset_button.setEnabled(bool(moved))
        locked = self.locked
        self.lock.setText(f"{len(locked)} locked" if locked else "Lock")
        for action in self.menu.actions():
            action.setChecked(action.text() in locked)

    def _list(self) -> None:
        self.rows.set_entries(
            [
                Entry(
                    place,
                    each.name,
                    f"direction {each.name}",
                    f"Moves the picture along the direction {each.name}, in {each.unit}; double-click to reset",
                )
                for place, each in enumerate(self._known)
            ]
        )
        self.menu.clear()
        for each in self._known:
            action = self.menu.addAction(each.name)
            action.setCheckable(True)
            action.triggered.connect(partial(self.toggle_lock, each.name))

    def toggle_lock(self, name: str, *_: object) -> None:
        """Lock a direction, or set it free."""
        state = self.session.scene.view(LockedDirections).toggled(name)
        self.session.edit_view(f"{'lock' if name in state.names else 'unlock'} {name}", state)

    def reset_all(self) -> None:
        """Move along no direction."""
        point = self.session.point
        for each in self._known:
            point = self._with(point, each, 0.0)
        self.session.edit_point("reset the directions", point)

    def _move(self, place: int, amount: float) -> None:
        from zscape.models.directions.lock import compensation

        each, space, point = self._known[place], self.session.space, self.session.point
        if space is None:
            return
        way = amount - self.amount(each)
        same = [name for name in self.locked if space.directions[name].input == each.input]
        back = compensation({each.name: way}, space.directions, same)
        point = self._with(point, each, amount)
        for name, more in back.items():
            other = space.directions[name]
            after = self._amount(point, other) + more
            point = self._with(point, other, 0.0 if abs(after) < TINY and not amount else after)
        self.session.edit_point(f"move along {each.name}", point, self.gesture.move())

    def _with(self, point: Recipe, direction: Direction, amount: float) -> Recipe:
        space: Space | None = self.session.space
        if space is None:
            return point
        target = space.input(direction.input)
        value = point.value(target)
        assert isinstance(value, LatentValue | StylesValue)
        return point.with_value(target.name, value.with_move(direction.name, amount)) if amount or value.moves else point
