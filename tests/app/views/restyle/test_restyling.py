"""From a picture to a point, without a window."""

from dataclasses import replace

import numpy as np
import pytest
from recipes import inputs, weights, z
from stage import small_model

from zscape.app.views.restyle.pictures import example, find, no_examples, prepared, read
from zscape.app.views.restyle.state import Restyle
from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.media.images import save_png
from zscape.models.progress import finish


def ramp(height, width, channels):
    return np.linspace(0, 255, height * width * channels).astype(np.uint8).reshape(height, width, channels)


DIGITS = small_model().spec


def sample(number):
    return finish(example(number, DIGITS))[0]


@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_keeps_its_pixels(channels):
    image = ramp(28, 28, channels)
    picture = prepared(image, replace(DIGITS, image_shape=(channels, 28, 28)))
    assert (picture.height, picture.width, picture.channels) == (28, 28, channels)
    assert np.array_equal(picture.array, image)


def test_a_file_and_its_bytes_are_the_same_picture(tmp_path):
    path = tmp_path / "ramp.png"
    drawn = np.zeros((28, 28, 1), np.uint8)
    drawn[4:24, 8:20] = 200
    save_png(path, drawn)
    of_file, of_bytes = finish(read(path, DIGITS)), finish(read(path.read_bytes(), DIGITS))
    assert of_file == of_bytes
    assert np.array_equal(of_file[0].array, drawn)


def test_the_class_that_is_given_is_the_class_that_is_found():
    picture = sample(0)
    found = finish(find(small_model(), Restyle(picture, label=6), 0))
    assert weights(found.recipe).index(1.0) == 6
    assert len(z(found.recipe).numbers) == 8


def test_the_best_of_all_classes_is_at_least_as_close_as_any():
    picture = sample(3)
    best = finish(find(small_model(), Restyle(picture), 0))
    every = [finish(find(small_model(), Restyle(picture, label=k), 0)).mse for k in range(10)]
    assert best.mse == pytest.approx(min(every), rel=1e-3)


def test_a_picture_made_for_another_model_is_made_ready_again():
    colour = PictureValue(
        64, 64, 3, np.repeat(np.kron(ramp(8, 8, 1)[..., 0] // 200 * 255, np.ones((8, 8), np.uint8)), 3).tobytes()
    )
    assert finish(find(small_model(), Restyle(colour), 0)).mse >= 0


def test_a_model_without_encoder_is_refused():
    with pytest.raises(ZscapeError, match="no encoder"):
        finish(find(small_model(encoder=False), Restyle(sample(0)), 0))


def test_examples_are_the_samples_and_then_real_digits():
    pictures = [sample(number) for number in range(12)]
    assert len(set(pictures)) == 12


def test_examples_of_other_classes_are_what_the_model_was_trained_on(tmp_path):
    folder = tmp_path / "shapes"
    for number, name in enumerate(("ball", "box")):
        (folder / name).mkdir(parents=True)
        image = np.zeros((28, 28, 1), np.uint8)
        image[4:24, 8:20] = 100 + 50 * number
        save_png(folder / name / "0.png", image)
    spec = replace(DIGITS, inputs=inputs(64, ("ball", "box")), data=str(folder))
    image = finish(example(0, spec))[0].array
    assert image[14, 14, 0] in (100, 150)
    recorded = {"training": {"data": str(folder)}}
    assert np.array_equal(finish(example(0, replace(spec, data="shapes", recorded=recorded)))[0].array, image)
    assert not no_examples(replace(spec, data="shapes", recorded=recorded))
    with pytest.raises(ZscapeError, match="trained on nowhere, which is not here"):
        finish(example(0, replace(spec, data="nowhere")))
    assert "which is not here: open a picture of your own" in no_examples(replace(spec, data="nowhere"))
