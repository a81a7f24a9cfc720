"""Saves and loads unit edits of the current point. A failure raises ZscapeError and changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.files.units_file import load_units, save_units
from zscape.models.inputs.units import UNIT_EDITS, UNITS

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


def open_units(context: Context, path: Path) -> None:
    """Replace the unit edits of the current point by those in a file, if they belong to the open model."""
    session = context.session
    value = load_units(path, _open_model(context).spec)
    context.settings.keep_folder(path)
    session.edit_point("open unit edits", session.point.with_value(UNIT_EDITS, value))
    session.message.emit(f"The current point has {UNITS.describe(value) or 'no units edited'}, as {path.name} says.", False)


def keep_units(context: Context, path: Path) -> None:
    """Write the unit edits of the current point."""
    save_units(path, _open_model(context).spec, UNITS.said(context.session.point))
    context.settings.keep_folder(path)
    context.session.message.emit(f"Saved {path.name}: it opens with the same model, and with zscape sample --units.", False)


def _open_model(context: Context) -> Model:
    model = context.session.model
    if model is None:
        raise ZscapeError("Unit edits need a model: open one first.")
    return model
