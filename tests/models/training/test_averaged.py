"""Maps are averaged to a fixed size as torch does it."""

import pytest
import torch
from torch.nn.functional import adaptive_avg_pool2d

from zscape.models.training.classifiers.averaged import LARGEST, Averaged


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 5), (4, 4), (8, 6), (LARGEST, 2)])
@pytest.mark.parametrize("side", [3, 4])
def test_averages_and_their_gradients_are_those_of_torch(side, size):
    x = torch.randn(2, 3, *size, generator=torch.Generator().manual_seed(0)).requires_grad_()
    found, wanted = Averaged(side)(x), adaptive_avg_pool2d(x, side)
    torch.testing.assert_close(found, wanted)
    weights = torch.arange(found.numel()).view_as(found).float()
    gradients = [torch.autograd.grad((each * weights).sum(), x)[0] for each in (found, wanted)]
    torch.testing.assert_close(*gradients)
