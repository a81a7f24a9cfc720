"""Fixtures shared by several tests of the application."""

import pytest


@pytest.fixture
def context(qapp, tmp_path):
    """A context without a model; its threads end when the test does."""
    from stage import open_context

    with open_context(tmp_path / "settings") as context:
        yield context


@pytest.fixture
def tried(monkeypatch):
    """Replace training trials: a generator's step takes half a second, an encoder's two; returns the list of what was tried."""
    from zscape.models.progress import Progress
    from zscape.models.training.trial import Pace

    asked = []

    def generator(config, sample, device):
        asked.append((config.name, config.built(len(sample.class_names)).image_shape))
        yield Progress(0, 0, "Trying")
        return Pace(0.5)

    def encoder(model, sample, device):
        asked.append((model, sample.name))
        yield Progress(0, 0, "Trying")
        return Pace(2.0)

    monkeypatch.setattr("zscape.models.training.trial.try_generator", generator)
    monkeypatch.setattr("zscape.models.training.trial.try_encoder", encoder)
    return asked
