"""Actions on single pictures of the map: slow ones are dropped if another model is opened meanwhile."""

from types import SimpleNamespace

import numpy as np
from PySide6.QtWidgets import QWidget
from stage import give_model, held_back, small_model

from zscape.app.views.map.picture_actions import PictureActions


def test_a_picture_found_while_another_model_is_opened_changes_nothing(qtbot, context, monkeypatch):
    go_on = held_back(monkeypatch, "zscape.models.inference.encoding.encode")
    collection = SimpleNamespace(images=np.zeros((1, 28, 28, 1), np.uint8))
    shown = SimpleNamespace(pictures=SimpleNamespace(recipe=lambda _: None, collection=collection))
    parent = QWidget()
    qtbot.addWidget(parent)
    give_model(qtbot, context, small_model())
    actions, before = PictureActions(context, shown, parent), context.session.point
    actions.go(0)
    give_model(qtbot, context, small_model(seed=1))
    go_on.set()
    qtbot.waitUntil(lambda: not context.jobs.jobs, timeout=20_000)
    assert context.session.point == before
    actions.go(0)
    qtbot.waitUntil(lambda: context.session.point != before, timeout=20_000)
