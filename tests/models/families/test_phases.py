"""Maps of doubled size as four phases: the same values as transposed convolutions, or convolutions of the doubled maps."""

import pytest
import torch
from torch.nn.functional import conv2d, conv_transpose2d

from zscape.models.families.layers.phases import joined, on_phases, phases_of_up


@pytest.mark.parametrize(("taps", "padding", "more"), [(4, 1, 0), (5, 2, 1)])
def test_the_phases_of_a_transposed_convolution_join_to_what_it_gives(taps, padding, more):
    torch.manual_seed(0)
    x, weight = torch.randn(2, 3, 5, 4), torch.randn(3, 6, taps, taps)
    wanted = conv_transpose2d(x, weight, stride=2, padding=padding, output_padding=more)
    found = joined(conv2d(x, phases_of_up(weight, padding), padding=1))
    assert found.shape == wanted.shape == (2, 6, 10, 8)
    assert torch.allclose(found, wanted, atol=1e-4)


def test_a_convolution_of_phases_is_that_of_the_doubled_maps():
    torch.manual_seed(0)
    doubled, weight = torch.randn(2, 3, 10, 8), torch.randn(2, 3, 3, 3)
    phases = torch.stack([doubled[:, :, down::2, right::2] for down in (0, 1) for right in (0, 1)], 1).flatten(1, 2)
    assert torch.equal(joined(phases), doubled)
    assert torch.allclose(joined(conv2d(phases, on_phases(weight), padding=1)), conv2d(doubled, weight, padding=1), atol=1e-5)
