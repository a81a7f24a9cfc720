"""Proof of the design: families that no other file knows can do everything that a bundled model can."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from toys import SCENES, STYLED, model_of

import zscape
from zscape.app.cli.main import main
from zscape.app.state.session_file import load
from zscape.app.views import VIEWS
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.directions.directions import use
from zscape.app.work.exporting.export import Animation, save_animation, save_sheet
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.inference.paint import Canvas, PaintRun
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs import Classes, Latent, Noise, Numbers, Picture, Styles
from zscape.models.inputs.blending import between
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.sampling import sample
from zscape.models.media.wishes import Wishes
from zscape.models.progress import finish
from zscape.models.sweeps import SWEEPS
from zscape.models.sweeps.asked import sweep_of
from zscape.models.sweeps.single import Single
from zscape.models.timeline.ready_made import random_loop, tour, usual

TOYS = (SCENES, STYLED)
each_toy = pytest.mark.parametrize("family", TOYS, ids=lambda family: family.name)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    for family in TOYS:
        monkeypatch.setitem(FAMILIES, family.name, family)


@pytest.fixture
def path(tmp_path, family):
    path = tmp_path / "models" / f"{family.name}.safetensors"
    save_model(path, model_of(family))
    return path


@pytest.fixture
def toy(start, path):
    """The real window with a toy open and drawn, on the image view."""
    window = start(path, size=(1280, 900))
    window.show_view("image")
    return window


def pixels(qtbot, window):
    """The images on the sheet of the current view, once it shows the current scene."""
    view = window.views[window.current_view]
    sheet = max(view.findChildren(Sheet), key=lambda each: each.tiles)
    qtbot.waitUntil(lambda: sheet.frame is not None and sheet.frame.sweep == view.sweep(), timeout=10_000)
    return sheet.frame.images.copy()


@each_toy
def test_it_comes_back_from_its_file(family, path):
    model, again = model_of(family), load_model(path)
    assert again.spec.inputs == model.spec.inputs
    points = sample(model.space, 3, seed=1)
    assert np.array_equal(GeneratorRunner(model, "cpu").draw(points).images, GeneratorRunner(again, "cpu").draw(points).images)


@each_toy
def test_it_is_sampled_swept_and_interpolated(family):
    model = model_of(family)
    runner, space = GeneratorRunner(model, "cpu"), model.space
    images = runner.draw(sample(space, 6, seed=3)).images
    assert len({image.tobytes() for image in images}) == 6
    for kind in SWEEPS:
        if (
            (kind in ("class", "polygon") and not space.labels)
            or (kind == "mixing" and space.styles is None)
            or kind == "direction"
        ):  # the model has no directions
            continue
        sweep = sweep_of(kind, space, rows=3, columns=3)
        rows, columns = sweep.shape(space)
        drawn = runner.draw(sweep.points(space)).images
        assert len(drawn) == rows * columns
        assert len({image.tobytes() for image in drawn}) > 1
    a, b = Recipe.seed(1), Recipe.seed(2)
    start, middle, end = runner.draw(resolve(between(a, b, [0.0, 0.5, 1.0], "slerp", space), space, 1, 3)).images
    alone = runner.draw(resolve([a, b], space, 1, 2)).images
    assert np.array_equal(start, alone[0])
    assert np.array_equal(end, alone[1])
    assert not np.array_equal(middle, start)


@each_toy
def test_it_is_animated_and_exported_with_its_session(family, toy, tmp_path, qtbot):
    pixels(qtbot, toy)
    space, model = toy.session.space, toy.session.model
    sweep = Single(toy.session.point)
    loops = [usual(sweep, space, 1.0), random_loop(sweep.centre, space, 1.0), tour([Recipe.seed(1), Recipe.seed(2)], space, 1.0)]
    for number, timeline in enumerate(loops):
        animation = Animation(tmp_path / f"{number}.apng", seconds=0.5, fps=20, scale=1)
        path = finish(save_animation(animation, model, sweep, timeline, toy.opener.snapshot(), "cpu"))
        with Image.open(path) as film:
            assert film.n_frames == 10
            frames = []
            for frame in range(10):
                film.seek(frame)
                frames.append(np.asarray(film.convert("RGB")).tobytes())
            assert len(set(frames)) > 3
        saved = toy.opener.snapshot()
        assert load(path) == replace(saved, scene=replace(saved.scene, timeline=timeline))
    sheet = toy.views["image"].findChildren(Sheet)[0]
    path = finish(save_sheet(tmp_path / "sheet.png", sheet.frame, 2, toy.opener.snapshot()))
    before = pixels(qtbot, toy)
    toy.session.edit_point("elsewhere", Recipe.seed(99))
    assert not np.array_equal(pixels(qtbot, toy), before)
    toy.opener.open_file(path)
    assert np.array_equal(pixels(qtbot, toy), before)


@each_toy
def test_a_session_brings_everything_back(family, toy, path, tmp_path, qtbot, start):
    for each in toy.session.space.inputs:
        value = changed(each, toy.session.point)
        toy.session.edit_point(f"change {each.name}", toy.session.point.with_value(each.name, value))
    toy.session.keep(toy.session.point)
    wanted, scene = pixels(qtbot, toy), toy.session.scene
    toy.opener.save_session(tmp_path / "s.zscape.json")
    assert load(tmp_path / "s.zscape.json").scene == scene
    toy.close()
    again = start()
    assert again.session.scene == scene
    assert np.array_equal(pixels(qtbot, again), wanted)


def changed(each, point):
    """A different value of an input."""
    import dataclasses

    value = point.value(each)
    if isinstance(each, Latent):
        return value.with_seed(7).with_coordinate(1, 2.0)
    if isinstance(each, Classes):
        return each.only(2)
    if isinstance(each, Numbers):
        return each.with_number(value, 0, 1.0)
    if isinstance(each, Styles):
        return dataclasses.replace(value.with_mix(each.zone("fine"), Recipe.seed(12)), truncation=0.5)
    if isinstance(each, Noise):
        return dataclasses.replace(value, seed=5, strength=2.0)
    return each.value(np.full(each.size, 200, np.uint8))


@each_toy
def test_its_views_are_open_or_say_why_not_and_every_input_and_direction_changes_the_pixels(family, toy, qtbot):
    for index, (name, entry) in enumerate(VIEWS.items()):
        reason = entry.lacks(toy.session.space)
        assert toy.tabs.isTabEnabled(index) == (not reason), name
        assert not reason or toy.tabs.tabToolTip(index) == reason
    assert {name for name, panel in toy.docks.items() if not panel.isHidden()} >= {"shelf", "about", "model", "latent"}
    for each in toy.session.space.inputs:
        before = pixels(qtbot, toy)
        move(toy, each, qtbot)
        after = pixels(qtbot, toy)
        assert not np.array_equal(before, after), each.name
        toy.session.undo_stack.undo()
        assert np.array_equal(pixels(qtbot, toy), before), each.name
    before = pixels(qtbot, toy)
    target = toy.session.space.styles or toy.session.space.first(Latent)
    vector = tuple(np.linspace(-1, 1, target.shape[-1]).tolist())
    use(toy.context, [Direction("tilt", target.name, vector, method="by hand")])
    qtbot.waitUntil(lambda: "tilt" in toy.session.space.directions)
    value = toy.session.point.value(target).with_move("tilt", 2.0)
    assert np.array_equal(pixels(qtbot, toy), before)
    toy.session.edit_point("move", toy.session.point.with_value(target.name, value))
    assert not np.array_equal(pixels(qtbot, toy), before)


def move(window, each, qtbot):
    """Move the control of an input by mouse or keyboard."""
    name = {Latent: "latent", Classes: "classes", Numbers: "numbers", Styles: "styles", Noise: "noise", Picture: "picture"}
    panel = window.panels[name[type(each)]]
    assert window.docks[name[type(each)]].isVisible()
    control = next(control for control in panel.controls if control.target == each)
    if isinstance(each, Latent):
        row = control.rows.row(0)
        row.slider.setFocus()
        qtbot.keyClick(row.slider, Qt.Key.Key_3)
        qtbot.keyClick(row.spin, Qt.Key.Key_Return)
    elif isinstance(each, Classes):
        qtbot.mouseClick(control.chips[1], Qt.MouseButton.LeftButton)
    elif isinstance(each, Numbers):
        qtbot.keyClick(control.rows[0].slider, Qt.Key.Key_PageUp)
    elif isinstance(each, Styles):
        for _ in range(4):
            qtbot.keyClick(control.truncation.slider, Qt.Key.Key_PageDown)
    elif isinstance(each, Noise):
        qtbot.mouseClick(control.on, Qt.MouseButton.LeftButton, pos=QPoint(8, control.on.height() // 2))
    else:
        qtbot.mouseClick(control.pad, Qt.MouseButton.LeftButton, pos=control.pad.paper_rect().center().toPoint())


@pytest.mark.parametrize("family", [STYLED], ids=lambda family: family.name)
def test_styles_are_mixed_from_the_shelf_and_truncated(family, toy, qtbot):
    control = toy.panels["styles"].controls[0]
    toy.session.keep(Recipe.seed(33))
    qtbot.waitUntil(lambda: control.zones["fine"].count() == 2)
    own = pixels(qtbot, toy)
    control.zones["fine"].setCurrentIndex(1)
    control.zones["fine"].activated.emit(1)
    mixed = pixels(qtbot, toy)
    assert not np.array_equal(own, mixed)
    toy.session.edit_point("whole", Recipe.seed(33))
    whole = pixels(qtbot, toy)
    assert not np.array_equal(whole, mixed), "only the fine layers were taken"
    toy.session.undo_stack.undo()
    qtbot.waitUntil(control.clear.isEnabled)
    qtbot.mouseClick(control.clear, Qt.MouseButton.LeftButton)
    assert np.array_equal(pixels(qtbot, toy), own)


@each_toy
def test_it_is_painted_on(family):
    """A patch of its picture has to become white: only the latent, or the styles, change for it."""
    model = model_of(family)
    channels, height, width = model.spec.image_shape
    start = Recipe.seed(3)
    run = PaintRun(model, Canvas(start), Wishes.none(height, width, channels).stroke([(8, 8)], 3, "must", (255,) * channels))
    before = run.before
    while not run.done:
        run.step()
    found = run.result()
    patch = np.s_[6:10, 6:10]
    assert np.abs(found.drawn[patch].astype(int) - 255).mean() < np.abs(before[patch].astype(int) - 255).mean()
    redrawn = GeneratorRunner(model, "cpu").draw(resolve([found.recipe], model.space, 1, 1)).images[0]
    assert np.abs(redrawn.astype(int) - found.drawn).max() <= 1
    moved = {name for name, value in found.recipe.values if value != start.get(name)}
    assert moved == {model.space.styles.name if model.space.styles else model.space.first(Latent).name}


@each_toy
def test_the_command_line_draws_it(family, path, tmp_path, capsys):
    assert main(["sample", "--model", str(path), "--count", "4", "--out", str(tmp_path / "s.png"), "--device", "cpu"]) == 0
    assert main(["sample", "--model", str(path), "--count", "4", "--out", str(tmp_path / "s.npz"), "--device", "cpu"]) == 0
    assert main(["sweep", "style", "--model", str(path), "--out", str(tmp_path / "s.gif"), "--seconds", "0.2"]) == 0
    capsys.readouterr()
    beyond = "pose.depth=1.5" if family is SCENES else "noise.strength=-1"
    assert main(["sample", "--model", str(path), "--count", "4", "--set", beyond, "--out", str(tmp_path / "t.png")]) == 1
    assert ": the model takes 0 to 1." in (line := capsys.readouterr().err) or "must be 0 or more" in line
    with np.load(tmp_path / "s.npz") as arrays:
        assert arrays["images"].shape[0] == 4
        assert arrays["z"].shape[0] == 4


@each_toy
def test_the_notebook_draws_it(family, path):
    model = zscape.open(path, device="cpu")
    points = model.points(4, seed=1)
    assert [points[each.name].shape for each in model.inputs] == [(4, *each.shape) for each in model.inputs]
    images = model.draw(points)
    assert np.array_equal(images, model.sample(4, seed=1))
    assert np.array_equal(images, model.draw(dict(points)))
    frames = list(model.animate([model.points(1, seed=1), model.points(1, seed=2)], seconds=0.2, fps=20))
    assert len(frames) == 4
    assert np.array_equal(frames[0], model.sample(1, seed=1)[0])
    assert np.array_equal(frames[-1], model.sample(1, seed=2)[0])
