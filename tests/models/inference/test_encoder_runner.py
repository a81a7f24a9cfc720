"""The runner that is kept ready for encoding with a model."""

import gc
import weakref

import numpy as np

from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference.encoding import encode, runner_of
from zscape.models.progress import finish


def test_it_is_made_once_and_gone_with_its_model():
    model = load_model(find("mnist"))
    finish(encode(model, np.zeros((1, *model.spec.image_shape[1:], 1), np.uint8), device="cpu"))
    assert runner_of(model, "cpu") is runner_of(model, "cpu")
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None
