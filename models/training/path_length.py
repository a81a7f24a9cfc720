"""Path length regularisation: equal steps among the styles change the picture equally much."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from zscape.models.families.base import Generator
from zscape.models.training.processes import ALONE, Processes

FOLLOWED = 0.01
"""How far the moving mean goes to each newly measured one (the authors' code; Karras et al. 2020 say "long-running")."""


def path_lengths(styles: Tensor, images: Tensor, random_images: Tensor) -> Tensor:
    """The lengths [N] of J^T y at styles w [N, L, S], J being the derivative of images g(w) [N, C, H, W] by w.

    T. Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), section 3.2: J^T y is the gradient of
    g(w) . y, y [N, C, H, W] being `random_images` from N(0, I). As in the authors' code each layer's style counts for itself, y
    is divided by the root of H W and the square of the length by L: so lengths of all sizes are alike, and the weight of
    appendix B, ln 2 / (r^2 (ln r - ln 2)) = 2 / (r^2 L), is 2 for all. Differentiable.
    """
    height, width = images.shape[-2:]
    (gradient,) = torch.autograd.grad((images * random_images).sum() / (height * width) ** 0.5, styles, create_graph=True)
    # The root of 0 has no finite slope: a picture that does not depend on its styles must not break the run.
    return (gradient.square().sum(2).mean(1) + 1e-12).sqrt()


class PathLength(nn.Module):
    """The regulariser: E (|J^T y| - a)^2 (Karras et al. 2020, equation 4), a being the moving mean of the lengths, 0 at first."""

    mean: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(()))

    def loss(
        self,
        generator: Generator,
        points: Mapping[str, Tensor],
        random_images: Tensor,
        processes: Processes = ALONE,
    ) -> Tensor:
        """The regulariser at `points` and y [N, C, H, W], both of the whole batch; `mean` follows first and is constant in it.

        Each process takes its own rows. Their results are such that the mean over the processes, of gradients too, is that of
        one process with all rows, also where some have a row more than others.
        """
        share = processes.count / len(random_images)
        own = processes.of(dict(points))
        styles = generator.styles(own)
        if not styles.requires_grad:  # there is nothing to learn before them
            styles = styles.detach().requires_grad_()
        lengths = path_lengths(styles, generator.draw(styles, own), processes.rows(random_images))
        measured = lengths.detach().sum() * share
        processes.average_tensor(measured)
        self.mean.lerp_(measured, FOLLOWED)
        return (lengths - self.mean).square().sum() * share
