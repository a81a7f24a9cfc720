"""Wraps any torch module as a model of Zscape: checked once, then used like any other model."""

from __future__ import annotations

import copy
import inspect
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy

from zscape.models.errors import ZscapeError
from zscape.models.families.base import Generator
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.runner import prior
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.noise import Noise, maps
from zscape.models.inputs.space import Space

CHECKED = 3
"""Number of points drawn to check a module."""
LEEWAY = 0.02
"""Tolerance of pixels beyond the image range, as a fraction of the range."""
SURE = 10
"""If no pixel is below the middle of the range, SURE times as many points are drawn before a warning."""
SAME = 1e-3
"""Maximum difference between two drawings of the same points, as a fraction of the range."""


class WrappedGenerator(Generator):
    """A module net(first, second, ...) -> images [N, C, H, W] in `image_range`, its arguments in the order of `inputs`.

    If styles are among the inputs, net.styles(first, ...) makes them from all inputs but styles and noise, and net.draw(styles,
    noise ...) draws the images. Noise is passed as a map of its `map_shape`. The module gets copies, since it may change its
    arguments in place. name: what error messages call it.
    """

    def __init__(
        self,
        name: str,
        net: nn.Module,
        inputs: tuple[Input, ...],
        image_range: tuple[float, float],
        image_shape: tuple[int, int, int],
    ) -> None:
        super().__init__()
        self.name, self.net, self.inputs, self.image_range, self.image_shape = name, net, inputs, image_range, image_shape
        self._styled = Space(inputs).styles

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        if self._styled is not None:
            return self.draw(self.styles(points), points)
        return self._scaled(self._called("forward", {each.name: self._argument(each, points) for each in self.inputs}))

    def styles(self, points: Mapping[str, Tensor]) -> Tensor:
        given = [each for each in self.inputs if each is not self._styled and not isinstance(each, Noise)]
        styles: Tensor = self._called("styles", {each.name: self._argument(each, points) for each in given})
        return styles

    def draw(self, styles: Tensor, points: Mapping[str, Tensor]) -> Tensor:
        noise = {each.name: self._argument(each, points) for each in self.inputs if isinstance(each, Noise)}
        return self._scaled(self._called("draw", {self._styled.name if self._styled else "": styles.clone(), **noise}))

    def _argument(self, each: Input, points: Mapping[str, Tensor]) -> Tensor:
        row = points[each.name]
        if isinstance(each, Noise) and each.map_shape:
            return torch.from_numpy(maps(row.cpu().numpy(), each.map_shape, each.name)).to(row.device)
        return row.clone()

    def _called(self, method: str, arguments: Mapping[str, Tensor]) -> Any:
        """Call `method` of the module with the arguments in order, and return its result.

        Raises ZscapeError for any exception but running out of memory: the caller then draws fewer points at a time.
        """
        try:
            call: Callable[..., Any] = self.net if method == "forward" else getattr(self.net, method)
            return call(*arguments.values())
        except (ZscapeError, MemoryError, torch.OutOfMemoryError):
            raise
        except Exception as error:
            if "out of memory" in str(error).lower():
                raise
            shapes = ", ".join(f"{name} {list(rows.shape)}" for name, rows in arguments.items())
            said = f"{type(error).__name__}: {str(error).rstrip('.')}."
            raise ZscapeError(f"{self.name} failed when given {shapes}: {said}{_hint(str(error), self.inputs)}") from error

    def _scaled(self, images: Tensor) -> Tensor:
        if not isinstance(images, Tensor) or images.layout is not torch.strided:
            kind = type(images).__name__ if not isinstance(images, Tensor) else "sparse tensor"
            raise ZscapeError(f"{self.name} returned a {kind}: it must return images [N, C, H, W].")
        images = images if torch.is_grad_enabled() else images.detach()
        low, high = self.image_range
        return images if (low, high) == (-1, 1) else (images - low) * (2 / (high - low)) - 1


def _hint(error: str, inputs: Sequence[Input]) -> str:
    """A sentence on the usual cause of a network's error; "" if it is not known."""
    latent = next((each for each in inputs if isinstance(each, Latent)), None)
    classes = next((each for each in inputs if isinstance(each, Classes)), None)
    if classes is not None and "indices" in error:
        name = classes.name
        return f" Classes are weights [N, {len(classes.labels)}]: use {name} @ embedding.weight, not embedding({name})."
    if latent is not None and "4D" in error:
        size = latent.size
        return f" A latent is [N, {size}]; for [N, {size}, 1, 1], wrap nn.Sequential(nn.Unflatten(1, ({size}, 1, 1)), net)."
    return ""


