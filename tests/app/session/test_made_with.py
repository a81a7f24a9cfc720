"""Two models with the same name are told apart by their training run when films, sessions and sheets are opened."""

import json
from dataclasses import replace

import numpy as np
import pytest
from film_stage import POINTS, write_film
from recipes import recipe
from stage import drop, dropped

from zscape.app.cli.main import main
from zscape.app.state.session_file import save
from zscape.app.work.exporting.export import save_sheet
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.files.library import trained_folder
from zscape.models.files.made_with import MadeWith, OtherModelError
from zscape.models.media.film.film_file import timeline_in
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.text import plain_timeline

OTHER = "0" * 64


@pytest.fixture
def files(window, tmp_path):
    """files(run): writes a film, a timeline, a session and a sheet made with a model "tiny" of that run."""

    def write(run):
        model, saved = window.session.model, replace(window.opener.snapshot(), run=run)
        timeline = animate_shelf(POINTS, model.space, 0.3)
        saved = replace(saved, scene=replace(saved.scene, point=POINTS[0], timeline=timeline))
        film = write_film(tmp_path / "a.gif", model, timeline, "tiny", run)
        (tmp_path / "b.json").write_text(json.dumps({**plain_timeline(timeline), "model": "tiny", "run": run}))
        save(tmp_path / "c.zscape.json", saved)
        frame = window.views["class-sweep"].sheet.frame
        return film, tmp_path / "b.json", tmp_path / "c.zscape.json", finish(save_sheet(tmp_path / "d.png", frame, 1, saved))

    return write


def test_file_of_another_model_is_refused_once_then_opened(window, files):
    session, told = window.session, []
    session.message.connect(lambda line, wrong: told.append((line, wrong)))
    before, count = session.scene, session.undo_stack.index()
    for path in files(OTHER):
        told.clear()
        drop(window, dropped(path))
        assert [wrong for _, wrong in told] == [True]
        assert told[0][0].startswith(f"{path.name} was made with another model named 'tiny' than the one that is here")
        assert (session.scene, session.undo_stack.index()) == (before, count)
        drop(window, dropped(path))
        assert session.point == POINTS[0]
        line = f"{path.name} was made with another model named 'tiny': in this one its points show something else."
        assert told[1:] == [(line, True)]
        session.undo_stack.undo()


def latents_file(path, name, run):
    save_arrays(path, z=np.eye(3, 12, dtype=np.float32), model=np.array(name), run=np.array(run))
    return path


def test_latents_of_another_model_are_refused_once_then_opened(window, tmp_path):
    session, told = window.session, []
    session.message.connect(lambda line, wrong: told.append((line, wrong)))
    path = latents_file(tmp_path / "z.npz", "tiny", OTHER)
    for again in (False, True):
        drop(window, dropped(path))
        assert len(session.scene.shelf) == 3 * again
        assert told.pop()[1]
    drop(window, dropped(latents_file(path, "gone", "")))
    assert told.pop()[0].startswith("z.npz was made with the model 'gone': in 'tiny' its points show something else.")
    session.undo_stack.clear()
    drop(window, dropped(latents_file(path, "tiny", session.model.spec.run)))
    assert not told.pop()[1]


def test_a_file_finds_its_model_by_its_run(window, qtbot, files, tiny_model, tmp_path):
    session, own = window.session, window.session.model.spec.run
    for path in (*files(own), *files("")):  # files of earlier versions name no run
        drop(window, dropped(path))
        assert session.point == POINTS[0]
        session.undo_stack.undo()
    moved = tmp_path / "elsewhere" / "renamed.safetensors"
    save_model(moved, load_model(tiny_model))
    window.settings.keep_recent(moved)
    other = load_model(tiny_model)
    next(other.generator.parameters()).data.mul_(0.5)
    save_model(trained_folder() / "tiny" / "model.safetensors", other)
    for path in files(own):
        with qtbot.waitSignal(session.model_changed):
            window.opener.open_file(trained_folder() / "tiny" / "model.safetensors")
        assert session.model.spec.run != own
        session.edit_point("elsewhere", recipe(seeds=((9, 1.0),)))
        window.opener.open_file(path)
        qtbot.waitUntil(lambda: session.model.spec.run == own and session.point == POINTS[0], timeout=20_000)
        assert session.model_path == moved


def test_command_line_refuses_a_film_of_another_model_unless_one_is_given(home, tiny_model, tmp_path, capsys):
    model = load_model(tiny_model)
    save_model(trained_folder() / "tiny" / "model.safetensors", model)
    film = write_film(tmp_path / "a.gif", model, animate_shelf(POINTS, model.space, 0.3), "tiny", OTHER)
    out = ["--out", str(tmp_path / "x.gif"), "--size", "32x32", "--fps", "10"]
    assert main(["animate", str(film), *out]) == 1
    error = capsys.readouterr().err
    assert "was made with another model named 'tiny' than the one that is here: give the file" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "x.gif").exists()
    assert main(["animate", str(film), "--model", str(tiny_model), *out]) == 0
    assert "was made with another model named 'tiny': in this one its points show something else." in capsys.readouterr().err


def test_latents_are_drawn_by_the_model_that_they_name(home, tiny_model, tmp_path, capsys):
    save_model(trained_folder() / "tiny" / "model.safetensors", load_model(tiny_model))
    z, film = tmp_path / "z.npz", tmp_path / "x.gif"
    assert main(["sample", "--model", "tiny", "--count", "3", "--out", str(z)]) == 0
    line = ["animate", "--points", str(z), "--seconds", "0.5", "--out", str(film), "--size", "32x32", "--fps", "10"]
    assert main(line) == 0
    assert timeline_in(film)[1].name == "tiny"
    latents_file(z, "tiny", OTHER)
    film.unlink()
    capsys.readouterr()
    assert main(line) == 1
    assert "was made with another model named 'tiny' than the one that is here" in capsys.readouterr().err
    assert not film.exists()
    assert main([*line, "--model", str(tiny_model)]) == 0
    assert "was made with another model named 'tiny': in this one its points" in capsys.readouterr().err


def test_a_model_is_found_by_its_run_and_without_one_by_its_name(home, tiny_model, tmp_path):
    spec = load_model(tiny_model).spec
    with pytest.raises(ZscapeError, match="no model 'tiny'"):
        MadeWith("tiny", spec.run).find()
    assert MadeWith("tiny", spec.run).find([tmp_path / "gone.safetensors", tiny_model]) == tiny_model
    save_model(trained_folder() / "mine" / "model.safetensors", load_model(tiny_model))
    assert MadeWith("tiny").find() == MadeWith("tiny", spec.run).find() == trained_folder() / "mine" / "model.safetensors"
    with pytest.raises(OtherModelError):
        MadeWith("tiny", OTHER).find()
