"""Putting an encoder into the file of its model: what is refused, and that nothing is lost."""

from dataclasses import replace

import pytest
import torch

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.files.lock import FileLock
from zscape.models.progress import finish
from zscape.models.training.encoders.put_encoder import put_encoder
from zscape.models.training.run.run_folder import LOCK_FILE


@pytest.fixture
def files(tmp_path, tiny_model):
    """(file of the model with an encoder, file of the same model without one)."""
    found, into = tmp_path / "a-encoder" / "model.safetensors", tmp_path / "a" / "model.safetensors"
    for path in (found, into):
        path.parent.mkdir()
    model = load_model(tiny_model)
    record = {"settings": {"steps": 5, "seed": 3}, "step": 5, "seconds": 1.0}
    save_model(found, replace(model, spec=replace(model.spec, recorded={"encoder": record}, measures={"encoder_mse": 0.1})))
    save_model(into, replace(model, encoder=None))
    return found, into


def test_it_has_the_encoder_and_what_is_known_of_it(files):
    found, into = files
    given, before = load_model(found), load_model(into)
    assert finish(put_encoder(found, into)) == into
    after = load_model(into)
    assert after.encoder is not None
    assert after.spec.sha256 == given.spec.sha256
    assert after.spec.measures["encoder_mse"] == 0.1
    assert after.spec.recorded["encoder"]["trained_with"] == {"steps": 5, "seed": 3}
    assert (after.spec.name, after.spec.step) == (before.spec.name, before.spec.step)
    assert not found.exists()  # it is no longer needed


def test_a_run_that_can_go_on_keeps_its_file(files):
    found, into = files
    model = load_model(found)
    record = {"settings": {"steps": 50}, "step": 5}
    save_model(found, replace(model, spec=replace(model.spec, recorded={"encoder": record})))
    finish(put_encoder(found, into))
    assert found.exists()


def test_an_encoder_that_was_there_is_kept_beside(files):
    found, into = files
    save_model(into, load_model(found))
    before = into.read_bytes()
    finish(put_encoder(found, into))
    assert [path.read_bytes() for path in into.parent.glob("model-*.safetensors")] == [before]


def test_what_does_not_fit_is_refused_and_nothing_changes(files, tmp_path):
    found, into = files
    other = tmp_path / "other" / "model.safetensors"
    other.parent.mkdir()
    trained_on = load_model(into)
    with torch.no_grad():
        next(trained_on.generator.parameters()).add_(0.1)
    save_model(other, trained_on)
    before = other.read_bytes()
    with pytest.raises(ZscapeError, match="other weights"):
        finish(put_encoder(found, other))
    with pytest.raises(ZscapeError, match="holds no encoder"):
        finish(put_encoder(into, into))
    assert other.read_bytes() == before
    assert found.exists()


def test_a_run_that_works_there_is_not_disturbed(files):
    found, into = files
    lock = FileLock.take(into.parent / LOCK_FILE)
    try:
        with pytest.raises(ZscapeError, match="Another run works"):
            finish(put_encoder(found, into))
    finally:
        lock.release()
    assert load_model(into).encoder is None
