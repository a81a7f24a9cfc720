"""Path length regularisation: follows the formula, evens out steps in style space, and a run with it can be resumed."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.families.base import Generator
from zscape.models.families.stylegan2 import StyleGAN2Config, StyleGAN2Generator
from zscape.models.files.checkpoint import load_tensors
from zscape.models.files.tensor_file import read_header
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.path_length import FOLLOWED, PathLength, path_lengths
from zscape.models.training.run.processes import Processes
from zscape.models.training.steps.adam import Adam
from zscape.models.training.train import train

MODEL = {
    "size": 32,
    "channels": 1,
    "z_size": 3,
    "w_size": 6,
    "mapping": 2,
    "hidden": 8,
    "maps": [8, 6, 4, 4],
    "features": [4, 6, 8, 8],
}
CONFIG = TrainConfig(
    "paths",
    "stylegan2",
    MODEL,
    "noise",
    steps=5,
    batch=6,
    learning_rate=3e-3,
    style_mixing=0.5,
    path_length=2,
    path_length_every=2,
    publish_seconds=0,
)


class Linear(Generator):
    """A picture 1x2x3, linear in the styles of two layers, 4 numbers each, which equal the latent: its derivative is known."""

    image_shape = (1, 2, 3)

    def __init__(self):
        super().__init__()
        self.matrix = torch.nn.Parameter(torch.randn(6, 2, 4, generator=torch.Generator().manual_seed(0)).double())

    def styles(self, points):
        return points["z"][:, None].expand(-1, 2, -1)

    def draw(self, styles, points):
        return torch.einsum("pls,nls->np", self.matrix, styles).view(-1, 1, 2, 3)


def linear_case(count=5):
    random = torch.Generator().manual_seed(1)
    z, y = torch.randn(count, 4, generator=random), torch.randn(count, 1, 2, 3, generator=random)
    return {"z": z.double()}, y.double()


def test_the_loss_and_its_gradient_are_what_the_formula_says():
    generator, (points, y) = Linear(), linear_case()
    regulariser = PathLength().double()
    regulariser.mean.fill_(1.5)
    loss = regulariser.loss(generator, points, y)
    loss.backward()
    # By hand: for picture n and layer l, J^T y is b = A_l^T y / sqrt(6), its length the root of the mean over layers of |b|^2,
    # and the gradient of (length - a)^2 by A_l is 2 (length - a) / length * y b^T / (2 sqrt(6)), averaged over the pictures.
    flat, matrix = y.view(5, 6).numpy(), generator.matrix.detach().numpy()
    b = np.einsum("np,pls->nls", flat, matrix) / np.sqrt(6)
    lengths = np.sqrt((b**2).sum(2).mean(1))
    a = 1.5 + FOLLOWED * (lengths.mean() - 1.5)
    assert loss.item() == pytest.approx(((lengths - a) ** 2).mean())
    assert regulariser.mean.item() == pytest.approx(a)
    gradient = np.einsum("n,np,nls->pls", 2 * (lengths - a) / lengths / 2 / np.sqrt(6) / 5, flat, b)
    np.testing.assert_allclose(generator.matrix.grad.numpy(), gradient, rtol=1e-8)


def styled(count):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator = StyleGAN2Generator(StyleGAN2Config(**MODEL, classes=2, noise=False)).train()
    random = torch.Generator().manual_seed(2)
    points = {"z": torch.randn(count, 3, generator=random), "class": torch.eye(2)[torch.arange(count) % 2]}
    return generator, points, torch.randn(count, 1, 32, 32, generator=random)


def test_the_lengths_of_a_stylegan2_are_those_of_its_jacobian():
    generator, points, y = styled(1)
    styles = generator.styles(points)
    lengths = path_lengths(styles, generator.draw(styles, points), y)
    flat = lambda w: generator.draw(w, points).flatten()  # noqa: E731
    jacobian = torch.autograd.functional.jacobian(flat, styles.detach(), vectorize=True)[:, 0]
    back = torch.einsum("pls,p->ls", jacobian, y.flatten())  # [L, S]
    # The weight of appendix B, for unscaled y and unscaled lengths, is 2 / (r^2 L) for a weight of 2 here.
    assert 2 * lengths.item() ** 2 == pytest.approx(2 / (32**2 * 8) * back.square().sum().item(), rel=1e-4)


def test_learning_by_it_alone_makes_the_lengths_more_even():
    generator, points, y = styled(8)

    def spread():
        styles = generator.styles(points)
        lengths = path_lengths(styles, generator.draw(styles, points), y).detach()
        return (lengths.std() / lengths.mean()).item()

    before, regulariser = spread(), PathLength()
    styles = generator.styles(points)
    regulariser.mean.copy_(path_lengths(styles, generator.draw(styles, points), y).detach().mean())
    adam = Adam(generator, 3e-3)
    for _ in range(20):
        adam.zero_grad()
        regulariser.loss(generator, points, y).backward()
        adam.step()
    assert spread() < 0.6 * before


@dataclass(frozen=True)
class Told(Processes):
    """A process that receives `mean` as the mean over all processes, and records the values it contributed."""

    mean: float = 0.0
    given: tuple[float, ...] = ()

    def average_tensor(self, tensor):
        object.__setattr__(self, "given", (*self.given, tensor.item()))
        tensor.fill_(self.mean)


def test_processes_with_unequal_rows_have_the_gradient_of_one_with_all():
    (points, y), one = linear_case(), Linear()
    alone = PathLength().double()
    alone.loss(one, points, y).backward()
    mean = alone.mean.item() / FOLLOWED
    gradients, given = [], []
    for rank in range(2):
        generator, process = Linear(), Told(rank, 2, mean)
        PathLength().double().loss(generator, points, y, process).backward()
        gradients.append(generator.matrix.grad)
        given += process.given
    assert np.mean(given) == pytest.approx(mean)
    torch.testing.assert_close(sum(gradients) / 2, one.matrix.grad)


def noise():
    images = np.random.default_rng(0).integers(0, 255, (20, 32, 32, 1), dtype=np.uint8)
    return Dataset("noise", images, np.arange(20, dtype=np.int64) % 2, ("one", "two"))


def kept(folder):
    path = folder / "run.safetensors"
    return load_tensors(path, read_header(path))


def test_a_broken_run_goes_on_to_the_same_numbers(tmp_path):
    signs_of_whole = list(train(CONFIG, noise(), tmp_path / "whole"))
    measured = [sign.figures["path_length"] for sign in signs_of_whole if "path_length" in sign.figures]
    assert len(measured) == 3  # steps 0, 2 and 4
    whole = kept(tmp_path / "whole")
    assert whole["path_length/mean"].item() == pytest.approx(measured[-1])
    assert whole["path_length/mean"] > 0
    for signs in (2, 5):
        out = tmp_path / f"broken {signs}"
        work = train(CONFIG, noise(), out)
        for _ in range(signs):
            next(work)
        work.close()
        assert kept(out)["step"] < 5
        finish(train(CONFIG, noise(), out, resume=True))
        broken = kept(out)
        assert whole.keys() == broken.keys()
        assert all(torch.equal(tensor, broken[name]) for name, tensor in whole.items())


def test_a_run_without_path_length_can_be_resumed_with_it(tmp_path):
    plain = replace(CONFIG, path_length=0.0)
    assert "path_length" not in plain.fixed
    work = train(plain, noise(), tmp_path)
    for _ in range(4):
        next(work)
    work.close()
    assert "path_length/mean" not in kept(tmp_path)
    finish(train(CONFIG, noise(), tmp_path, resume=True))
    assert kept(tmp_path)["path_length/mean"] > 0
    with pytest.raises(ZscapeError, match="path_length = 2"):
        finish(train(plain, noise(), tmp_path, resume=True))


def test_a_family_without_styles_is_refused():
    with pytest.raises(ZscapeError, match="path_length needs a family with styles, and projection has none"):
        TrainConfig("flat", "projection", path_length=2)
