"""The views, by name and in the order of their tabs. A view is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One view. title: on its tab. tip: what one does there. target: "module:Class"."""

    title: str
    tip: str
    target: str


VIEWS = {
    "image": Entry("Image", "One picture, as large as the window allows", "zscape.app.views.image:ImageView"),
    "class-sweep": Entry(
        "Class sweep", "One style in every class, morphing from each to the next", "zscape.app.views.class_sweep:ClassSweepView"
    ),
    "style-sweep": Entry(
        "Style sweep", "Every class on the way from one style to another", "zscape.app.views.style_sweep:StyleSweepView"
    ),
    "restyle": Entry("Restyle", "Give it a picture, see every class in that style", "zscape.app.views.restyle.view:RestyleView"),
    "arithmetic": Entry(
        "Arithmetic", "A − B + C: carry a difference from one point to another", "zscape.app.views.arithmetic:ArithmeticView"
    ),
    "train": Entry("Train", "Train a model and explore it while it learns", "zscape.app.views.train.view:TrainView"),
}
FIRST = "class-sweep"
"""What a first-time visitor sees."""
