"""The losses of the two networks, computed from logits."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import softplus


def discriminator_loss(real: Tensor, fake: Tensor, smoothing: float) -> Tensor:
    """Return the mean cross-entropy of the logits real [N] and fake [N]; at balance (probability 1/2) ln 2 = 0.693.

    Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1, divided by two. The target of real images is `smoothing`
    (0.9, say) instead of 1 and that of fakes stays 0: one-sided label smoothing, Salimans et al., "Improved Techniques for
    Training GANs" (2016), section 3.4, which keeps D from becoming overconfident.
    """
    # With target t: -t log s(x) - (1 - t) log(1 - s(x)) = softplus(x) - t x.
    return ((softplus(real) - smoothing * real).mean() + softplus(fake).mean()) / 2


def generator_loss(fake: Tensor) -> Tensor:
    """Return the mean of -log D(G(z)) for logits fake [N].

    The non-saturating loss of Goodfellow et al. (2014), end of section 3.
    """
    return softplus(-fake).mean()


def relativistic_loss(better: Tensor, worse: Tensor) -> Tensor:
    """Return the mean of -log sigmoid(better - worse) for paired logits [N]; 0.693 if neither can be told from the other.

    D minimises it with (real, fake), G with (fake, real): the relativistic pairing loss of A. Jolicoeur-Martineau, "The
    relativistic discriminator" (2018), section 4, in the form of Y. Huang et al., "The GAN is dead; long live the GAN!" (2024),
    equation 2. Each fake is compared with a real image of its own class, so dropping a kind of image never pays.
    """
    return softplus(worse - better).mean()


def gradient_penalty(logits: Tensor, images: Tensor) -> Tensor:
    """Return half the mean squared norm of the gradient of the logits [N] with respect to their images [N, C, H, W].

    This is R1 on real images and R2 on drawn ones: Mescheder, Geiger and Nowozin, "Which Training Methods for GANs do actually
    Converge?" (2018), equations 9 and 10, without their weight; differentiable, so that D can be trained on it.
    """
    (gradient,) = torch.autograd.grad(logits.sum(), images, create_graph=True)
    return gradient.square().sum((1, 2, 3)).mean() / 2


def chi_square(a: Tensor, b: Tensor, bins: int = 100) -> Tensor:
    """Return half the sum over bins of (p - q)^2 / (p + q), with p and q the pixel histograms of a and b in [-1, 1].

    Each histogram sums to 1, so the distance runs from 0 (the same) to 1 (nothing in common); empty bins count 0.
    """
    p, q = (torch.histc(x.detach().float(), bins, -1.0, 1.0) / x.numel() for x in (a, b))
    return ((p - q).square() / (p + q).clamp(min=1e-12)).sum() / 2
