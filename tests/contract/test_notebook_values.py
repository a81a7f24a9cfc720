"""`import zscape`: which arrays, tensors and points are accepted, and how copies behave."""

import copy
import pickle

import numpy as np
import torch
from networks import wrapped

import zscape


def test_arrays_and_tensors_of_any_kind_are_accepted(mnist):
    """Flipped arrays, zero-dimensional ones, torch tensors; single pictures of one channel, as `animate` returns them."""
    points, images = mnist.points(3, seed=1), mnist.sample(3, seed=1)
    assert np.array_equal(mnist.draw({name: rows[::-1] for name, rows in points.items()}), images[::-1])
    assert np.array_equal(mnist.draw(points.part(slice(None, None, -1))), images[::-1])
    found = mnist.encode(images)
    assert np.array_equal(mnist.encode(images[::-1]).reconstruction, found.reconstruction[::-1])
    assert np.array_equal(mnist.encode(list(images)).reconstruction, found.reconstruction)
    assert mnist.restyle(images[0]).shape == (1, 10, 28, 28, 1)
    for classes in (np.array(7), torch.tensor(7), torch.tensor([7]), [torch.tensor(7)]):
        assert mnist.points(1, classes=classes)["class"].argmax() == 7
    assert mnist.sweep("class", seed=np.array(3), columns=2).shape[:2] == (10, 2)
    layer = mnist.layers[2].name
    edited = [
        mnist.sample(1, values={"unit edits": [{"layer": layer, "units": units, "gain": gain}]})
        for units, gain in ((range(3), 0), (np.arange(3), np.float32(0)), (torch.arange(3), torch.tensor(0.0)))
    ]
    assert all(np.array_equal(each, edited[0]) for each in edited)
    assert not np.array_equal(edited[0], mnist.sample(1))
    assert zscape.Recipe.seed(np.int64(7)) == zscape.Recipe.seed(7)
    eased = [
        list(mnist.animate(mnist.points(2), seconds=0.2, easing=each))[2] for each in ("linear", (1 / 3, 1 / 3, 2 / 3, 2 / 3))
    ]
    assert np.abs(eased[0].astype(int) - eased[1]).max() <= 2
    assert mnist.neighbours(images, count=1, data=None, generated=5).places.shape == (3, 1)


def test_numbers_written_into_points_affect_everything_drawn_from_them(mnist):
    for points in (mnist.points(2, truncation=0.5), mnist.encode(mnist.sample(2)).points):
        points["z"][0] += 1
        assert np.array_equal(next(mnist.animate(points, seconds=0.2)), mnist.draw(points)[0])


def test_a_model_can_be_copied_and_pickled(mnist):
    mine = wrapped()
    mine.add_direction("up", np.ones(16))
    for model in (mnist, mine):
        images = model.sample(2)
        for again in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):  # noqa: S301 (our own)
            assert np.array_equal(again.sample(2), images)
            assert list(again.directions) == list(model.directions)
