"""Dropping a film on the window restores what it was made from, in every format."""

import json
from dataclasses import replace

import pytest
from film_stage import POINTS, write_film
from PySide6.QtGui import QImage
from recipes import recipe
from stage import drop, dropped, small_model

from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.widgets.pictures.pixels import drawn_by
from zscape.app.window.files.file_kind import kind_of
from zscape.app.work.exporting.export import Animation, save_animation
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import save_model
from zscape.models.files.library import trained_folder
from zscape.models.files.made_with import MadeWith
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_file import timeline_in
from zscape.models.media.film.film_formats import FORMATS
from zscape.models.progress import finish
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.ready_made import usual
from zscape.models.timeline.text import plain_timeline, timeline_text

FILMS = list(FORMATS)


def test_an_exported_film_brings_its_session_and_its_timeline_back(window, qtbot, tmp_path):
    session, first = window.session, window.opener.snapshot()
    for suffix in [*FILMS, ".png"]:
        window.opener.go_on_with(first)
        view = window.show_view("candidates")
        qtbot.waitUntil(lambda view=view: view.sweep() is not None, timeout=10_000)
        sweep = view.sweep()
        timeline = usual(sweep, session.space, 0.2)
        saved = window.opener.snapshot()
        path = finish(save_animation(Animation(tmp_path / f"a{suffix}", 0.2, 20, 1), session.model, sweep, timeline, saved))
        for file in [path] if suffix else sorted(path.iterdir()):
            assert timeline_in(file) == (timeline, MadeWith("tiny", session.model.spec.run)), suffix
        for each in (file,) if suffix else (file, path):  # the last picture of a folder, and the folder
            session.edit_point("away", POINTS[0])
            window.show_view("image")
            assert drop(window, dropped(each)), suffix
            found = session.point, session.scene.timeline, window.current_view
            assert found == (saved.scene.point, timeline, "candidates"), suffix


def test_a_film_of_the_command_line_opens_its_timeline(window, tmp_path):
    session, before = window.session, window.session.scene
    timeline = animate_shelf(POINTS, session.space, 0.3, loop=True)
    player = window.timeline.player
    for suffix in FILMS:
        path = write_film(tmp_path / f"a{suffix}", session.model, timeline)
        session.edit_timeline("another", animate_shelf(POINTS, session.space, 3.0))
        before = session.scene
        player.seek(2.0)
        assert drop(window, dropped(path if suffix else path / "00002.png")), suffix
        assert (session.point, session.scene.timeline) == (POINTS[0], timeline), suffix
        assert window.timeline.isVisible(), suffix
        assert player.time == 0.0, suffix  # the playhead of the previous film is gone
        session.undo_stack.undo()
        assert session.scene == before, suffix


def test_a_timeline_as_json_is_dropped_and_shows_the_view_it_moves_in(window, tmp_path):
    sweep = window.show_view("class-sweep").sweep()
    (tmp_path / "a.json").write_text(timeline_text(usual(sweep, window.session.space, 1.0)))
    (tmp_path / "b.json").write_text(timeline_text(animate_shelf(POINTS, window.session.space, 0.3)))
    for name, view in (("b.json", "image"), ("a.json", "class-sweep")):
        for before in ("image", "restyle", "train"):  # views with a sheet that plays it, and one without
            window.show_view(before)
            window.session.edit_timeline("none", None)
            drop(window, dropped(tmp_path / name))
            assert window.current_view == view
            assert window.timeline.isVisible()
    timeline = animate_shelf(POINTS, window.session.space, 0.3)
    for name, text in (("c.json", timeline_text(timeline)), ("d.json", "\ufeff" + timeline_text(timeline).replace("\n", ""))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        window.session.edit_timeline("none", None)
        assert drop(window, dropped(tmp_path / name))
        assert window.session.scene.timeline == timeline


def test_a_film_of_another_model_opens_that_model(window, qtbot, home, tmp_path):
    other = small_model()
    save_model(trained_folder() / "other" / "model.safetensors", other)
    timeline = animate_shelf(POINTS, other.space, 0.3)
    path = write_film(tmp_path / "a.gif", other, timeline, "other")
    window.opener.open_file(path)
    qtbot.waitUntil(lambda: window.session.scene.timeline == timeline, timeout=20_000)
    assert window.session.model.space.inputs == other.space.inputs


def test_a_tile_of_another_model_opens_that_model_or_is_refused(window, qtbot, home, tmp_path):
    session, model = window.session, small_model()
    other = replace(model, spec=replace(model.spec, name="other"))
    point = recipe(seeds=((9, 1.0),))
    picture = QImage(28, 28, QImage.Format.Format_RGB32)
    picture.fill(0)
    of_others = point.with_value("z", other.space.input("z").value([0.5] * 8))
    for odd, name in ((of_others, "b"), (point, "c")):  # its model is gone; with other inputs it is no point of the open one
        before = session.point
        with qtbot.waitSignal(session.message) as caught:
            drop(window, dropped(DraggedTile(odd, drawn_by(picture, other.spec), name).file()))
        (line, bad) = caught.args
        assert bad
        assert "\n" not in line
        assert f"made with the model {other.spec.name!r}" in line or f"It was made with {other.spec.name!r}" in line
        assert session.point == (before if odd is of_others else point)
    session.undo_stack.undo()
    before = session.scene
    assert session.point != point
    save_model(trained_folder() / other.spec.name / "model.safetensors", other)
    drop(window, dropped(DraggedTile(point, drawn_by(picture, other.spec), "a").file()))
    qtbot.waitUntil(lambda: session.point == point, timeout=20_000)
    assert session.model.space.inputs == other.space.inputs
    assert window.status.currentMessage() == "The current point is that of a.png."
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: session.scene == before and session.model.spec.name == "tiny", timeout=20_000)


