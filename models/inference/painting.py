"""Optimises a point until its picture agrees with what was painted over it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.inference.adam import Adam
from zscape.models.inference.made_once import MadeOnce
from zscape.models.inference.runner import GeneratorRunner, prior, to_uint8
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.wishes import MUST, MUST_NOT, Wishes

STEPS = 150
"""Number of optimisation steps after the last stroke."""
WARM = 12
"""Number of steps after which only the best of several starts goes on."""
RATE, BETAS = 0.1, (0.9, 0.9)
"""Adam's learning rate at the first step after a stroke, from which it falls to zero, and its betas, as in `refinement`."""
LEAST = 0.03
"""Fraction of the picture below which paint counts by its area: a dot must not outweigh the rest of the picture."""
APART = 1.0
"""Required distance of a pixel from a forbidden colour, where black to white is 2."""
PRIOR, SHELL = 1e-3, 0.1
"""Weights of the mean square of the latent, and of its excess over that of the prior."""
SPREAD_DRAWS = 256
"""Number of styles from which their mean and spread are computed."""


class Painter:
    """A model prepared for painting on one device, as copies: the caller's networks stay unchanged."""

    def __init__(self, model: Model, device: str = "cpu") -> None:
        # A copy of the record, so that a painter cached for a model does not itself keep the model alive.
        self.runner = GeneratorRunner(replace(model), device)
        self.spec, self.space, self.device = model.spec, model.space, self.runner.device
        self._plain = copy.deepcopy(model.generator).float().to(self.device).eval().requires_grad_(False)
        styles = self.space.styles
        self.targets: tuple[Input, ...] = (styles,) if styles else self.space.every(Latent)
        if not self.targets:
            raise ZscapeError(f"{self.spec.name} takes no latent: there is nothing that painting could change.")
        self.mean: dict[str, Tensor | float] = {each.name: 0.0 for each in self.targets}
        self.spread: dict[str, Tensor | float] = {each.name: 1.0 for each in self.targets}
        if styles:
            with torch.no_grad():
                drawn = prior(self.space, SPREAD_DRAWS)
                made = self._plain.styles({name: rows.to(self.device) for name, rows in drawn.items()})
            self.mean[styles.name], self.spread[styles.name] = made.mean(0), made.std(0).clamp_min(1e-3)

    def points(self, recipes: Sequence[Recipe]) -> dict[str, Tensor]:
        """Return the points of N recipes on the device, input name -> float32 [N, ...], with their styles computed."""
        points = self.runner.with_styles(resolve(recipes, self.space, 1, len(recipes)))
        return {name: torch.from_numpy(np.array(rows)).to(self.device) for name, rows in points.items()}

    def draw(self, points: Mapping[str, Tensor]) -> Tensor:
        """Draw images [N, C, H, W] through which gradients flow to the points."""
        styles = self.space.styles
        images: Tensor = self._plain.draw(points[styles.name], points) if styles else self._plain(points)
        return images

    def recipe(self, start: Recipe, row: Mapping[str, Tensor]) -> Recipe:
        """Return `start` with the painted inputs set to `row`, input name -> [S] or, for styles, [L, S]."""
        values = {
            each.name: StylesValue(numbers=tuple(map(tuple, row[each.name].tolist())))
            if each is self.space.styles
            else LatentValue(seeds=(), numbers=tuple(row[each.name].tolist()))
            for each in self.targets
        }
        return start.with_values(values)


_painters = MadeOnce(Painter)


def painter_of(model: Model, device: str = "cpu") -> Painter:
    """Return the painter of `model` on `device`, created once and cached while the model is in use."""
    return _painters.of(model, device)


