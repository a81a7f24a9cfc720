"""A field for the number of tiles of a sweep, bound to the scene."""

from __future__ import annotations

from collections.abc import Callable

from zscape.app.state.sweep_columns import SweepColumns
from zscape.app.widgets.numbers.columns_box import ColumnsBox
from zscape.app.work.bind import bind
from zscape.app.work.context import Context


def columns_box(context: Context, state: type[SweepColumns], class_count: Callable[[], int]) -> ColumnsBox:
    """A field bound to what `state` keeps in the scene. class_count(): the number of classes of the open model."""
    box = ColumnsBox()
    bind(
        box,
        context.session,
        context.jobs,
        "change the columns",
        lambda scene: scene.view(state).tiles_each(class_count()),
        lambda scene, n: scene.with_view(scene.view(state).with_tiles_each(class_count(), n)),
    )
    return box
