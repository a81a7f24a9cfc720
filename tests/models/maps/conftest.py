"""A small model and two maps: of real and of drawn pictures."""

import pytest
import torch
from maps_stage import CONFIG
from recipes import inputs

from zscape.models.families.dcgan import DCGAN
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.maps.collection import Origin
from zscape.models.maps.make import making
from zscape.models.progress import finish


@pytest.fixture(scope="module")
def model():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator, encoder = DCGAN.generator(CONFIG), DCGAN.encoder(CONFIG)
    config = {name: getattr(CONFIG, name) for name in CONFIG.__dataclass_fields__}
    spec = Spec("tiny", "dcgan", config, inputs(6, tuple("0123456789")), (1, 28, 28), data="digits", sha256="ab" * 32)
    return Model(spec, generator.eval(), encoder.eval())


@pytest.fixture(scope="module")
def real(model):
    return finish(making(model, Origin("data", "digits", 120)))


@pytest.fixture(scope="module")
def drawn(model):
    return finish(making(model, Origin("generated", "", 150, seed=3)))
