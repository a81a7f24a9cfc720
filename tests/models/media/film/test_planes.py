"""The planes for a video codec: as those of frames enlarged first, but closer to their colours."""

import av
import numpy as np
import pytest

from zscape.models.media.film.planes import yuv420

RANDOM = np.random.default_rng(3)


def back(picture: av.VideoFrame) -> np.ndarray:
    return picture.to_ndarray(format="rgb24").astype(int)


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
@pytest.mark.parametrize("size", [(2, 2), (18, 46), (28, 280)])
def test_grey_frames_are_as_if_they_were_enlarged_first(scale, size):
    frame = RANDOM.integers(0, 256, (*size, 1), np.uint8).repeat(3, 2)
    large = frame.repeat(scale, 0).repeat(scale, 1)
    made = yuv420(frame, scale)
    assert (made.height, made.width, made.format.name) == (*large.shape[:2], "yuv420p")
    expected = av.VideoFrame.from_ndarray(large, format="rgb24").reformat(format="yuv420p")
    np.testing.assert_array_equal(back(made), back(expected))


@pytest.mark.parametrize("scale", [2, 4])
def test_no_colour_is_mixed_with_its_neighbour(scale):
    colours = np.array([[255, 0, 0], [0, 200, 0], [0, 0, 255], [128, 64, 200]], np.uint8)
    frame = colours[RANDOM.integers(0, 4, (20, 34))]
    large = frame.repeat(scale, 0).repeat(scale, 1)
    planes = yuv420(frame, scale).to_ndarray()  # [3/2 H, W]: luma, then the two chroma planes
    exact = av.VideoFrame.from_ndarray(large, format="rgb24").reformat(format="yuv444p").to_ndarray()
    height = large.shape[0]
    np.testing.assert_array_equal(planes[:height], exact[0])
    chroma = planes[height:].reshape(2, height // 2, -1)
    np.testing.assert_array_equal(chroma, exact[1:, ::2, ::2])


def test_the_frame_that_is_given_may_be_a_view_and_stays_as_it_is():
    whole = RANDOM.integers(0, 256, (24, 40, 3), np.uint8)
    before = whole.copy()
    for scale in (1, 2):
        made = yuv420(whole[2:22, 4:36], scale)
        np.testing.assert_array_equal(back(made), back(yuv420(whole[2:22, 4:36].copy(), scale)))
    np.testing.assert_array_equal(whole, before)
