"""Making a map in the map view: from which pictures, by which method, and what is shown meanwhile."""

import copy
import importlib.util
import threading
from dataclasses import replace

import numpy as np
import pytest
from map_stage import settled
from PySide6.QtWidgets import QFileDialog
from stage import answer, give_model, open_context, show, small_model

from zscape.app.views.map.maker import MapMaker
from zscape.app.views.map.view import MapView
from zscape.app.widgets.controls.menu_button import ARROW
from zscape.models.errors import ZscapeError
from zscape.models.inference.inside.judge import judged_features
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.maps import make
from zscape.models.maps.reduction import tsne
from zscape.models.media.npz import save_arrays
from zscape.models.progress import Progress, finish


def test_another_likeness_arranges_the_same_pictures_anew(qtbot, view):
    before = view.maker.map
    view.controls.likeness.setCurrentIndex(view.controls.likeness.findData("latent"))
    view.controls.likeness.activated.emit(view.controls.likeness.currentIndex())
    settled(qtbot, view)
    found = view.maker.map
    assert found.likeness == "latent"
    assert found.collection.images is before.collection.images
    view.session.undo_stack.undo()
    assert view.maker.map is before  # kept, not made again
    qtbot.waitUntil(lambda: (view.canvas.points.positions == before.positions).all(), timeout=5000)


def choose_likeness(box, name):
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def test_pictures_are_arranged_and_compared_by_the_discriminator(qtbot, view):
    choose_likeness(view.side.compare, "discriminator")
    qtbot.waitUntil(lambda: view.maker.map.knows_neighbours("discriminator") and view.shown.neighbour(0) >= 0, timeout=20_000)
    judged = view.maker.map.collection.judged
    frame = view.side.sheet.frame
    row = finish(judged_features(view.session.model, frame.images[:1]))[0]
    assert view.shown.neighbour(0) == np.argmin(((judged - row) ** 2).sum(1))
    choose_likeness(view.controls.likeness, "discriminator")
    settled(qtbot, view)
    assert view.maker.map.likeness == "discriminator"
    assert view.maker.map.axes.ways.shape[1] == judged.shape[1]


def test_what_the_model_has_no_means_for_is_disabled_with_a_tip(qtbot, view):
    boxes = view.controls.likeness, view.side.compare
    place = boxes[0].findData("discriminator")
    assert all(box.model().item(place).isEnabled() for box in boxes)
    bare = replace(small_model(encoder=False), discriminator=None)
    give_model(qtbot, view.context, bare)
    qtbot.waitUntil(lambda: not boxes[0].model().item(place).isEnabled(), timeout=20_000)
    settled(qtbot, view)
    for box in boxes:
        for name, words in (("discriminator", "contains no discriminator"), ("latent", "no encoder")):
            item = box.model().item(box.findData(name))
            assert not item.isEnabled()
            assert words in item.toolTip()
        assert box.model().item(0).isEnabled()
    view.want({"likeness": "discriminator"})
    qtbot.waitUntil(lambda: "contains no discriminator" in view.canvas.words, timeout=20_000)
    view.session.undo_stack.undo()
    settled(qtbot, view)
    give_model(qtbot, view.context, small_model())
    qtbot.waitUntil(lambda: boxes[0].model().item(place).isEnabled(), timeout=20_000)
    assert "tells real from drawn" in boxes[0].model().item(place).toolTip()
    settled(qtbot, view)


@pytest.mark.skipif(importlib.util.find_spec("openTSNE") is None, reason="openTSNE is not installed")
def test_tsne_is_made_as_a_job_that_shows_what_it_has_reached(qtbot, view, monkeypatch):
    monkeypatch.setattr(tsne, "EARLY", 60)
    monkeypatch.setattr(tsne, "LATER", 60)
    shown = []
    view.maker.shown.connect(lambda found: shown.append((found.method, found.complete)))
    view.controls.method.setCurrentIndex(view.controls.method.findData("tsne"))
    view.controls.method.activated.emit(view.controls.method.currentIndex())
    qtbot.waitUntil(lambda: ("tsne", True) in shown, timeout=60_000)
    assert ("tsne", False) in shown
    assert view.maker.map.axes is None
    assert view.canvas.marker is not None  # placed among its neighbours


def test_a_saved_map_is_opened_and_one_of_another_model_is_told(qtbot, view, tmp_path):
    with qtbot.waitSignal(view.session.message, timeout=10_000):
        view.export(tmp_path / "m.npz", False)
    positions = view.maker.map.positions
    view.want({"file": str(tmp_path / "m.npz")})
    settled(qtbot, view)
    assert (view.maker.map.positions == positions).all()
    assert view.controls.source.text() == "m.npz" + ARROW
    before, steps = view.state, view.session.undo_stack.count()
    save_arrays(tmp_path / "odd.npz", about=np.array("odd"))
    for changes in ({"file": str(tmp_path / "none.npz")}, {"source": "data", "data": str(tmp_path / "odd.npz"), "file": ""}):
        with qtbot.waitSignal(view.session.message, timeout=10_000) as told:
            view.want(changes)
        assert told.args[1]
        settled(qtbot, view)
        assert (view.state, view.session.undo_stack.count()) == (before, steps), "as if it had not been tried"
        assert (view.maker.map.positions == positions).all()
    view.session.undo_stack.undo()
    settled(qtbot, view)


