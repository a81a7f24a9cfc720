"""A training run that was stopped goes on to the same weights; another run, or a damaged one, does not go on."""

import shutil
from dataclasses import replace

import pytest
import torch
from blobs import CONFIG, MODEL, blobs, same_weights, take

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.tensor_file import read_header
from zscape.models.progress import finish
from zscape.models.training.run.run_file import load_run, save_run
from zscape.models.training.train import train
from zscape.models.training.trainer import Resumed


@pytest.mark.parametrize("signs", [1, 2, 3, 4, 7, 10])
def test_a_run_closed_anywhere_and_resumed_ends_with_the_weights_of_an_unbroken_one(tmp_path, finished_run, signs):
    take(train(CONFIG, blobs(), tmp_path), signs)
    assert load_model(tmp_path / "model.safetensors").spec.step == (signs + 1) // 2
    finish(train(CONFIG, blobs(), tmp_path, resume=True))
    assert same_weights(tmp_path, finished_run)
    assert (tmp_path / "losses.csv").read_text() == (finished_run / "losses.csv").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["losses.csv", "model.safetensors", "run.safetensors"]


def test_a_longer_run_goes_on_from_a_finished_one(tmp_path, finished_run):
    finish(train(replace(CONFIG, steps=4), blobs(), tmp_path))
    assert not same_weights(tmp_path, finished_run)
    finish(train(CONFIG, blobs(), tmp_path, resume=True))
    assert same_weights(tmp_path, finished_run)


def test_a_resumed_run_reports_the_losses_of_earlier_steps(tmp_path, finished_run):
    shutil.copytree(finished_run, tmp_path, dirs_exist_ok=True)
    signs = list(train(replace(CONFIG, steps=8), blobs(), tmp_path, resume=True))
    (past,) = (sign.past for sign in signs if isinstance(sign, Resumed))
    assert [figures["step"] for figures in past] == [1, 2, 3, 4, 5, 6]
    assert all({"loss_d", "loss_g"} < figures.keys() for figures in past)
    (tmp_path / "losses.csv").write_text("step,loss_d\n1,a\n")  # for display only, so a damaged one is ignored
    assert not any(isinstance(sign, Resumed) for sign in train(replace(CONFIG, steps=9), blobs(), tmp_path, resume=True))


def test_a_run_that_has_ended_says_so_when_it_is_resumed(finished_run, tmp_path):
    shutil.copytree(finished_run, tmp_path / "again")
    notices = [sign.notice for sign in train(CONFIG, blobs(), tmp_path / "again", resume=True)]
    assert any("6 steps already" in notice for notice in notices)
    assert same_weights(tmp_path / "again", finished_run)


def test_a_run_asked_for_less_than_before_says_so_and_records_no_fewer_steps_than_it_made(finished_run, tmp_path):
    shutil.copytree(finished_run, tmp_path / "again")
    model = (tmp_path / "again" / "model.safetensors").read_bytes()
    notices = [sign.notice for sign in train(replace(CONFIG, steps=4), blobs(), tmp_path / "again", resume=True)]
    assert "The run was begun with 6 steps and ends after 4 now" in " ".join(notices)
    assert (tmp_path / "again" / "model.safetensors").read_bytes() == model
    kept = replace(CONFIG, keep_steps=2)
    finish(train(kept, blobs(), tmp_path / "kept"))
    notices = [sign.notice for sign in train(replace(CONFIG, steps=8), blobs(), tmp_path / "kept", resume=True)]
    assert "It kept a checkpoint every 2 steps and keeps none now" in " ".join(notices)


@pytest.mark.parametrize(
    ("config", "data", "said"),
    [
        (replace(CONFIG, learning_rate=1e-3), blobs(), "learning_rate = 0.01, not 0.001"),
        (replace(CONFIG, seed=1), blobs(), "seed = 0, not 1"),
        (replace(CONFIG, model={**MODEL, "hidden": 7}), blobs(), "model = "),
        (CONFIG, blobs(20), "images = 22, not 20"),
        (CONFIG, blobs(22, ("up", "down")), "class_names"),
    ],
    ids=["rate", "seed", "model", "count", "classes"],
)
def test_another_run_is_not_resumed(finished_run, config, data, said):
    before = (finished_run / "run.safetensors").read_bytes()
    with pytest.raises(ZscapeError, match=said):
        next(train(config, data, finished_run, resume=True))
    assert (finished_run / "run.safetensors").read_bytes() == before


def test_a_damaged_run_file_is_refused(tmp_path, finished_run):
    content = bytearray((finished_run / "run.safetensors").read_bytes())
    content[-3000] ^= 1
    (tmp_path / "run.safetensors").write_bytes(content)
    with pytest.raises(ZscapeError, match="damaged"):
        next(train(CONFIG, blobs(), tmp_path, resume=True))
    assert "average/n_averaged" in read_header(tmp_path / "run.safetensors").tensors


def test_a_run_from_before_a_setting_was_thought_of_goes_on(tmp_path):
    tensors = {"step": torch.tensor(3)}
    save_run(tmp_path / "run.safetensors", tensors, {"batch": 8}, 1.5)
    found, seconds = load_run(tmp_path / "run.safetensors", {"batch": 8, "new": 0.0})
    assert (int(found["step"]), seconds) == (3, 1.5)
    with pytest.raises(ZscapeError, match="batch = 8, not None"):
        load_run(tmp_path / "run.safetensors", {"new": 0.0})


def test_a_step_that_breaks_down_while_it_is_closed_is_not_kept(tmp_path, monkeypatch):
    finish(train(replace(CONFIG, steps=3), blobs(), tmp_path))
    kept = [(tmp_path / name).read_bytes() for name in ("model.safetensors", "run.safetensors")]
    monkeypatch.setattr("zscape.models.training.gan.gan_networks.generator_loss", lambda fake: fake.mean() * float("nan"))
    take(train(CONFIG, blobs(), tmp_path, resume=True), 1)
    assert [(tmp_path / name).read_bytes() for name in ("model.safetensors", "run.safetensors")] == kept


def test_a_run_from_before_names_were_changed_goes_on_and_is_told_apart_by_them(tmp_path):
    path, tensors = tmp_path / "run.safetensors", {"moments/lack": torch.ones(2), "moments/mean": torch.zeros(2)}
    save_run(path, tensors, {"knobs": {"slant": 0}, "knob_weight": 0.03}, 1.0)
    found, _ = load_run(path, {"attribute_coordinates": {"slant": 0}, "attribute_weight": 0.03})
    assert found.keys() == {"moments/cov_gradient", "moments/mean"}
    with pytest.raises(ZscapeError, match=r"attribute_weight = 0\.03, not 0\.5"):
        load_run(path, {"attribute_coordinates": {"slant": 0}, "attribute_weight": 0.5})