def wrap(net: nn.Module, inputs: Sequence[Input], image_range: tuple[float, float], name: str) -> Model:
    """Make a model that draws with a copy of `net`. Raises ZscapeError, saying what to correct, if `net` is not suitable."""
    if not isinstance(net, nn.Module):
        raise ZscapeError(f"{name}: wrap takes a torch.nn.Module, not a {type(net).__name__}.")
    if any(getattr(part, "training", False) for part in net.modules()):  # frozen TorchScript has no mode
        raise ZscapeError(f"{name} is in training mode, in which it would draw differently each time: call net.eval() first.")
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise ZscapeError(f"A model needs a name of one line, such as 'mine', not {name!r}.")
    if not isinstance(inputs, Iterable):
        raise ZscapeError(f"{name}: inputs must be a list, such as [Latent('z', 16)], not a {type(inputs).__name__}.")
    declared = tuple(inputs)
    space = Space(declared)
    low, high = _range(name, image_range)
    _check_device(name, net)
    for each in space.every(Noise):
        if not each.map_shape:
            raise ZscapeError(f"{name}: say which map {each.name!r} is: Noise({each.name!r}, (channels, height, width)).")
    if space.styles is not None and not (hasattr(net, "styles") and hasattr(net, "draw")):
        raise ZscapeError(f"{name}: a module with styles needs the methods styles(...) and draw(styles, ...).")
    if space.styles is None:
        _check_arguments(name, net, declared)
    try:
        with torch.no_grad():  # TorchScript copies its weights by computing with them
            own = copy.deepcopy(net, _computed(net))
    except (RuntimeError, TypeError) as error:
        mend = "detach the tensors it holds" if isinstance(error, RuntimeError) else "let it hold only tensors and plain values"
        raise ZscapeError(f"{name} cannot be copied ({error}): {mend}.") from error
    for weights in own.parameters():
        weights.requires_grad_(False)
    generator = WrappedGenerator(name, own, declared, (low, high), (1, 1, 1))
    generator.image_shape = _check_images(name, generator, space, (low, high))
    generator.eval()
    spec = Spec(name, "", {}, declared, generator.image_shape, data="a module of your own", subject="object")
    return Model(spec, generator)


def _computed(net: nn.Module) -> dict[int, Tensor]:
    """Copies of the tensors in `net` that were computed, by id, for deepcopy, which rejects tensors with a gradient history.

    torch.nn.utils.weight_norm leaves one in each layer, and many networks keep their last picture.
    """
    held = [each for part in net.modules() for each in vars(part).values() if isinstance(each, Tensor)]
    return {id(each): each.detach().clone() for each in held if not each.is_leaf}


def _range(name: str, image_range: tuple[float, float]) -> tuple[float, float]:
    try:
        low, high = map(float, image_range)
    except (TypeError, ValueError) as error:
        raise ZscapeError(f"{name}: image_range must be two numbers, such as (-1, 1).") from error
    if not low < high or abs(low) == float("inf") or abs(high) == float("inf"):
        raise ZscapeError(f"{name}: image_range runs from {low:g} to {high:g}: its lower end must come first.")
    return low, high


def _check_device(name: str, net: nn.Module) -> None:
    tensors = [*net.parameters(), *net.buffers()]
    if any(is_lazy(tensor) for tensor in tensors):
        raise ZscapeError(f"{name} has lazy layers that have no weights yet: call it once first.")
    devices = {tensor.device.type for tensor in tensors}
    if len({tensor.device for tensor in tensors}) > 1:
        raise ZscapeError(f"{name} is on several devices ({', '.join(sorted(devices))}): move all of it to one, net.to('cpu').")
    if "meta" in devices:
        raise ZscapeError(f"{name} has no weights yet (device meta): load them first.")
    if odd := {tensor.dtype for tensor in tensors if tensor.is_floating_point()} - {torch.float32}:
        raise ZscapeError(f"{name} holds weights in {str(min(odd, key=str)).removeprefix('torch.')}: call net.float() first.")