def test_a_film_of_a_missing_model_is_refused_or_opens_in_a_like_one(window, qtbot, tmp_path):
    odd, before = small_model(), window.session.scene
    start, end = (
        each.with_value("z", odd.space.input("z").value([value] * 8)) for each, value in zip(POINTS, (0, 1), strict=True)
    )
    path = write_film(tmp_path / "a.webp", odd, animate_shelf([start, end], odd.space, 0.3), "gone")
    with qtbot.waitSignal(window.session.message) as caught:
        drop(window, dropped(path))
    assert caught.args[1]
    assert "a.webp is not a film of the open model" in caught.args[0]
    assert "\n" not in caught.args[0]
    assert window.session.scene == before
    timeline = animate_shelf(POINTS, window.session.space, 0.3)
    plain = {**plain_timeline(timeline), "model": "gone"}
    (tmp_path / "b.json").write_text(json.dumps(plain))
    for path in (write_film(tmp_path / "a.webp", window.session.model, timeline, "gone"), tmp_path / "b.json"):
        window.session.edit_timeline("none", None)
        with qtbot.waitSignal(window.session.message) as caught:
            drop(window, dropped(path))
        words = f"{path.name} was made with the model 'gone': in 'tiny' its points show something else. That model is not here."
        assert caught.args == [words, True]
        assert window.session.scene.timeline == timeline
    (tmp_path / "c.json").write_text(timeline_text(animate_shelf(POINTS, window.session.space, 0.3)))
    with qtbot.waitSignal(window.session.message) as caught:
        drop(window, dropped(tmp_path / "c.json"))
    assert "does not say which model" in caught.args[0]
    assert not caught.args[1]


def test_a_damaged_timeline_in_a_film_is_one_line_and_a_silent_video_without_one_is_refused(window, tmp_path):
    frame = [window.views["class-sweep"].sheet.frame.pixels[..., :3].copy()] * 2
    bad = (("{", "not JSON"), ('{"timeline": 1, "seconds": NaN}', "NaN"), ('{"timeline": 1, "seconds": 0}', "0 seconds"))
    for text, words in bad:
        path = finish(write_animation(tmp_path / "a.apng", frame, 10, metadata={"timeline": text}))
        assert kind_of(path) == "film"
        with pytest.raises(ZscapeError, match=words):
            window.opener.open_file(path)
    for suffix in (".mp4", ".webm"):
        path = finish(write_animation(tmp_path / f"a{suffix}", frame, 10))
        with pytest.raises(ZscapeError, match="no timeline in it; choose a film that Zscape wrote"):
            window.opener.open_file(path)


def test_another_folder_of_pictures_is_none(tmp_path):
    from PIL import Image

    Image.new("L", (8, 8)).save(tmp_path / "a.png")
    with pytest.raises(ZscapeError, match="is a folder"):
        kind_of(tmp_path)
