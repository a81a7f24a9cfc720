"""The training run: its figures and files, and how it ends on errors."""

import math
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from blobs import CONFIG, MODEL, blobs, same_weights, take

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.run_checkpoints import checkpoints
from zscape.models.progress import finish
from zscape.models.training.gan.averaging import averaged, recalibrated
from zscape.models.training.gan.gan_networks import GANNetworks
from zscape.models.training.plain_loop import PlainLoop, images_per_second
from zscape.models.training.steps.batches import Batches
from zscape.models.training.steps.replay import unrecorded
from zscape.models.training.train import TrainProgress, train


def test_progress_says_what_a_person_watches(tmp_path):
    signs = list(train(CONFIG, blobs(), tmp_path))
    figures = [sign.figures for sign in signs if sign.label == "Training"]
    assert {"step", "loss_d", "loss_g", "chi_square"} <= set().union(*figures)
    assert [sign["step"] for sign in figures if "loss_g" in sign] == [1, 2, 3, 4, 5, 6]
    assert all(math.isfinite(value) for sign in figures for value in sign.values())
    assert signs[-1].done == signs[-1].total == 6
    assert all(0 < sign["chi_square"] <= 1 for sign in figures if "chi_square" in sign)


def test_the_model_file_tells_how_it_was_made(finished_run):
    model = load_model(finished_run / "model.safetensors")
    spec = model.spec
    assert (spec.name, spec.family, spec.step, spec.images, spec.data, spec.licence) == ("tiny", "dcgan", 6, 48, "blobs", "ours")
    assert spec.class_names == ("left", "right")
    assert spec.recorded["training"]["learning_rate"] == CONFIG.learning_rate
    assert 0 <= spec.recorded["seconds"] < 100  # rounded to a tenth, and six steps may take less
    assert spec.recorded["command"].startswith("zscape train tiny")
    assert spec.recorded["versions"]["torch"] == str(torch.__version__)
    assert model.discriminator is not None
    assert model.encoder is None


def test_checkpoints_and_looks_on_the_way_change_nothing(tmp_path, finished_run):
    torch.manual_seed(5)
    before = torch.get_rng_state()
    finish(train(replace(CONFIG, save_seconds=0, publish_seconds=1e-6), blobs(), tmp_path))
    assert torch.equal(before, torch.get_rng_state())
    assert same_weights(tmp_path, finished_run)


def test_showing_the_result_takes_a_small_share_of_the_time(tmp_path, monkeypatch):
    monkeypatch.setattr("zscape.models.training.trainer.SHARE", 1e-9)
    looks = [s.done for s in train(replace(CONFIG, publish_seconds=1e-6), blobs(), tmp_path) if isinstance(s, TrainProgress)]
    assert looks == [1, CONFIG.steps]


def test_a_run_that_nobody_looks_at_draws_nothing_on_the_way(tmp_path, finished_run):
    signs = [*train(replace(CONFIG, publish_seconds=1e-6), blobs(), tmp_path, published=False)]
    assert not any(isinstance(sign, TrainProgress) for sign in signs)
    assert same_weights(tmp_path, finished_run)


def test_kept_checkpoints_stay_in_the_folder_and_change_nothing(tmp_path, finished_run):
    kept = replace(CONFIG, keep_steps=2)
    take(train(kept, blobs(), tmp_path), 9)  # closed before the end
    finish(train(kept, blobs(), tmp_path, resume=True))
    assert same_weights(tmp_path, finished_run)
    inside = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert inside == [f"step-{step:08d}.safetensors" for step in (2, 4, 6)]
    found = checkpoints(tmp_path)
    assert [each.step for each in found.ages] == [2, 4, 6]
    assert found.ages[-1].path == tmp_path / "model.safetensors"
    first = load_model(found.ages[0].path)
    assert first.discriminator is None
    assert not torch.equal(first.generator.linear.weight, load_model(tmp_path / "model.safetensors").generator.linear.weight)


def test_a_checkpoint_that_is_there_is_not_written_over(tmp_path):
    inside = tmp_path / "checkpoints" / "step-00000002.safetensors"
    inside.parent.mkdir()
    inside.write_bytes(b"somebody's own")
    finish(train(replace(CONFIG, keep_steps=2), blobs(), tmp_path))
    assert inside.read_bytes() == b"somebody's own"


def test_what_is_published_is_a_private_copy_and_a_sheet_of_the_same_points(tmp_path):
    looks = [s for s in train(replace(CONFIG, publish_seconds=1e-6), blobs(), tmp_path) if isinstance(s, TrainProgress)]
    assert len(looks) >= 2
    for look in looks:
        assert look.sheet.shape == (20, 28, 28, 1)
        assert look.sheet.dtype == np.uint8
        assert look.published.spec.step == look.done
    first, last = (look.published.generator.state_dict() for look in (looks[0], looks[-1]))
    assert any(not torch.equal(tensor, last[name]) for name, tensor in first.items())
    assert not np.array_equal(looks[0].sheet, looks[-1].sheet)


def test_an_unconditional_model_puts_labels_aside(tmp_path):
    config = replace(CONFIG, model={**MODEL, "classes": 1}, steps=2, publish_seconds=1e-6)
    looks = [s.sheet for s in train(config, blobs(), tmp_path) if isinstance(s, TrainProgress)]
    assert looks[-1].shape == (100, 28, 28, 1)
    assert load_model(tmp_path / "model.safetensors").spec.class_names == ("image",)


