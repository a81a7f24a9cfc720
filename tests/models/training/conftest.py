"""A finished training run."""

import pytest
from blobs import CONFIG, blobs

from zscape.models.progress import finish
from zscape.models.training.train import train


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory):
    """The folder of a run of CONFIG on blobs() that was never interrupted; no test changes it."""
    folder = tmp_path_factory.mktemp("finished")
    assert finish(train(CONFIG, blobs(), folder)) == folder / "model.safetensors"
    return folder
