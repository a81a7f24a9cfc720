"""The panels around the picture. They are imported after the first paint; what their docks need is here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One panel. title: on its dock. side: where it stands at first. target: "module:Class". tip: what it is for."""

    title: str
    side: str
    target: str
    tip: str


PANELS = {
    "latent": Entry("Latent", "left", "zscape.app.panels.latent:LatentPanel", "Where in the latent space the current point lies"),
    "classes": Entry("Classes", "left", "zscape.app.panels.classes:ClassesPanel", "Which class is drawn, or a mixture of them"),
    "shelf": Entry("Shelf", "right", "zscape.app.panels.shelf:ShelfPanel", "Points you have kept"),
    "about": Entry(
        "About this tile", "right", "zscape.app.panels.about:AboutPanel", "The tile under the mouse, and what to do with it"
    ),
    "model": Entry("Model", "right", "zscape.app.panels.model_info:ModelPanel", "What the open model is and how good it is"),
}
"""Every panel by name, from the top down."""
