"""The checkpoints in the folder of a run, by step, and a film of them."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from recipes import recipe
from run_models import tiny, write_run

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import save_model
from zscape.models.files.run_checkpoints import checkpoints, folder_of
from zscape.models.inference.films.ages import AgesFilm, write_ages
from zscape.models.media.metadata import read_metadata
from zscape.models.progress import finish
from zscape.models.sweeps.single import Single


@pytest.fixture
def run(tmp_path):
    """A run with three checkpoints whose pictures are black, grey and white."""
    return write_run(tmp_path / "my-run")


def test_checkpoints_are_sorted_by_step_without_the_state_of_the_run(run):
    found = checkpoints(run)
    assert [each.step for each in found.ages] == [100, 200, 300]
    assert found.left_out == ()
    assert found.words == ""
    assert [found.at(step).step for step in (-1, 0, 190, 999)] == [300, 100, 200, 300]


def test_holes_in_the_folder_are_one_line(run):
    (run / "checkpoints" / "step-00000150.safetensors").write_bytes(b"half a file")
    (run / "checkpoints" / "step-00000160.safetensors").write_bytes(b"")
    found = checkpoints(run)
    assert [each.step for each in found.ages] == [100, 200, 300]
    assert found.words.startswith("Left out: step-00000150.safetensors and 1 more (it is not a model, or it is damaged).")
    assert "\n" not in found.words


def test_another_kind_of_model_is_left_out(run):
    save_model(run / "checkpoints" / "other.safetensors", tiny(250, 0.0, size=12))
    found = checkpoints(run)
    assert [each.step for each in found.ages] == [100, 200, 300]
    assert found.left_out == (("other.safetensors", "it is another kind of model"),)


def test_the_model_of_the_run_stands_for_a_checkpoint_of_its_step(run):
    save_model(run / "checkpoints" / "step-00000300.safetensors", tiny(300, 0.5))
    assert checkpoints(run).at(300).path == run / "model.safetensors"


def test_a_folder_without_models_is_refused(tmp_path):
    with pytest.raises(ZscapeError, match="There is no model in"):
        checkpoints(tmp_path)


def test_which_folder_a_file_belongs_to(run, tmp_path):
    inside = run / "checkpoints" / "step-00000100.safetensors"
    assert folder_of(run) == folder_of(run / "checkpoints") == folder_of(inside) == folder_of(run / "model.safetensors") == run
    assert folder_of(tmp_path / "alone.safetensors") is None


def large(frame):
    return frame.repeat(4, axis=0).repeat(4, axis=1)


def test_a_contact_sheet_has_every_age(run, tmp_path, tiny_space):
    out = tmp_path / "ages.png"
    finish(write_ages(out, checkpoints(run).ages, Single(recipe()), tiny_space, AgesFilm(large), "cpu", {"note": "kept"}))
    sheet = np.asarray(Image.open(out).convert("L"))
    middle = 16 + 14 * 4
    assert [int(sheet[middle, 16 + 56 + place * (112 + 16)]) for place in range(3)] == pytest.approx([0, 128, 255], abs=1)
    assert read_metadata(out)["note"] == "kept"


def test_a_contact_sheet_of_fewer_has_the_first_and_the_last(run, tmp_path, tiny_space):
    out = tmp_path / "ages.png"
    finish(write_ages(out, checkpoints(run).ages, Single(recipe()), tiny_space, AgesFilm(large, pictures=2), "cpu"))
    sheet = np.asarray(Image.open(out).convert("L"))
    assert [int(sheet[72, 72 + place * 128]) for place in range(2)] == pytest.approx([0, 255], abs=1)


def test_a_film_shows_each_age_as_long(run, tmp_path, tiny_space):
    out = tmp_path / "ages"
    finish(write_ages(out, checkpoints(run).ages, Single(recipe()), tiny_space, AgesFilm(large, 0.6, 10, said=False), "cpu"))
    frames = [int(np.asarray(Image.open(path).convert("L"))[56, 56]) for path in sorted(out.glob("*.png"))]
    assert frames == pytest.approx([0, 0, 128, 128, 255, 255], abs=1)


def test_the_film_says_the_step(run, tmp_path, tiny_space):
    plain, said = tmp_path / "plain", tmp_path / "said"
    for out in (plain, said):
        film = AgesFilm(large, 0.3, 10, said=out is said)
        finish(write_ages(out, checkpoints(run).ages, Single(recipe()), tiny_space, film, "cpu"))
    without, with_words = (np.asarray(Image.open(out / "00000.png").convert("L")) for out in (plain, said))
    assert (without == 0).all()
    assert (with_words > 128).any()


def test_weights_that_turn_out_damaged_are_left_out_with_a_notice(run, tmp_path, tiny_space):
    path = run / "checkpoints" / "step-00000200.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(data)
    work = write_ages(tmp_path / "ages.png", checkpoints(run).ages, Single(recipe()), tiny_space, AgesFilm(large), "cpu")
    notices = [progress.notice for progress in work if progress.notice]
    assert len(notices) == 1
    assert "step-00000200.safetensors" in notices[0]
    with Image.open(tmp_path / "ages.png") as sheet:
        assert sheet.width == 2 * 128 + 16


@pytest.fixture
def tiny_space():
    return tiny(0, 0.0).space


def test_the_tiny_models_differ_in_level_alone():
    black, white = tiny(1, -1.0), tiny(1, 1.0)
    assert replace(black.spec, step=0) == replace(white.spec, step=0)
    with torch.no_grad():
        points = {"z": torch.zeros(1, 8), "class": torch.eye(10)[:1]}
        assert float(black.generator(points).mean()) < -0.99
        assert float(white.generator(points).mean()) > 0.99
