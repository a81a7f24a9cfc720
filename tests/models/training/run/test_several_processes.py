"""A run shared by several processes, started by torchrun, as a user would."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from safetensors.numpy import load_file

from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish
from zscape.models.training.config import load_config
from zscape.models.training.run.processes import Processes
from zscape.models.training.train import train

STEPS = 6
CONFIG = f"""
name = "shared"
family = "stylegan2"
steps = {STEPS}
batch = 8
learning_rate = 1e-3
r1 = 0.1
r1_every = 2
style_mixing = 0.5
path_length = 2
path_length_every = 2
pair_weight = 5
save_seconds = 0
publish_seconds = 0
[model]
size = 32
channels = 1
z_size = 6
w_size = 8
mapping = 1
maps = [8, 8, 8, 8]
features = [4, 8, 8, 8]
hidden = 16
"""


def prepared(folder):
    """A config and a small data set with groups."""
    random = np.random.default_rng(0)
    images = random.integers(0, 255, (24, 32, 32), dtype=np.uint8)
    save_arrays(folder / "data.npz", images=images, labels=np.arange(24) % 3, groups=np.arange(24) // 3)
    (folder / "shared.toml").write_text(CONFIG, "utf-8")
    return [str(folder / "shared.toml"), "--data", str(folder / "data.npz"), "--device", "cpu"]


def torchrun(*words):
    return [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", *words]


def environment():
    return {**os.environ, "OMP_NUM_THREADS": "1"}


def test_two_processes_make_the_steps_of_one_with_the_whole_batch_also_after_a_breakdown(tmp_path):
    """One process is killed as soon as there is a checkpoint; the run continues from the newest one."""
    words = prepared(tmp_path)
    config = load_config(words[0], {"data": words[2]})
    finish(train(config, load(config.data), tmp_path / "one"))
    out = tmp_path / "two"
    logs = ("--log-dir", str(tmp_path / "logs"))  # otherwise torchrun leaves a folder among the temporary files
    command = torchrun("--max-restarts", "3", *logs, "-m", "zscape", "train", *words, "--out", str(out))
    started = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        while not (out / "model.safetensors").exists():
            with pytest.raises(subprocess.TimeoutExpired):
                started.wait(0.05)
        os.kill(max(_children(started.pid)), signal.SIGKILL)
        said, errors = started.communicate(timeout=100)
    finally:
        started.kill()
        started.wait()
    assert started.returncode == 0, errors
    assert said.count("The model is at") == 1  # only the first process prints
    one, two = (load_file(tmp_path / name / "run.safetensors") for name in ("one", "two"))
    assert one.keys() == two.keys()
    assert int(two["step"]) == STEPS
    for name in one:
        if name.split("/")[0] in ("generator", "discriminator", "encoder"):
            # Adam divides by the size of the gradient, so rounding of a gradient near 0 can flip the sign of a step.
            apart = np.abs(one[name].astype(float) - two[name])
            assert np.mean(apart) < 2e-5, name
            assert apart.max() < 2 * STEPS * 1e-3, name
    np.testing.assert_allclose(one["path_length/mean"], two["path_length/mean"], rtol=1e-3)
    assert one["path_length/mean"] > 0
    np.testing.assert_array_equal(one["random"], two["random"])


def _children(process):
    """The workers that torchrun has started."""
    listed = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=True).stdout.split()
    return [int(each) for each in listed]


def test_a_batch_is_shared_evenly_or_refused():
    Processes(0, 4).check(8)
    for batch in (10, 4):
        with pytest.raises(ZscapeError, match="cannot be shared by 4 processes evenly"):
            Processes(0, 4).check(batch)


def test_every_row_has_one_process():
    rows = np.arange(12)
    parts = [Processes(rank, 3).rows(rows) for rank in range(3)]
    assert sorted(np.concatenate(parts).tolist()) == rows.tolist()
    assert {len(part) for part in parts} == {4}
