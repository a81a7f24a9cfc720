"""The paint view's state, and the actions it offers for tiles of any sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState, fits, fitting
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.models.inference.paint import Canvas
    from zscape.models.media.wishes import Wishes


@dataclass(frozen=True)
class PaintState(ViewState):
    """start: the point whose picture is painted on, None for the current point as long as nothing is painted; for a photograph
    the point that was found for it, None until then. photo: the photograph, prepared for the model. empty: whether the paper is
    empty. any_class: whether the class is found too, on empty paper. colours, weights: the paint (see models.media.wishes).
    found: the point that matches it, None until there is one. agreed: whether it was found for exactly this paint. rest: how
    strictly unpainted areas are kept, 0 to 1. only_painted: whether a photograph changes only where painted. variant: of the
    search's start.
    """

    start: Recipe | None = None
    photo: PictureValue | None = None
    empty: bool = False
    any_class: bool = False
    colours: PictureValue | None = None
    weights: PictureValue | None = None
    found: Recipe | None = None
    agreed: bool = True
    rest: float = 0.5
    only_painted: bool = False
    variant: int = 0

    view = "paint"

    def __post_init__(self) -> None:
        if not 0 <= self.rest <= 1 or self.variant < 0:
            raise ValueError("paint with rest or variant out of range")
        if (self.colours is None) != (self.weights is None):
            raise ValueError("paint without its colours or its weights")
        if self.colours is not None and self.weights is not None:
            size = (self.colours.height, self.colours.width)
            if size != (self.weights.height, self.weights.width) or self.weights.channels != 3:
                raise ValueError("paint whose colours and weights are not of one size")

    def fit(self, space: Space, same_classes: bool) -> Self:
        starts = self.start is None or fits(self.start, space, same_classes)
        if not same_classes or not starts:
            return replace(type(self)(), rest=self.rest, only_painted=self.only_painted)
        found = fitting(self.found, space, same_classes, None)
        return replace(self, found=found, agreed=self.agreed and (found is not None or self.untouched))

    def to_hand_on(self) -> Self:
        """The same without the photograph, and the paint on it."""
        return self if self.photo is None else type(self)(rest=self.rest, only_painted=self.only_painted)

    @property
    def untouched(self) -> bool:
        """Whether nothing is painted."""
        return self.weights is None

    def suits(self, shape: tuple[int, int, int]) -> bool:
        """Whether paint and photograph have a model's image shape (C, H, W)."""
        channels, height, width = shape
        kept = (each for each in (self.colours, self.photo) if each is not None)
        return all((each.channels, each.height, each.width) == (channels, height, width) for each in kept)

    def wishes(self, shape: tuple[int, int, int]) -> Wishes:
        """The paint; empty if there is none."""
        from zscape.models.media.wishes import Wishes

        if self.colours is None or self.weights is None:
            return Wishes.none(shape[1], shape[2], shape[0])
        return Wishes(self.colours.array, self.weights.array)

    def with_wishes(self, wishes: Wishes) -> PaintState:
        """The same with other paint."""
        if wishes.empty:
            return replace(self, colours=None, weights=None, found=None, agreed=True)
        return replace(self, colours=PictureValue.of(wishes.colours), weights=PictureValue.of(wishes.weights), agreed=False)

    @property
    def asked(self) -> tuple[object, ...]:
        """Everything that the result depends on."""
        said = (self.start, self.photo, self.empty, self.any_class, self.colours, self.weights)
        return (*said, self.rest, self.variant)

    def canvas(self, point: Recipe) -> Canvas:
        """What is painted on; the current point unless something else is set."""
        from zscape.models.inference.paint import Canvas

        photo = None if self.photo is None else self.photo.array
        return Canvas(self.start or point, self.empty, photo, self.any_class, self.rest)


def lacks(space: Space) -> str:
    """Why a model cannot be painted with, "" if it can."""
    return "" if space.first(Latent) else "The open model has no latent, which painting would change"


def _paint_on(session: Session, tile: Tile) -> None:
    kept = session.scene.view(PaintState)
    session.edit_view("paint on tile", PaintState(tile.recipe, rest=kept.rest, only_painted=kept.only_painted))
    session.view_requested.emit("paint")


ACTIONS = (
    TileAction("paint", "Paint on it", "Paint on this picture what must be there, what must not, what may change",
               "brush-variant", _paint_on, lacks),
)  # fmt: skip
