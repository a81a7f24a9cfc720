"""What a run saves of its optimisers."""

import torch
from torch import nn

from zscape.models.training.steps.adam import Adam
from zscape.models.training.steps.state import gather, scatter


def test_its_steps_are_those_of_the_papers():
    """Kingma and Ba 2015, algorithm 1; weight decay as in Loshchilov and Hutter 2019, algorithm 2."""
    weights = torch.randn(5, 4, generator=torch.Generator().manual_seed(0))
    network, images = nn.Linear(4, 5, bias=False), torch.randn(7, 4)
    network.weight.data.copy_(weights)
    adam, mean, square = Adam(network, 0.1, (0.5, 0.9), decay=0.2), torch.zeros(5, 4), torch.zeros(5, 4)
    for step, rate in enumerate((0.1, 0.1, 0.02), 1):
        adam.set_rate(rate)
        adam.zero_grad()
        network(images).square().mean().backward()
        gradient = network.weight.grad.clone()
        adam.step()
        mean, square = 0.5 * mean + 0.5 * gradient, 0.9 * square + 0.1 * gradient**2
        weights = (1 - rate * 0.2) * weights - rate * (mean / (1 - 0.5**step)) / ((square / (1 - 0.9**step)).sqrt() + 1e-8)
        torch.testing.assert_close(network.weight.detach(), weights)


def test_moments_put_back_fit_the_parameters_order_in_memory():
    """Fused kernels read the moments in the parameter's memory order: CUDA refuses another order, a CPU computes wrong values."""
    images = torch.randn(2, 3, 8, 8, generator=torch.Generator().manual_seed(0)).to(memory_format=torch.channels_last)
    runs = []
    for _ in range(2):
        torch.manual_seed(0)
        network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 4, 3))
        network.to(memory_format=torch.channels_last)
        runs.append((network, Adam(network, 0.01, (0.0, 0.9))))

    def step(network, optimiser):
        optimiser.zero_grad()
        network(images).square().mean().backward()
        optimiser.step()

    (whole, one), (broken, other) = runs
    random = torch.Generator()
    step(whole, one)
    assert scatter(gather({"net": whole}, {"adam": one}, random, 1), {"net": broken}, {"adam": other}, random) == 1
    step(whole, one)
    step(broken, other)
    for wanted, found in zip(whole.parameters(), broken.parameters(), strict=True):
        assert torch.equal(wanted, found)
