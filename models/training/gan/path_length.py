"""Path length regularisation: equal steps among the styles change the image equally."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from zscape.models.families.base import Generator
from zscape.models.training.run.processes import ALONE, Processes

FOLLOWED = 0.01
"""Weight of each new measurement in the moving mean (the authors' code; Karras et al. 2020 say "long-running")."""


def path_lengths(styles: Tensor, images: Tensor, random_images: Tensor) -> Tensor:
    """Return the lengths [N] of J^T y at styles w [N, L, S], J being the derivative of images g(w) [N, C, H, W] by w.

    T. Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), section 3.2: J^T y is the gradient of g(w) .
    y, y [N, C, H, W] being `random_images` from N(0, I). As in the authors' code, each layer's style counts separately, y is
    divided by the root of H W and the square of the length by L. So the lengths are comparable for all sizes, and the weight of
    appendix B, ln 2 / (r^2 (ln r - ln 2)) = 2 / (r^2 L), is 2 for all. Differentiable.
    """
    height, width = images.shape[-2:]
    (gradient,) = torch.autograd.grad((images * random_images).sum() / (height * width) ** 0.5, styles, create_graph=True)
    # The root has an infinite slope at 0: an image that does not depend on its styles must not break the run.
    return (gradient.square().sum(2).mean(1) + 1e-12).sqrt()


class PathLength(nn.Module):
    """The regulariser E (|J^T y| - a)^2 (Karras et al. 2020, equation 4), a being the moving mean of the lengths, 0 at first."""

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
        """Return the regulariser at `points` and y [N, C, H, W], both of the whole batch; `mean` is updated first, then constant.

        Each process takes its own rows. The results are scaled so that their mean over the processes, also of gradients, is that
        of one process with all rows, even if some processes have one row more.
        """
        share = processes.count / len(random_images)
        own = processes.of(dict(points))
        styles = generator.styles(own)
        if not styles.requires_grad:  # nothing to learn in the layers before them
            styles = styles.detach().requires_grad_()
        lengths = path_lengths(styles, generator.draw(styles, own), processes.rows(random_images))
        measured = lengths.detach().sum() * share
        processes.average_tensor(measured)
        self.mean.lerp_(measured, FOLLOWED)
        return (lengths - self.mean).square().sum() * share
