"""The layers view by mouse and keyboard, checked in its pixels."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from layers_stage import LAST, click, drawn, edits, middle, ranked
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from stage import open_file
from torch import nn

import zscape
from zscape.app.views.layers.state import LayersState
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.inputs.units import NOTHING, UNIT_EDITS, Setting


@pytest.fixture(scope="module")
def judged_model(tiny_model, tmp_path_factory):
    """The same model with a discriminator."""
    model = load_model(tiny_model)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model.discriminator = FAMILIES["dcgan"].discriminator(model.generator.config).eval()
    path = tmp_path_factory.mktemp("judged") / "judged.safetensors"
    save_model(path, model)
    return path


def test_every_unit_has_a_tile_and_the_strip_stays_in_sight_in_the_smallest_window(qtbot, window):
    view = ranked(qtbot, window.show_view("layers"))
    assert view.units.order == (0, 1, 2, 3)
    assert [view.strip.layer.itemText(place) for place in range(view.strip.layer.count())] == [
        "1: 7 × 7, 8 units",
        "2: 14 × 14, 4 units",
    ]
    picture = drawn(qtbot, view)
    image = window.show_view("image")
    qtbot.waitUntil(lambda: image.sheet.frame is not None, timeout=10_000)
    assert np.array_equal(image.sheet.frame.images[0], picture)
    window.show_view("layers")
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.size() == window.minimumSize())
    strip = (view.strip.layer, view.strip.order, view.strip.judged)
    qtbot.waitUntil(lambda: all(each.visibleRegion().boundingRect() == each.rect() for each in strip))


def test_units_are_selected_by_drag_and_by_key(qtbot, view):
    units = view.units
    qtbot.mousePress(units, Qt.MouseButton.LeftButton, pos=middle(view, 0))
    qtbot.mouseMove(units, middle(view, 2))
    qtbot.mouseRelease(units, Qt.MouseButton.LeftButton, pos=middle(view, 2))
    assert units.selected >= {0, 2}
    units.setFocus()
    qtbot.keyClick(units, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert units.selected == {0, 1, 2, 3}
    qtbot.keyClick(units, Qt.Key.Key_Escape)
    assert not units.selected
    assert not view.box.rows["gain"].isEnabled()
    click(qtbot, view, 0)
    qtbot.keyClick(units, Qt.Key.Key_Right)
    assert units.selected == {1}
    qtbot.keyClick(units, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert len(units.selected) == 2
    qtbot.keyClick(units, Qt.Key.Key_Space)
    assert len(units.selected) == 1
    qtbot.mouseClick(units, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert not units.selected


def test_another_layer_is_shown_kept_and_undone(qtbot, view):
    view.strip.layer.setCurrentIndex(0)
    view.strip.layer.activated.emit(0)
    qtbot.waitUntil(lambda: len(view.units.order) == 8, timeout=10_000)
    assert view.session.scene.view(LayersState).layer == "norms.0"
    view.session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(view.units.order) == 4, timeout=10_000)


def sort_by(view, order):
    place = view.strip.order.findData(order)
    view.strip.order.setCurrentIndex(place)
    view.strip.order.activated.emit(place)


def test_units_are_sorted_by_what_they_do(qtbot, view):
    order = view.strip.order
    assert [order.itemData(place) for place in range(order.count())][:4] == ["", "activity", "change", "slant"]
    sort_by(view, "activity")
    activity = view.seen.activity
    assert list(activity[list(view.units.order)]) == sorted(activity, reverse=True)
    order.setCurrentIndex(2)
    order.activated.emit(2)
    qtbot.waitUntil(lambda: bool(view.ranking.effects(LAST)), timeout=30_000)
    effects = view.ranking.effects(LAST)["change"]
    assert list(view.units.order) == list(np.argsort(-effects, kind="stable"))
    assert f"change {effects[2]:.3f}" in view.caption(2)
    assert effects.min() > 0
    qtbot.waitUntil(lambda: not view.ranking.busy, timeout=10_000)
    order.activated.emit(3)  # one measurement covers all attributes


def test_measuring_can_be_stopped(qtbot, view):
    sort_by(view, "slant")
    assert view.ranking.busy
    qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.context.jobs.jobs, timeout=20_000)
    assert view.state.order == ""
    assert not view.strip.stop.isVisible()


def test_what_plays_moves_the_units_too(qtbot, view):
    still = view.seen
    other = view.session.point.with_value(UNIT_EDITS, NOTHING.with_units(LAST, [0], gain=0.0))
    view.context.moment.show(lambda sweep: replace(sweep, centre=other), moving=True)
    qtbot.waitUntil(lambda: view.seen is not still and view.seen.activity[0] == 0, timeout=10_000)
    assert view.session.point.get(UNIT_EDITS) is None
    view.context.moment.show(None)
    qtbot.waitUntil(lambda: view.seen.activity[0] > 0, timeout=10_000)


def test_a_model_without_activation_maps_shows_a_note(qtbot, view):
    renderer = view.context.renderer
    net = nn.Sequential(nn.Linear(4, 36), nn.Unflatten(1, (1, 6, 6)), nn.Tanh()).eval()
    click(qtbot, view, 1)
    qtbot.mouseClick(view.box.off, Qt.MouseButton.LeftButton)
    before = view.session.model
    renderer.adopt(zscape.wrap(net, inputs=[zscape.Latent("z", 4)], image_range=(-1, 1), name="flat").inner)
    qtbot.waitUntil(lambda: view.seen.layer is None and not view.units.order, timeout=10_000)
    assert "no layers" in view.units.words
    assert not view.strip.layer.isEnabled()
    assert not view.units.selected
    assert view.session.point.get(UNIT_EDITS) is None  # edits stay with the kind of model they were made for
    renderer.adopt(before)
    qtbot.waitUntil(lambda: view.units.order == (0, 1, 2, 3), timeout=10_000)
    assert edits(view) == {1: Setting(gain=0.0)}
    assert view.strip.layer.isEnabled()


def test_a_model_without_a_discriminator_says_so(view):
    assert not view.strip.judged.isEnabled()
    assert view.strip.opinion.text() == "none in this model"
    assert "model of a training run" in view.strip.judged.toolTip()


def test_discriminator_score_and_gradient_are_shown(qtbot, view, judged_model):
    open_file(qtbot, view.context, judged_model)
    drawn(qtbot, view)
    plain = view.sheet.grab().toImage()
    qtbot.mouseClick(view.strip.judged, Qt.MouseButton.LeftButton, pos=QPoint(8, view.strip.judged.height() // 2))
    assert view.state.judged
    qtbot.waitUntil(lambda: view.sheet.has_gradient, timeout=10_000)
    logit = float(view.seen.opinion.logits[0])
    assert view.strip.opinion.text() == f"{logit:+.2f}, {'real' if logit > 0 else 'generated'}"
    coloured = view.sheet.grab().toImage()
    place = view.sheet.picture_rect()
    sizes = place.width() / 28, place.height() / 28
    spots = [(int(place.x() + (k % 28 + 0.5) * sizes[0]), int(place.y() + (k // 28 + 0.5) * sizes[1])) for k in range(28 * 28)]

    def grey(image):
        colours = [QColor(image.pixel(*spot)) for spot in spots]
        return np.mean([abs(each.red() - each.blue()) < 12 for each in colours])

    assert grey(plain) == 1
    assert grey(coloured) < 0.9
    view.session.undo_stack.undo()
    qtbot.waitUntil(lambda: not view.sheet.has_gradient and not view.strip.judged.isChecked(), timeout=10_000)