class Painting:
    """Optimises a point so that its picture agrees with wishes, which may change meanwhile.

    J.-Y. Zhu et al., "Generative Visual Manipulation on the Natural Image Manifold" (2016), section 4.2: among the latents that
    the prior gives, find the one whose picture is closest to the constraints; here with Adam, from several starts, of which only
    the best goes on after WARM steps. Areas that may be anything have no weight, so they are filled in from the rest: R. Yeh et
    al., "Semantic Image Inpainting with Deep Generative Models" (2017), section 3. The loss is the sum of three means over pixels
    (squared distance to what must be, squared distance to what is to stay, and a penalty for what comes closer than APART to what
    must not be), each weighted by its area up to LEAST, and of PRIOR and SHELL, which keep the latent where the generator draws
    well. Classes and all other inputs stay.
    """

    def __init__(self, painter: Painter, starts: Sequence[Recipe]) -> None:
        self.painter = painter
        self._starts = list(starts)
        self._points = painter.points(self._starts)
        self._begin({each.name: self._points[each.name] for each in painter.targets})
        self._asked: tuple[Tensor, ...] = ()
        self._strength, self._steps, self.since = 1.0, 0, 0
        self._best: tuple[float, dict[str, Tensor], Tensor] | None = None

    def _begin(self, values: Mapping[str, Tensor]) -> None:
        """Start optimising from `values`, in units of their spread."""
        painter = self.painter
        self._free = {
            name: ((rows - painter.mean[name]) / painter.spread[name]).detach().clone().requires_grad_()
            for name, rows in values.items()
        }
        self._adam = {name: Adam(free, BETAS) for name, free in self._free.items()}

    def ask(self, wishes: Wishes, keep: NDArray[np.uint8] | None, strength: float = 1.0) -> None:
        """Set `wishes` as the target from now on.

        keep: the picture uint8 [H, W, C] that stays where nothing is painted, or [N, H, W, C], one for each of `starts`; None for
        none. strength: weight of what is to stay, relative to what is painted.
        """
        device = self.painter.device

        def plane(values: NDArray[np.float32]) -> Tensor:
            return torch.from_numpy(np.ascontiguousarray(values)).to(device)

        stays = 1 - wishes.painted if keep is not None else np.zeros_like(wishes.painted)
        kept = wishes.colours if keep is None else keep
        self._asked = (
            plane(wishes.weight(MUST)),
            plane(wishes.weight(MUST_NOT)),
            plane(stays.astype(np.float32)),
            _picture(wishes.colours, device),
            _picture(kept, device),
        )
        self._strength, self.since, self._best = strength, 0, None

    @property
    def done(self) -> bool:
        """Whether further steps would not improve the result for the current target."""
        return self.since >= STEPS

    def step(self) -> bool:
        """Take one step; return whether the result is the closest so far for the current target."""
        painter = self.painter
        rows = {name: painter.mean[name] + painter.spread[name] * free for name, free in self._free.items()}
        drawn = painter.draw({**self._points, **rows})
        losses = self._losses(drawn)
        gradients = torch.autograd.grad(losses.sum(), list(self._free.values()))
        values = losses.detach()
        place = int(values.argmin())
        loss = float(values[place])
        better = self._best is None or loss < self._best[0]
        if better:
            self._best = loss, {name: each[place].detach().clone() for name, each in rows.items()}, drawn[place].detach()
            self._best_start = self._starts[place]
        for adam, gradient in zip(self._adam.values(), gradients, strict=True):
            adam.step(gradient, RATE * (1 - self.since / STEPS))
        self._steps += 1
        self.since += 1
        if self._steps == WARM and len(self._starts) > 1:
            self._go_on_with(place)
        return better

    @property
    def starts(self) -> tuple[Recipe, ...]:
        """The points from which it goes on."""
        return tuple(self._starts)

    def _go_on_with(self, place: int) -> None:
        one = slice(place, place + 1)
        self._starts = self._starts[one]
        *asked, kept = self._asked
        self._asked = (*asked, kept[one] if len(kept) > 1 else kept)
        self._points = {name: rows[one] for name, rows in self._points.items()}
        with torch.no_grad():
            values = {name: self.painter.mean[name] + self.painter.spread[name] * free[one] for name, free in self._free.items()}
        self._begin(values)

    def _losses(self, drawn: Tensor) -> Tensor:
        must, must_not, stays, colours, kept = self._asked
        to_colours = (drawn - colours).square().mean(1)
        distance = (to_colours + 1e-8).sqrt()  # the square root alone has an infinite slope at 0
        lost = _mean(to_colours, must) + _mean((APART - distance).relu().square(), must_not)
        lost = lost + self._strength * _mean((drawn - kept).square().mean(1), stays)
        for free in self._free.values():
            square = free.flatten(1).square().mean(1)
            lost = lost + PRIOR * square + SHELL * (square - 1).relu().square()
        return lost

    @property
    def loss(self) -> float:
        """Loss of the best result so far."""
        assert self._best is not None
        return self._best[0]

    @property
    def recipe(self) -> Recipe:
        """The best point so far."""
        assert self._best is not None
        return self.painter.recipe(self._best_start, self._best[1])

    @property
    def image(self) -> NDArray[np.uint8]:
        """The image of the best point so far, uint8 [H, W, C]."""
        assert self._best is not None
        image: NDArray[np.uint8] = to_uint8(self._best[2][None])[0]
        return image


def _picture(image: NDArray[np.uint8], device: torch.device) -> Tensor:
    """Convert uint8 [H, W, C] or [N, H, W, C] to float32 [1 or N, C, H, W] in [-1, 1]."""
    return torch.tensor(image.reshape(-1, *image.shape[-3:])).permute(0, 3, 1, 2).float().to(device) / 127.5 - 1


def _mean(values: Tensor, weights: Tensor) -> Tensor:
    """Return the weighted mean [N] of values [N, H, W] by weights [H, W], scaled down if these cover less than LEAST."""
    return (values * weights).sum((1, 2)) / torch.clamp(weights.sum(), min=LEAST * weights.numel())