def test_a_saved_map_is_opened_by_dropping_it_on_the_window(qtbot, window, tmp_path):
    from zscape.app.window.files.file_kind import kind_of
    from zscape.models.maps.collection import Origin
    from zscape.models.maps.files.map_file import save_map
    from zscape.models.maps.make import making
    from zscape.models.progress import finish

    save_map(tmp_path / "m.npz", finish(making(window.session.model, Origin("generated", "", 30))))
    assert kind_of(tmp_path / "m.npz") == "map"
    window.opener.open_file(tmp_path / "m.npz")
    assert window.current_view == "map"
    view = window.views["map"]
    qtbot.waitUntil(lambda: view.maker.map is not None, timeout=20_000)
    assert len(view.maker.map) == 30
    for name, zoomed in (("zoom_in", True), ("fit", False), ("zoom_out", True)):
        window.actions_by_name[name].trigger()
        assert (view.canvas.view.zoom != 1) == zoomed


def test_random_points_are_mapped(qtbot, view, monkeypatch):
    answer(monkeypatch, 40)
    view.controls.ask_count()
    settled(qtbot, view)
    assert len(view.maker.map) == 40
    assert view.controls.source.text() == "40 random points" + ARROW


def test_data_are_chosen_by_a_dialog(qtbot, view, data, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (data, ""))
    view.want({"source": "generated", "count": 20})
    settled(qtbot, view)
    view.controls.ask_data()
    settled(qtbot, view)
    assert len(view.maker.map) == 60


def test_without_opentsne_it_says_so_and_the_map_stays(view, monkeypatch):
    monkeypatch.setattr(tsne.importlib.util, "find_spec", lambda name: None)
    told = []
    view.session.message.connect(lambda line, bad: told.append((line, bad)))
    view.controls.method.setCurrentIndex(view.controls.method.findData("tsne"))
    view.controls.method.activated.emit(view.controls.method.currentIndex())
    assert told
    assert told[0][1]
    assert "zscape[maps]" in told[0][0]
    assert view.controls.method.currentData() == "pca"
    assert view.state.method == "pca"


def test_another_model_has_another_map(qtbot, view):
    before = view.maker.map
    give_model(qtbot, view.context, small_model(seed=3))
    assert len(view.canvas.points) == 0  # a click must not select a point of the previous model
    qtbot.waitUntil(lambda: view.maker.map is not None and view.maker.map is not before, timeout=20_000)
    settled(qtbot, view)
    assert (view.maker.map.collection.latents != before.collection.latents).any()


def test_a_map_being_made_is_given_up_when_another_model_opens_in_another_view(qtbot, view, data, monkeypatch):
    hold = threading.Event()
    begun = make.begun

    def making(*every):
        yield Progress(0, 0, "Making")
        assert hold.wait(20)
        return (yield from begun(*every))

    monkeypatch.setattr(make, "begun", making)
    told = []
    view.session.message.connect(lambda line, _: told.append(line))
    view.want({"source": "generated", "count": 33})
    view.hide()
    model = small_model(seed=3)
    named = [replace(each, labels=tuple("abcdefghij")) if isinstance(each, Classes) else each for each in model.spec.inputs]
    other = replace(model, spec=replace(model.spec, inputs=tuple(named), data=data))
    give_model(qtbot, view.context, other)
    assert not view.maker.busy
    hold.set()
    qtbot.waitUntil(lambda: not view.context.jobs.jobs, timeout=20_000)
    assert view.maker.map is None
    assert not told  # as that the pictures of the previous model's map have other classes
    view.show()
    settled(qtbot, view)
    assert view.maker.serves(other, view.state)


def test_it_makes_a_map_by_itself(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(MapMaker, "by_itself", True)
    with open_context(tmp_path) as context:
        view = show(qtbot, MapView(context))
        give_model(qtbot, context, small_model())
        qtbot.waitUntil(lambda: view.maker.map is not None, timeout=20_000)
        assert len(view.maker.map) == 5000  # the bundled digits
        assert view.controls.source.text() == "digits" + ARROW


def test_the_models_own_data_can_be_asked_for_only_where_they_are(qtbot, tmp_path):
    with open_context(tmp_path) as context:
        view = show(qtbot, MapView(context), 900, 620)
        for name, here in (("digits", True), (str(tmp_path / "gone.npz"), False)):
            model = small_model()
            named = [
                replace(each, labels=tuple("abcdefghij")) if isinstance(each, Classes) else each for each in model.spec.inputs
            ]
            spec = replace(model.spec, data=name, inputs=tuple(named))
            give_model(qtbot, context, replace(model, spec=spec, generator=copy.deepcopy(model.generator)))
            qtbot.waitUntil(lambda here=here: view.controls.usual.isEnabled() is here)
            assert ("is not on this computer" in view.controls.usual.toolTip()) is not here


def test_no_film_is_made_without_the_map_while_it_is_being_made(qtbot, view, monkeypatch):
    hold = threading.Event()

    def making(*_):
        yield Progress(0, 0, "Making")
        assert hold.wait(20)

    monkeypatch.setattr(make, "begun", making)
    view.maker.map = None
    view.maker.start(view.session.model, replace(view.state, source="generated", count=33))
    assert view.maker.busy
    with pytest.raises(ZscapeError, match="still being made"):
        view.drawing()
    view.maker.stop()
    hold.set()
    qtbot.waitUntil(lambda: not view.context.jobs.jobs)