def test_steps_that_turn_out_to_be_slow_are_said_once(tmp_path, monkeypatch):
    reason = unrecorded(RuntimeError("CUDA error: operation not permitted\nCUDA kernel errors might be reported later."))
    monkeypatch.setattr(GANNetworks, "notice", property(lambda networks: reason if networks.step > 2 else ""))
    signs = [(sign.done, sign.notice) for sign in train(CONFIG, blobs(), tmp_path) if sign.notice]
    assert [line for _, line in signs[-1:]] == [line for done, line in signs if done > 0] == [reason]
    assert reason.endswith("cannot be recorded here: CUDA error: operation not permitted.")
    assert "smaller batch" in unrecorded(torch.OutOfMemoryError("CUDA out of memory."))


def test_a_run_is_neither_written_over_nor_made_up(tmp_path, finished_run):
    with pytest.raises(ZscapeError, match="already holds a run"):
        next(train(CONFIG, blobs(), finished_run))
    with pytest.raises(ZscapeError, match="no run to resume"):
        next(train(CONFIG, blobs(), tmp_path, resume=True))


def test_a_model_that_no_run_there_has_written_is_left_alone(tmp_path, finished_run):
    shutil.copy(finished_run / "model.safetensors", tmp_path)
    before = (tmp_path / "model.safetensors").read_bytes()
    with pytest.raises(ZscapeError, match="holds a model that is not of a run there") as caught:
        next(train(CONFIG, blobs(), tmp_path))
    assert "\n" not in str(caught.value)
    assert (tmp_path / "model.safetensors").read_bytes() == before


def test_a_loss_that_is_no_number_stops_the_run_and_keeps_the_last_checkpoint(tmp_path, monkeypatch):
    finish(train(replace(CONFIG, steps=3), blobs(), tmp_path))
    kept = (tmp_path / "model.safetensors").read_bytes()
    monkeypatch.setattr("zscape.models.training.gan.gan_networks.generator_loss", lambda fake: fake.mean() * float("nan"))
    with pytest.raises(ZscapeError, match=r"step 4: .*last checkpoint is kept: .*learning_rate"):
        finish(train(CONFIG, blobs(), tmp_path, resume=True))
    assert (tmp_path / "model.safetensors").read_bytes() == kept
    with pytest.raises(ZscapeError, match=r"step 1: .*no checkpoint yet: .*learning_rate"):
        finish(train(CONFIG, blobs(), tmp_path / "other"))


def test_a_device_out_of_memory_is_said_in_one_line(tmp_path, monkeypatch):
    def full(self):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB")

    monkeypatch.setattr(GANNetworks, "halves", full)
    with pytest.raises(ZscapeError, match="smaller batch or --device cpu"):
        finish(train(CONFIG, blobs(), tmp_path))


def test_data_of_another_number_of_classes_is_refused(tmp_path):
    with pytest.raises(ZscapeError, match="2 classes, the model 5"):
        next(train(replace(CONFIG, model={**MODEL, "classes": 5}), blobs(), tmp_path))


@pytest.mark.parametrize("size", [1, 5, 22, 60])
def test_every_image_comes_once_an_epoch_whatever_the_batch(size):
    data = blobs()
    batches = Batches(data, 2, size, 3, torch.device("cpu"))
    seen = torch.cat([batches[step][0] for step in range(math.ceil(44 / size))])[:44]
    shown = [((picture[0] + 1) * 127.5).round().byte().numpy().tobytes() for picture in seen]
    assert sorted(shown[:22]) == sorted(shown[22:]) == sorted(image.tobytes() for image in data.images)
    assert shown[:22] != shown[22:]
    images, c = batches[1]
    again, _ = Batches(data, 2, size, 3, torch.device("cpu"))[1]
    assert torch.equal(images, again)
    assert torch.equal(c.argmax(1) == 1, images[:, 0, :, 20:].mean((1, 2)) > images[:, 0, :, :8].mean((1, 2)))


def test_the_average_follows_as_the_formula_says_and_gets_statistics_of_its_own():
    run = GANNetworks(CONFIG, CONFIG.built(2), blobs(), torch.device("cpu"))
    average = averaged(run.generator, 0.5)
    wanted = run.generator.project.weight.detach().clone()
    for step in range(12):
        with torch.no_grad():
            run.generator.project.weight.add_(1.0)
        average.update_parameters(run.generator)
        decay = 0.0 if step == 0 else min(0.5, (1 + step) / (10 + step))  # AveragedModel's first step is a copy
        wanted = decay * wanted + (1 - decay) * run.generator.project.weight.detach()
    torch.testing.assert_close(average.module.project.weight.detach(), wanted)
    *waits, generator = recalibrated(average, run.space, batches=3)
    assert waits == [None] * 3
    assert not generator.training
    z, c = torch.randn(4000, 3, generator=torch.Generator().manual_seed(9)), torch.eye(2)[torch.arange(4000) % 2]
    hidden = generator.linear(torch.cat([z, c], 1))
    assert (generator.linear_norm.running_mean - hidden.mean(0)).abs().max() < 0.2 * hidden.std()


def test_the_plain_loop_minimises_the_same_losses():
    config = replace(CONFIG, learning_rate=1e-9)  # so that both generator steps meet the same discriminator
    fast, plain = (GANNetworks(config, config.built(2), blobs(), torch.device("cpu")) for _ in range(2))
    list(fast.halves())
    PlainLoop(plain).step()
    mine, theirs = (torch.cat([p.grad.flatten() for p in run.generator.parameters()]) for run in (fast, plain))
    assert torch.cosine_similarity(mine, theirs, dim=0) > 0.99
    assert mine.norm().item() == pytest.approx(theirs.norm().item(), rel=0.01)
    assert all(images_per_second(CONFIG, blobs(), 0.01, plain=plain) > 0 for plain in (True, False))
