"""Converts frames to the planes that video codecs take: luma, and two chroma planes of half the width and height."""

from __future__ import annotations

import av
import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]


def yuv420(frame: Frame, scale: int = 1) -> av.VideoFrame:
    """Convert a frame uint8 [H, W, 3], every pixel enlarged to scale x scale, to yuv420p (BT.601, 16 to 235).

    The enlarged width and height are even. With an even scale the frame is converted before it is enlarged: that takes a fraction
    of the time, and no colour mixes with its neighbour's, since a chroma sample never covers two pixels.
    """
    if scale % 2:
        large = frame.repeat(scale, axis=0).repeat(scale, axis=1) if scale > 1 else frame
        return _picture(large).reformat(format="yuv420p")
    small = _picture(frame).reformat(format="yuv444p")
    made = av.VideoFrame(small.width * scale, small.height * scale, "yuv420p")
    for plane, (given, times) in enumerate(zip(small.planes, (scale, scale // 2, scale // 2), strict=True)):
        rows = _pixels(given, small.height, small.width)
        wide = rows.repeat(times, axis=1) if times > 1 else rows
        out = _pixels(made.planes[plane], small.height * times, small.width * times)
        for row in range(times):
            out[row::times] = wide
    return made


def _picture(frame: Frame) -> av.VideoFrame:
    """Wrap `frame` as a VideoFrame that uses its memory; `frame` must outlive it."""
    return av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(frame), format="rgb24")


def _pixels(plane: av.VideoPlane, height: int, width: int) -> NDArray[np.uint8]:
    """Return the memory of a plane as uint8 [height, width]."""
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:height, :width]