def _check_arguments(name: str, net: nn.Module, inputs: tuple[Input, ...]) -> None:
    try:
        signature = inspect.signature(net.forward)
        by_name = [
            each.name for each in signature.parameters.values() if each.kind is each.KEYWORD_ONLY and each.default is each.empty
        ]
        signature.bind(*range(len(inputs)))
    except ValueError:
        return  # it does not list its arguments; drawing will show
    except TypeError as error:
        words = ", ".join(each.name for each in inputs)
        if by_name:
            raise ZscapeError(
                f"{name} takes {', '.join(by_name)} as keywords only: inputs ({words}) are given in order, so leave out the *."
            ) from error
        raise ZscapeError(
            f"{name} takes ({', '.join(signature.parameters)}) where {len(inputs)} "
            f"{'input is' if len(inputs) == 1 else 'inputs are'} declared ({words}): {error}."
        ) from error
    taken = list(signature.parameters)[: len(inputs)]
    names = [each.name for each in inputs]
    if sorted(taken) == sorted(names) and taken != names:
        raise ZscapeError(f"{name} takes ({', '.join(taken)}): declare the inputs in that order, not ({', '.join(names)}).")


def _check_images(name: str, generator: WrappedGenerator, space: Space, image_range: tuple[float, float]) -> tuple[int, int, int]:
    """Draw a few points twice and check the images; return the image shape (C, H, W)."""
    device = next((tensor.device for tensor in (*generator.parameters(), *generator.buffers())), torch.device("cpu"))

    def on_device(points: Mapping[str, Tensor]) -> dict[str, Tensor]:
        return {each: rows.to(device) for each, rows in points.items()}

    points = on_device(prior(space, CHECKED))

    def attempt(draw: Callable[[Mapping[str, Tensor]], Tensor], given: Mapping[str, Tensor] = points) -> Tensor:
        with torch.no_grad():
            return draw(given)

    if space.styles is not None:
        styles = attempt(generator.styles)
        wanted = (CHECKED, *space.styles.shape)
        if not isinstance(styles, Tensor) or styles.shape != wanted:
            got = list(styles.shape) if isinstance(styles, Tensor) else type(styles).__name__
            raise ZscapeError(f"{name}.styles gave {got} where {list(wanted)} was declared.")
    before = [tensor.clone() for tensor in generator.net.buffers()]
    images = attempt(generator)
    if images.dtype != torch.float32:
        kind = str(images.dtype).removeprefix("torch.")
        raise ZscapeError(f"{name} draws in {kind}: return float32, net.float() or images.float().")
    last = images.dim() == 4 and images.shape[3] in (1, 3)
    hint = ", as images.permute(0, 3, 1, 2) does" if last else ", as images[:, None] does" if images.dim() == 3 else ""
    if images.dim() != 4 or len(images) != CHECKED or images.shape[1] not in (1, 3) or not images.numel():
        raise ZscapeError(
            f"{name} drew {list(images.shape)} for {CHECKED} points: it must return [{CHECKED}, 1 or 3, height, width]{hint}."
        )
    if not torch.isfinite(images).all():
        raise ZscapeError(f"{name} drew numbers that are not finite: check its weights and its inputs.")
    reach = 1 + 2 * LEEWAY
    if images.abs().max() > reach:
        low, high = image_range
        span = (high - low) / 2
        least, most = (float(each + 1) * span + low for each in (images.min(), images.max()))
        raise ZscapeError(
            f"{name} drew pixels from {least:.3g} to {most:.3g} where image_range says {low:g} to {high:g}: set image_range."
        )
    others = (attempt(generator, on_device(prior(space, CHECKED, seed))) for seed in range(1, SURE))
    if tuple(image_range) == (-1, 1) and images.std() > SAME and all(each.min() >= -SAME for each in chain((images,), others)):
        warnings.warn(
            f"{name} drew no pixel below 0 where image_range says -1 to 1: if they go from 0 to 1, set image_range=(0, 1).",
            stacklevel=4,
        )
    again = attempt(generator)
    changed = any(not torch.equal(old, new) for old, new in zip(before, generator.net.buffers(), strict=True))
    if changed or again.shape != images.shape or (again - images).abs().max() > 2 * SAME:
        raise ZscapeError(
            f"{name} draws the same points differently a second time: it keeps state or draws random numbers of its own. "
            "Take its noise as an input: Noise(name, shape)."
        )
    alone = attempt(generator, {each: rows[:1] for each, rows in points.items()})
    if alone.shape != images[:1].shape or (alone - images[:1]).abs().max() > 2 * SAME:
        raise ZscapeError(f"{name} draws a point differently in a batch than alone: it mixes the points of a batch.")
    channels, height, width = images.shape[1:]
    return channels, height, width
