"""Zscape: explore the latent space of conditional image generators.

    import zscape
    model = zscape.open("mnist")
    images = model.sample(9, seed=1)            # uint8 [9, 28, 28, 1]
    zscape.explore(model)                       # the window

Only the names in `__all__` are public. Qt is not imported before a window is asked for, nor torch before a model is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zscape import models
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import nn

    from zscape.model import Model
    from zscape.models.inputs import Classes, Latent, Noise, Numbers, Picture, Styles
    from zscape.models.inputs.base import Input
    from zscape.models.inputs.recipe import Recipe

# torch's worker threads sleep while they wait for each other. If they spin instead, drawing and training take several times as
# long whenever another program is busy. Read once, when torch is loaded; a value that the user has set is kept.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

__all__ = [
    "Classes",
    "Latent",
    "Noise",
    "Numbers",
    "Picture",
    "Recipe",
    "Styles",
    "ZscapeError",
    "explore",
    "models",
    "open",
    "screenshot",
    "wrap",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: there is no time for these imports before the window's first paint."""
    from zscape.models import inputs
    from zscape.models.inputs.recipe import Recipe

    found = {"Recipe": Recipe, **{kind: getattr(inputs, kind) for kind in inputs.__all__}}
    if name not in __all__ or name not in found:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found[name]


def __dir__() -> list[str]:
    """The names that a notebook suggests after `zscape.`: the public ones, without those merely imported here."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])


def open(model: str | Path, device: str = "auto") -> Model:
    """Open the model named `model` (`zscape.models()` lists the names), or the model file or run folder at that path.

    device: auto (the fastest available), cpu, cuda, cuda:1 or mps. Raises ZscapeError if there is no such model or device.
    """
    from dataclasses import replace

    from zscape import arguments
    from zscape.model import Model
    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.directions import directions_of
    from zscape.models.files.library import find

    if not isinstance(model, str | Path):
        raise ZscapeError(f"Give the name of a model or the path of its file, not {type(model).__name__}.")
    device = arguments.device(device)
    inner = load_model(find(model))
    return Model(replace(inner, directions=directions_of(inner.spec)), device)


def wrap(
    net: nn.Module,
    inputs: Sequence[Input],
    image_range: tuple[float, float] = (-1.0, 1.0),
    name: str = "mine",
    device: str = "auto",
) -> Model:
    """Make a model that draws with a copy of your torch module `net` and can do everything a bundled model can.

    net: called with the arguments that `inputs` declare, in that order, each float32 [N, ...] (Latent: [N, size]; Classes: [N,
    K], weights that sum to 1; Numbers: [N, K]; Picture: [N, C, H, W] from -1 to 1; Noise: [N, *its map_shape]). Returns float32
    images [N, 1 or 3, H, W] with pixels in `image_range`. It must be in evaluation mode. If Styles is among the inputs, it has
    the methods styles(...) -> [N, layers, size] and draw(styles, noise ...) -> images instead. It is tried on three points;
    raises ZscapeError, saying what to correct, if it does not meet these requirements.
    """
    from zscape import arguments
    from zscape.model import Model
    from zscape.models.foreign.wrapped import wrap as wrapped

    device = arguments.device(device)
    return Model(wrapped(net, inputs, image_range, name), device)


def explore(model: Model | str | Path = "") -> None:
    """Open the window on a model (the bundled one by default) and return when the window is closed.

    Under a running Qt event loop (IPython's `%gui qt`) it returns at once. Raises ZscapeError if there is no such model or no
    window can be opened.
    """
    from zscape.app.window.startup.start import explore as opened

    opened(_named_or_open(model))


def screenshot(
    model: Model | str | Path = "",
    view: str = "image",
    out: str | Path = "window.png",
    theme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = (1280, 720),
) -> Path:
    """Save the window, showing one view of `model`, as the PNG file `out`, and return its path. Needs no display.

    view: image, class-sweep, style-sweep, style-mixing, restyle, arithmetic, paint, pad, map, type, candidates, compare, layers
    or train. size: width and height of the window in pixels, enlarged if the window needs more. Raises ZscapeError for an unknown
    view or theme, an invalid size, or a path that cannot be written.
    """
    from zscape import arguments
    from zscape.app.window.screenshot import screenshot as taken

    path = arguments.path("place of a picture", out)
    taken(_named_or_open(model), view, path, theme, size)
    return path


def _named_or_open(model: Any) -> Any:
    """Convert `model`, as the user gave it, to what the window accepts. Raises ZscapeError if that is not possible."""
    if isinstance(model, str | Path):
        if str(model):  # otherwise the window would open on another model, and a notebook would carry on after it is closed
            from zscape.models.files.header import read_spec
            from zscape.models.files.library import find

            read_spec(find(model))
        return model
    if (inner := getattr(model, "inner", None)) is None:
        raise ZscapeError(
            f"Give a model, its name or the path of its file, not {type(model).__name__}; zscape.wrap makes one of a network."
        )
    return inner
