"""The controls below the comparison: the second model, the other point, and the classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from zscape.app.state.scene import Scene
from zscape.app.views.compare.chooser import Chooser
from zscape.app.views.compare.state import SCALES, CompareState
from zscape.app.widgets.pictures.small_slot import SmallSlot
from zscape.app.widgets.strip import Strip
from zscape.app.work.bind import bind
from zscape.app.work.context import Context


class CompareStrip(Strip):
    """choose(second): a model was chosen. keep(label, **changes): changes the view's state. scale: the choice of SCALES."""

    def __init__(self, context: Context, choose: Callable[[str], object], keep: Callable[..., object], scale: QComboBox) -> None:
        super().__init__()
        session, jobs = context.session, context.jobs
        self.chooser = Chooser(lambda: session.model_path, context.settings.last_folder)
        self.chooser.chosen.connect(choose)
        self.anchor = SmallSlot("Other point")
        self.anchor.setToolTip(
            "The point that stays on the right while the left moves: drop a tile here, or click to take the current point"
        )
        self.anchor.taken.connect(lambda recipe: keep("compare with a tile", anchor=recipe))
        self.anchor.clicked.connect(lambda: keep("compare with this point", anchor=session.point))
        self.anchor.emptied.connect(lambda: keep("compare the same point", anchor=None))
        self.same = QPushButton("Same point")
        self.same.setToolTip("Both sides show the current point again")
        self.same.clicked.connect(lambda: keep("compare the same point", anchor=None))
        self.classes = QCheckBox("Every class")
        self.classes.setToolTip("Compare the point in every class, a tile each")

        def with_state(scene: Scene, **changes: Any) -> Scene:
            return scene.with_view(replace(scene.view(CompareState), **changes))

        bind(
            self.classes,
            session,
            jobs,
            "compare classes",
            lambda scene: scene.view(CompareState).classes,
            lambda scene, on: with_state(scene, classes=on),
        )
        bind(
            scale,
            session,
            jobs,
            "scale the difference",
            lambda scene: SCALES.index(scene.view(CompareState).scale),
            lambda scene, place: with_state(scene, scale=SCALES[place]),
        )
        self.add(self.chooser, "With")
        self.add_gap()
        self.add(self.anchor, "Other point")
        self.add(self.same)
        self.add_gap()
        self.add(self.classes)
