"""The folder of a run: training does not overwrite models of other origin, and no two runs use one folder."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from blobs import CONFIG, blobs, take

from zscape.models.errors import ZscapeError
from zscape.models.files.lock import FileLock
from zscape.models.progress import finish
from zscape.models.training.run.run_file import load_run, save_run
from zscape.models.training.train import train

OFTEN = replace(CONFIG, save_seconds=0)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stopped")
    take(train(OFTEN, blobs(), folder), 6)
    return folder


@pytest.fixture
def run(stopped, tmp_path):
    """The folder of a run that was stopped after some steps."""
    return Path(shutil.copytree(stopped, tmp_path / "run"))


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A model of another run with the same settings except the seed; no test changes it."""
    return finish(train(replace(CONFIG, seed=5, steps=1), blobs(), tmp_path_factory.mktemp("other")))


def test_a_resumed_run_does_not_overwrite_a_model_put_in_place_of_its_own(run, other):
    model = run / "model.safetensors"
    model.write_bytes(other.read_bytes())
    with pytest.raises(ZscapeError, match="not the model that the run there has written"):
        finish(train(OFTEN, blobs(), run, resume=True))
    assert model.read_bytes() == other.read_bytes()


def test_a_resumed_run_does_not_overwrite_what_is_no_model(run):
    model = run / "model.safetensors"
    model.write_bytes(b"my notes")
    with pytest.raises(ZscapeError, match="move it"):
        finish(train(OFTEN, blobs(), run, resume=True))
    assert model.read_bytes() == b"my notes"


@pytest.mark.parametrize("killed", ["model is the one before", "model is gone", "run is of 0.1.0"])
def test_a_run_goes_on_wherever_it_was_killed(run, killed, monkeypatch):
    state = run / "run.safetensors"
    if killed == "model is the one before":  # killed between writing the two files

        def fail(*_):
            raise ZscapeError("killed")

        with monkeypatch.context() as patched:
            patched.setattr("zscape.models.training.run.run_folder.save_stored", fail)
            with pytest.raises(ZscapeError, match="killed"):
                finish(train(OFTEN, blobs(), run, resume=True))
    elif killed == "model is gone":
        (run / "model.safetensors").unlink()
    else:
        fixed = {**OFTEN.fixed, "images": len(blobs()), "class_names": ["left", "right"]}
        tensors, seconds = load_run(state, fixed)
        save_run(state, tensors, fixed, seconds)
    finish(train(OFTEN, blobs(), run, resume=True))
    assert sorted(path.name for path in run.iterdir()) == ["losses.csv", "model.safetensors", "run.safetensors"]


def test_a_run_of_the_first_version_refuses_a_model_of_other_settings(run, other):
    fixed = {**OFTEN.fixed, "images": len(blobs()), "class_names": ["left", "right"]}
    tensors, seconds = load_run(run / "run.safetensors", fixed)
    save_run(run / "run.safetensors", tensors, fixed, seconds)
    (run / "model.safetensors").write_bytes(other.read_bytes())
    with pytest.raises(ZscapeError, match="move it"):
        finish(train(OFTEN, blobs(), run, resume=True))


@pytest.mark.parametrize("content", [None, b"my notes"])
def test_what_appears_under_the_models_name_during_a_run_is_set_aside_and_named(tmp_path, other, content):
    out, notices = tmp_path / "run", []
    content = content or other.read_bytes()
    for number, progress in enumerate(train(OFTEN, blobs(), out)):
        if number == 4:
            (out / "model.safetensors").write_bytes(content)
        notices.append(progress.notice)
    assert [line for line in notices if "model-1.safetensors" in line]
    assert (out / "model-1.safetensors").read_bytes() == content
    assert (out / "model.safetensors").read_bytes() != content


def test_two_runs_do_not_work_in_one_folder(tmp_path):
    lock = FileLock.take(tmp_path / "run" / "run.lock")
    with pytest.raises(ZscapeError, match="Another run works"):
        finish(train(OFTEN, blobs(), tmp_path / "run"))
    lock.release(remove=False)  # as a killed process leaves it
    finish(train(OFTEN, blobs(), tmp_path / "run"))
    assert not (tmp_path / "run" / "run.lock").exists()
