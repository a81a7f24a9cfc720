"""The kind `picture`: an image as input, such as a label map, a sketch or a small photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, stream
from zscape.models.inputs.value import Value, check_size, sides_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inputs.base import Floats, Known
    from zscape.models.inputs.recipe import Recipe

Colour = tuple[int, int, int]
MOST = 2048
ROUNDING = 1e-3
"""How far pixels in points may lie beyond black and white."""


@dataclass(frozen=True)
class PictureValue(Value):
    """An image as plain bytes.

    pixels: height * width * channels bytes, row by row. No bytes and sizes of 0 stand for blank paper.
    """

    height: int = 0
    width: int = 0
    channels: int = 0
    pixels: bytes = b""

    kind = "picture"

    def __post_init__(self) -> None:
        if len(self.pixels) != self.height * self.width * self.channels or min(self.height, self.width, self.channels) < 0:
            raise ZscapeError(
                f"A picture has {len(self.pixels)} bytes where {self.height} x {self.width} x {self.channels} are needed."
            )

    @property
    def array(self) -> NDArray[np.uint8]:
        """Pixels as uint8 [H, W, C]."""
        import numpy as np

        return np.frombuffer(self.pixels, np.uint8).reshape(self.height, self.width, self.channels)

    @staticmethod
    def of(image: NDArray[np.uint8]) -> PictureValue:
        """Return the value of an image, uint8 [H, W, C] or [H, W]. Raises ZscapeError for any other array."""
        import numpy as np

        if image.ndim == 2:
            image = image[:, :, None]
        if image.ndim != 3 or image.dtype != np.uint8:
            raise ZscapeError(f"A picture must be uint8 [H, W, C], not {image.dtype} {list(image.shape)}.")
        height, width, channels = image.shape
        return PictureValue(height, width, channels, np.ascontiguousarray(image).tobytes())


@dataclass(frozen=True)
class Picture(Input):
    """An image of `size` (height, width, channels). Values: PictureValue; in points float32 [N, C, H, W] from -1 to 1.

    palette: colours offered for drawing in the window, as (red, green, blue), the first for blank paper; () is black paper with a
    white pen.
    """

    size: tuple[int, int, int]
    palette: tuple[Colour, ...] = ()

    kind = "picture"
    value_type = PictureValue

    def __post_init__(self) -> None:
        super().__post_init__()
        sides = sides_of(self.name, self.size, "(height, width, channels)")
        if len(sides) != 3:
            raise ZscapeError(f"The shape of {self.name!r} is {list(sides)}: give (height, width, channels).")
        object.__setattr__(self, "size", tuple(check_size(f"A side of {self.name!r}", side, MOST) for side in sides))
        if self.size[2] not in (1, 3):
            raise ZscapeError(f"{self.name!r} has {self.size[2]} channels: a picture has 1 (grey) or 3 (colour).")
        try:
            object.__setattr__(self, "palette", tuple((int(r), int(g), int(b)) for r, g, b in self.palette))
        except (TypeError, ValueError) as error:
            raise ZscapeError(f"The palette of {self.name!r} must be colours (red, green, blue), each part 0 to 255.") from error
        if not all(0 <= part <= 255 for colour in self.palette for part in colour):
            raise ZscapeError(f"The palette of {self.name!r} holds numbers outside 0 to 255.")

    @property
    def shape(self) -> tuple[int, ...]:
        height, width, channels = self.size
        return (channels, height, width)

    @property
    def summary(self) -> str:
        height, width, channels = self.size
        return f"a picture of {width} × {height} in {'grey' if channels == 1 else 'colour'}"

    def default(self, seed: int) -> PictureValue:
        return PictureValue()

    def check(self, value: Value) -> None:
        super().check(value)
        assert isinstance(value, PictureValue)
        if value.pixels and (value.height, value.width, value.channels) != self.size:
            raise ZscapeError(
                f"The picture for {self.name!r} is {value.height} x {value.width} x {value.channels}, "
                f"the model takes {' x '.join(map(str, self.size))}."
            )

    def check_rows(self, rows: Floats) -> None:
        if abs(rows).max() > 1 + ROUNDING:
            raise ZscapeError(
                f"{self.name!r} holds pixels from {rows.min():g} to {rows.max():g}: in points they are from -1 to 1."
            )

    def value(self, given: Any) -> PictureValue:
        import numpy as np

        if isinstance(given, PictureValue):
            return given
        if hasattr(given, "convert"):  # a PIL image, which may have a palette
            given = given.convert("L" if self.size[2] == 1 else "RGB")
        array = np.asarray(given)
        if array.ndim == 0:
            raise ZscapeError(
                f"{self.name!r} is a picture: give an array uint8 [H, W, C] or a PIL image, not {type(given).__name__}."
            )
        return PictureValue.of(array)

    def image(self, value: Value) -> NDArray[np.uint8]:
        """Return the pixels, uint8 [H, W, C]; blank paper if `value` is empty."""
        import numpy as np

        assert isinstance(value, PictureValue)
        if value.pixels:
            return value.array
        paper = np.asarray(self.palette[0] if self.palette else (0, 0, 0), np.uint8)
        return np.broadcast_to(paper[: self.size[2]], self.size)

    def row(self, value: Value, space: Known) -> Floats:
        import numpy as np

        self.check(value)
        return (self.image(value).transpose(2, 0, 1).astype(np.float32) / 127.5 - 1).astype(np.float32)

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        """Cross-fade."""
        first, last = start.value(self), end.value(self)
        if first == last:
            return [first] * len(steps)
        a, b = (self.image(value).astype(float) for value in (first, last))
        return [self._mixed((1 - t) * a + t * b) for t in steps]

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Weighted sums of pixels, clipped to black and white."""
        import numpy as np

        values = [recipe.value(self) for recipe in recipes]
        if len(set(values)) == 1:
            return [values[0]] * len(weights)
        images = np.stack([self.image(value).astype(float) for value in values])
        return [self._mixed(np.tensordot(row, images, 1)) for row in weights]

    def _mixed(self, pixels: NDArray[np.float64]) -> PictureValue:
        import numpy as np

        return PictureValue.of(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))

    def prior(self, count: int, seed: int) -> Floats:
        """Uniform noise, since real pictures come only with the data."""
        import numpy as np

        return stream(self.name, seed).uniform(-1, 1, (count, *self.shape)).astype(np.float32)

    def describe(self, value: Value) -> str:
        assert isinstance(value, PictureValue)
        return f"a picture as {self.name}" if value.pixels else ""
