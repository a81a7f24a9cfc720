"""The arithmetic view's state, and the actions it offers for tiles of any sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState, fitting
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

OPERANDS = ("a", "b", "c")


@dataclass(frozen=True)
class ArithmeticState(ViewState):
    """a, b, c: the operands of A - B + C, None if the user has not set one (then the current point is used).

    keep_norm: whether latents keep the lengths of their operands.
    """

    a: Recipe | None = None
    b: Recipe | None = None
    c: Recipe | None = None
    keep_norm: bool = True

    view = "arithmetic"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return replace(self, **{name: fitting(self.operand(name), space, same_classes, None) for name in OPERANDS})

    def operand(self, name: str) -> Recipe | None:
        """The operand called a, b or c."""
        return {"a": self.a, "b": self.b, "c": self.c}[name]

    def with_operand(self, name: str, recipe: Recipe | None) -> ArithmeticState:
        """The same with another operand."""
        changes: dict[str, Any] = {name: recipe}
        return replace(self, **changes)


def _use(name: str) -> Callable[[Session, Tile], None]:
    def use(session: Session, tile: Tile) -> None:
        state = session.scene.view(ArithmeticState)
        session.edit_view(f"use as {name.upper()}", state.with_operand(name, tile.recipe))
        session.message.emit(f"Arithmetic uses it as {name.upper()} now.", False)

    return use


ACTIONS = tuple(
    TileAction(
        name,
        f"Use as {name.upper()} in Arithmetic",
        f"Make this the {name.upper()} of A - B + C",
        f"alpha-{name}",
        _use(name),
    )
    for name in OPERANDS
)
