"""Make resources/samples/: pictures for trying encoding and restyling, made from the bundled digits.

python scripts/make_samples.py

Two are plain 28x28 digits; one looks drawn with a mouse; one looks like a photograph of pen on paper by a window, one like
felt-tip on a coloured note.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from zscape.models.data.sources import load

OUT = Path(__file__).parents[1] / "resources" / "samples"


def ink(digit: NDArray[np.uint8], size: int, height: int, width: int, turn: float, seed: int) -> NDArray[np.float32]:
    """The digit at `size` pixels with sharp edges, rotated by `turn` degrees, in the middle of a page: ink 0 to 1."""
    large = (
        Image.fromarray(digit[..., 0]).resize((size, size), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(size / 90))
    )
    large = large.rotate(turn, Image.Resampling.BICUBIC).point(lambda value: min(255, max(0, (value - 90) * 4)))
    page = Image.new("L", (width, height))
    page.paste(large, ((width - size) // 2, (height - size) // 2 + 8))
    grain = np.random.default_rng(seed).normal(1, 0.06, (height, width))
    return np.asarray(page, np.float32) / 255 * grain.astype(np.float32)


def photograph(ink: NDArray[np.float32], paper: tuple[int, int, int], pen: tuple[int, int, int], seed: int) -> Image.Image:
    """A page lit from the left with a dark corner, as photographed by a small camera."""
    height, width = ink.shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    light = 1.02 - 0.34 * x - 0.14 * y**2 - 0.2 * np.exp(-(((x - 1) / 0.35) ** 2) - ((y - 1) / 0.4) ** 2)
    page = np.array(paper) * (1 - ink[..., None]) + np.array(pen) * ink[..., None]
    noise = np.random.default_rng(seed).normal(0, 3.5, (height, width, 3))
    shot = np.clip(page * light[..., None] + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(shot).filter(ImageFilter.GaussianBlur(0.8))


def drawn() -> Image.Image:
    """A four that looks drawn with a mouse: two strokes of even width with corners, dark on light."""
    page = Image.new("L", (480, 480), 250)
    pen = ImageDraw.Draw(page)
    strokes = [
        [(176, 92), (158, 150), (138, 214), (128, 252), (150, 262), (214, 258), (280, 250), (330, 246)],
        [(270, 150), (262, 210), (256, 270), (250, 330), (240, 392)],
    ]
    for stroke in strokes:
        pen.line(stroke, fill=30, width=26, joint="curve")
        for x, y in (stroke[0], stroke[-1]):
            pen.ellipse((x - 13, y - 13, x + 13, y + 13), fill=30)
    return page


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    digits = load("digits").images
    for name, index in (("three", 1507), ("seven", 3500)):
        Image.fromarray(digits[index, ..., 0]).save(OUT / f"{name}.png")
    pen = photograph(ink(digits[2533], 260, 360, 420, -4, 1), (236, 232, 222), (38, 44, 92), 2)
    pen.save(OUT / "five-on-paper.jpg", quality=88)
    felt = photograph(ink(digits[1020], 240, 320, 320, 5, 3), (244, 221, 120), (50, 40, 36), 4)
    drawn().save(OUT / "four-drawn.png", optimize=True)
    felt.save(OUT / "two-on-a-note.jpg", quality=88)


if __name__ == "__main__":
    main()
