"""The model of a kind that this window has not opened: a session of before says the kind, and the models here say which."""

from __future__ import annotations

from zscape.app.state.kind import Kind
from zscape.app.state.steps import OpenModel


def model_of(kind: Kind) -> OpenModel | None:
    """The first model here that draws scenes of `kind`, None where there is none."""
    from zscape.models.files.library import listing  # behind the first paint only

    like = (entry for entry in listing() if Kind(entry.spec.inputs).akin(kind))
    return next((OpenModel(entry.called, entry.spec.run, entry.path, None) for entry in like), None)


def words_of(kind: Kind, model: OpenModel | None) -> str:
    """The models of `kind` in words: by the name of `model`, one of them, where that is known."""
    return model.name if model is not None else f"models of {kind}"
