"""A letter model for tests: it draws three fonts and their in-betweens, and recognises the font of a letter."""

import io
from functools import cache

import numpy as np
import odd_fonts
import torch
from PIL import Image, ImageDraw, ImageFont

from zscape.models.data.dataset import Dataset
from zscape.models.data.layout import layout_of
from zscape.models.families.base import Encoder, Generator
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inputs import Classes, Latent

SIDE = 64
FONTS = ((0.0, 1.0), (0.2, 0.9), (0.0, 0.7))
"""Slant and relative width of each font."""


@cache
def pictures(letters: str = odd_fonts.LETTERS) -> np.ndarray:
    """uint8 [3, K, 64, 64]: the letters of three fonts, laid out as `zscape data make letters` does."""
    drawn = []
    for slant, width in FONTS:
        file = io.BytesIO()
        odd_fonts.bent(slant, width).save(file)
        font = ImageFont.truetype(io.BytesIO(file.getvalue()), 218, layout_engine=ImageFont.Layout.BASIC)
        for letter in letters:
            page = Image.new("L", (600, 400))
            ImageDraw.Draw(page).text((200, 205), letter, 255, font, anchor="ls")
            left, _, right, _ = page.getbbox()
            cut = page.crop((left - (256 - (right - left)) // 2, 0, left - (256 - (right - left)) // 2 + 256, 256))
            drawn.append(np.asarray(cut, float).reshape(SIDE, 4, SIDE, 4).mean((1, 3)).round().astype(np.uint8))
    return np.array(drawn).reshape(len(FONTS), len(letters), SIDE, SIDE)


class Letters(Generator):
    def __init__(self, images: np.ndarray) -> None:
        super().__init__()
        self.image_shape = (1, SIDE, SIDE)
        self.images = torch.nn.Parameter(torch.from_numpy(images).float() / 127.5 - 1)

    def forward(self, points):
        fonts = torch.softmax(4 * points["z"], 1)
        return torch.einsum("nf,nk,fkhw->nhw", fonts, points["class"], self.images)[:, None]


class FindsFont(Encoder):
    def __init__(self, generator: Letters) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, x, c):
        drawn = torch.einsum("nk,fkhw->nfhw", c, self.generator.images)
        off = (drawn - x).square().mean((2, 3))
        return 3 * torch.nn.functional.one_hot(off.argmin(1), len(FONTS)).float() - 1


def model_of(letters: str = odd_fonts.LETTERS, labels: tuple[str, ...] = ()) -> Model:
    """A model of the data set `letters`. labels: the names of its classes, by default the letters themselves."""
    images = pictures(letters)
    inputs = Latent("z", len(FONTS)), Classes("class", labels or tuple(letters))
    every = images.reshape(-1, SIDE, SIDE, 1)
    layout = layout_of(Dataset("letters", every, np.zeros(len(every), np.int64), ("x",)))
    spec = Spec("toy-letters", "", {}, inputs, (1, SIDE, SIDE), data="letters", layout=layout)
    generator = Letters(images).eval().requires_grad_(False)
    return Model(spec, generator, FindsFont(generator).eval())
