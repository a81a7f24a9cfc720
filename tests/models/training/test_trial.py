"""The speed of a run, estimated from a few of its steps; and settings that suit a data set."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from zscape.models.data.dataset import Dataset
from zscape.models.data.overview import overview
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig, load_config
from zscape.models.training.presets import presets
from zscape.models.training.proposal import at_size, proposal, sizes_of
from zscape.models.training.train import GANTask
from zscape.models.training.trial import Pace, try_encoder, try_generator

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig("tiny", "projection", MODEL, "d", batch=4, r1=0.1, attribute_coordinates={"slant": 0}, publish_seconds=5)
RNG = np.random.default_rng(0)
SAMPLE = Dataset("some", RNG.integers(0, 256, (20, 28, 28, 1), np.uint8), np.arange(20) % 2, ("a", "b"))


class Clock:
    """A clock advanced by steps: 1 s each, 17 s every sixteenth, divided by the number of threads (crowded: multiplied by it).

    first: seconds of the very first.
    """

    def __init__(self, monkeypatch, crowded=False, first=1.0):
        self.now, self.steps = 0.0, []
        halves = GANTask.__init__.__globals__["GANNetworks"].halves

        def timed(networks):
            threads = torch.get_num_threads()
            usual = 1.0 if self.steps else first
            self.steps.append((networks.step, threads))
            self.now += (17.0 if networks.step % 16 == 0 else usual) * (threads if crowded else 1 / threads)
            return halves(networks)

        monkeypatch.setattr("zscape.models.training.gan.gan_networks.GANNetworks.halves", timed)
        monkeypatch.setattr("zscape.models.training.trial.time.perf_counter", lambda: self.now)


@pytest.fixture
def threads():
    """Sets the usual number of threads for the test."""
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


def test_a_step_that_comes_rarely_counts_for_its_share(monkeypatch, threads):
    threads(1)
    clock = Clock(monkeypatch)
    pace = finish(try_generator(CONFIG, SAMPLE, seconds=40))
    assert pace.step == pytest.approx(2.0)
    assert (pace.every, pace.threads) == (5, 0)
    assert sum(step % 16 == 0 for step, _ in clock.steps) == 1
    assert clock.now < 45
    assert pace.seconds(100) == pytest.approx(200 * (1 + pace.show / 5))


@pytest.mark.parametrize(("first", "step", "count"), [(19.0, 1.0, 2), (21.0, 21.0, 1)])
def test_the_first_step_is_no_measure_unless_it_takes_very_long(monkeypatch, threads, first, step, count):
    threads(1)
    clock = Clock(monkeypatch, first=first)
    pace = finish(try_generator(CONFIG, SAMPLE, seconds=0.5))
    assert (pace.step, pace.timed, len(clock.steps)) == (step, 1, count)


@pytest.mark.parametrize(("crowded", "best", "step"), [(True, 1, 2.0), (False, 2, 1.0)])
def test_the_number_of_threads_that_is_fastest_is_taken(monkeypatch, threads, crowded, best, step):
    threads(2)
    clock = Clock(monkeypatch, crowded)
    pace = finish(try_generator(CONFIG, SAMPLE, seconds=40))
    assert (pace.threads, pace.step) == (best, pytest.approx(step))
    assert {used for _, used in clock.steps} == {1, 2}
    assert torch.get_num_threads() == 2


def test_a_trial_leaves_nothing_and_can_be_cancelled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    work = try_generator(CONFIG, SAMPLE)
    for _ in range(3):
        next(work)
    work.close()
    assert not list(tmp_path.iterdir())


def test_an_encoder_is_tried_with_its_own_networks(tmp_path, tiny_model):
    from zscape.models.training.train import train

    config = TrainConfig("tiny", "projection", MODEL, "d", steps=1, batch=4, publish_seconds=0)
    path = finish(train(config, SAMPLE, tmp_path / "run"))
    assert finish(try_encoder(path, SAMPLE, seconds=0.01)).step > 0
    with pytest.raises(ZscapeError, match="choose data of the model's classes"):
        finish(try_encoder(path, replace(SAMPLE, class_names=("x", "y"))))
    with pytest.raises(ZscapeError, match="no discriminator"):
        finish(try_encoder(tiny_model, SAMPLE))


def test_a_run_that_is_never_shown_takes_its_steps():
    assert Pace(0.5).seconds(10) == 5


def colours(folder, side, count=4, tint=(200, 30, 30)):
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        for index in range(count):
            Image.new("RGB", (side, side), tint).save(folder / name / f"{index}.png")
    return str(folder)


def arrays(folder, images):
    folder.mkdir()
    save_arrays(folder / "a.npz", images=images, labels=np.arange(len(images)) % 2)
    return str(folder / "a.npz")


def strokes(count, side=28):
    images = np.zeros((count, side, side), np.uint8)
    images[:, 5:-5, side // 2 : side // 2 + 2] = 255
    return images


def blocks(count):
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 4:-4, 6:-6] = 180
    return images


CASES = {
    "digits": (lambda _: "digits", ("digits-dcgan", 28, 1), ("digits-dcgan", 28, 1)),
    "small colour pictures": (lambda p: colours(p, 24), ("colour-32", 32, 3), ("colour-32", 32, 3)),
    "large colour pictures": (lambda p: colours(p, 90), ("colour-32", 32, 3), ("colour-64", 64, 3)),
    "grey, stored in colour": (lambda p: colours(p, 28, tint=(0, 0, 0)), ("digits-dcgan", 28, 1), ("digits-dcgan", 28, 1)),
    "some strokes": (lambda p: arrays(p, strokes(40)), ("digits-dcgan", 28, 1), ("digits-dcgan", 28, 1)),
    "many strokes": (lambda p: arrays(p, strokes(10_000)), ("mnist", 28, 1), ("mnist", 28, 1)),
    "large strokes": (lambda p: arrays(p, strokes(40, 64)), ("digits-dcgan", 32, 1), ("digits-dcgan", 64, 1)),
    "grey things": (lambda p: arrays(p, blocks(40)), ("fashion-mnist", 28, 1), ("fashion-mnist", 28, 1)),
}


@pytest.mark.parametrize(("make", "slow", "quick"), CASES.values(), ids=CASES)
def test_what_suits_the_data_is_proposed(tmp_path, make, slow, quick):
    data = finish(overview(make(tmp_path / "data")))
    for fast, wanted in ((False, slow), (True, quick)):
        suits = proposal(data, fast)
        assert (suits.preset, suits.size, suits.channels) == wanted
        config = load_config(suits.preset)
        shape = replace(config, model=at_size(config, suits.size, suits.channels)).built(len(data.class_names)).image_shape
        assert shape == (wanted[2], wanted[1], wanted[1])


@pytest.mark.parametrize("name", presets())
def test_every_preset_can_be_had_in_each_of_its_sizes_and_colours(name):
    config = load_config(name)
    sizes = sizes_of(config)
    assert config.model["size"] in sizes
    for size in sizes:
        for channels in (1, 3):
            other = replace(config, model=at_size(config, size, channels))
            assert other.built(1).image_shape == (channels, size, size)
    own = (config.model["size"], config.model.get("channels", 1))
    assert at_size(config, *own) == dict(config.model)
