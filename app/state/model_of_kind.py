"""Finds a model for a kind of scene whose model this window has not opened: an old session names only the kind."""

from __future__ import annotations

from zscape.app.state.documents import OpenModel
from zscape.app.state.kind import Kind


def model_of(kind: Kind) -> OpenModel | None:
    """The first model in the library that can draw scenes of `kind`, None if there is none."""
    from zscape.models.files.library import listing  # slow to import: not before the first paint

    like = (entry for entry in listing() if Kind(entry.spec.inputs).akin(kind))
    return next((OpenModel(entry.called, entry.spec.run, entry.path, None) for entry in like), None)


def words_of(kind: Kind, model: OpenModel | None) -> str:
    """A phrase for the models of `kind`: the name of `model`, which is one of them, if given."""
    return model.name if model is not None else f"models of {kind}"
