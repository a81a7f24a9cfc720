"""Networks written by others, wrapped: what they draw, and what is refused in one line."""

import copy
import threading
import warnings

import numpy as np
import pytest
import torch
from networks import INPUTS, Net, Styled, wrapped

import zscape
from zscape.models.inputs.kinds.numbers import NumbersValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.text import check_timeline
from zscape.models.timeline.timeline import NumberKey, Timeline


def test_a_strangers_network_draws_what_it_draws_itself():
    net, mine = Net().eval(), wrapped()
    points = mine.points(5, seed=3, values={"pose": {"angle": 0.5}})
    assert points["pose"].tolist() == [[0.5]] * 5
    with torch.no_grad():
        own = net(*(torch.from_numpy(points[each.name]) for each in INPUTS))
    expected = (own * 255).round().permute(0, 2, 3, 1).numpy()
    assert np.abs(mine.draw(points).astype(float) - expected).max() <= 1
    assert mine.sweep("class", seed=1, columns=3).shape == (2, 3, 8, 8, 3)
    assert mine.image_shape == (8, 8, 3)
    with pytest.raises(zscape.ZscapeError, match="no encoder"):
        mine.encode(np.zeros((1, 8, 8, 3), np.uint8))
    with pytest.raises(zscape.ZscapeError, match="angle"):
        mine.points(1, values={"pose": {"speed": 1}})


BEYOND = {
    "'angle' of 'pose' is 5: the model takes -1 to 1": [
        lambda mine: mine.points(1, values={"pose": {"angle": 5}}),
        lambda mine: mine.sweep("class", values={"pose": [5]}),
        lambda mine: mine.draw({**mine.points(2), "pose": [[0.5], [5]]}),
        lambda mine: mine.inner.space.check(Recipe({"pose": NumbersValue((5.0,))})),
        lambda mine: check_timeline(Timeline(1.0, numbers=(("pose", "angle", (NumberKey(0.0, 5.0),)),)), mine.inner.space),
    ],
    "'class' must be weights": [
        lambda mine: mine.draw({**mine.points(1), "class": [[2.0, -1.0]]}),
        lambda mine: mine.draw({**mine.points(1), "class": [[1.0, 1.0]]}),
    ],
    "from -100 to 100": [
        lambda mine: mine.points(1, truncation=1e6),
        lambda mine: mine.sweep("class", truncation=1e6),
    ],
}


@pytest.mark.parametrize("said", BEYOND)
def test_a_number_beyond_its_range_is_refused_wherever_it_comes_from(said):
    mine = wrapped()
    for each in BEYOND[said]:
        with pytest.raises(zscape.ZscapeError, match=said):
            each(mine)
    assert mine.inner.space.within(Recipe({"pose": NumbersValue((5.0,))})) == Recipe({"pose": NumbersValue((1.0,))})
    assert mine.sample(1, values={"pose": np.float32(1.0)}).shape == (1, 8, 8, 3)


def test_a_strangers_network_opens_in_the_window(qtbot, home):
    from zscape.app.state.settings import Settings
    from zscape.app.window.main_window import MainWindow

    window = MainWindow(Settings(home), wrapped().inner)
    with qtbot.waitSignals([window.first_imaged, window.completed], timeout=30_000):
        window.show()
    assert window.session.model.spec.name == "mine"
    before = window.session.point
    row = window.panels["numbers"].controls[0].rows[0]
    row.spin.setValue(0.75)
    assert window.session.point != before
    window.close()
    window.deleteLater()


def test_what_is_wrapped_is_a_copy():
    net = Net().eval()
    mine = zscape.wrap(net, INPUTS, (0, 1))
    before = mine.sample(2)
    with torch.no_grad():
        net.body[0].weight.zero_()
    assert np.array_equal(mine.sample(2), before)


@pytest.mark.filterwarnings("ignore:.torch.jit")
def test_a_network_in_torchscript_is_drawn_but_nobody_looks_inside():
    given, net = [zscape.Latent("z", 16)], torch.nn.Sequential(torch.nn.Linear(16, 192), torch.nn.Unflatten(1, (3, 8, 8)))
    net.append(torch.nn.Conv2d(3, 3, 1)).append(torch.nn.Tanh()).eval()
    plain, scripted = zscape.wrap(net, given), torch.jit.script(net)
    for each in (scripted, torch.jit.freeze(scripted)):
        mine = zscape.wrap(each, given)
        assert np.abs(mine.sample(3).astype(int) - plain.sample(3)).max() <= 1
        assert mine.layers == ()


def test_pixels_that_fill_half_of_their_range_are_told():
    with pytest.warns(UserWarning, match=r"no pixel below 0 .* image_range=\(0, 1\)"):
        wrapped(image_range=(-1, 1))


def test_a_strangers_styles_and_noise():
    inputs = [zscape.Latent("z", 4), zscape.Styles("w", 3, 2), zscape.Noise("noise", (1, 4, 4))]
    mine = zscape.wrap(Styled().eval(), inputs)
    points = dict(mine.points(3, seed=1))
    assert points["w"].shape == (3, 3, 2)
    images = mine.draw(points)
    points["w"] = points["w"] + 1
    assert not np.array_equal(mine.draw(points), images)
    calm = mine.sample(3, seed=1, values={"noise": None})
    assert np.ptp(calm.reshape(3, -1), axis=1).max() == 0
    assert mine.points(2, seed=1, truncation=0)["w"].std(0).max() < 1e-6


def test_common_kinds_of_foreign_networks_are_accepted():
    """Layers with weight norm, a network called before, arguments changed in place, pictures with a gradient."""
    z, layer = [zscape.Latent("z", 16)], torch.nn.Linear(16, 192)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch deprecates it, but existing networks use it
        normed = torch.nn.utils.weight_norm(copy.deepcopy(layer))
    body = [torch.nn.Unflatten(1, (3, 8, 8)), torch.nn.Tanh()]
    plain = zscape.wrap(torch.nn.Sequential(layer, *body).eval(), z).sample(3)

    class Own(torch.nn.Sequential):
        def forward(self, z):
            z.mul_(2).div_(2)
            self.last = super().forward(z)
            return self.last.detach().requires_grad_()

    for first in (normed, layer):
        net = Own(first, *body).eval()
        net(torch.zeros(1, 16))
        assert np.abs(zscape.wrap(net, z).sample(3).astype(int) - plain).max() <= 1
        assert net.last.grad_fn is not None, "the network itself is left as it was"


def test_a_network_that_fails_later_is_reported_in_one_line():
    mine = wrapped(net_that(lambda self, z, c, pose: body(self, z, c, pose) if len(z) < 4 else fails("too many")))
    with pytest.raises(
        zscape.ZscapeError, match=r"mine failed when given z \[5, 16\], class \[5, 2\], .*: RuntimeError: too many"
    ):
        mine.sample(5)
    still = zscape.wrap(net_that(lambda self, z, c, pose: body(self, z, c, pose) * 0), INPUTS)
    with pytest.raises(zscape.ZscapeError, match="same picture everywhere"):
        still.find_directions("pca", samples=200)


def net_that(forward, training=False, setup=lambda net: None):
    class Odd(Net):
        pass

    Odd.forward = forward
    net = Odd()
    setup(net)
    return net.train(training)


def body(self, z, c, pose):
    return self.body(torch.cat([z, c, pose], 1))


def fails(words):
    raise RuntimeError(words)


def counts(self, z, c, pose):
    self.count = getattr(self, "count", 0) + 1
    return body(self, z, c, pose) * 0.5 / self.count


WRONG = {
    "as keywords only": lambda: net_that(lambda self, *, z, c, pose: z),
    "images\\[:, None\\]": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose)[:, 0]),
    "sparse tensor": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose).to_sparse()),
    "lazy layers": lambda: torch.nn.LazyLinear(4).eval(),
    "class @ embedding.weight": lambda: net_that(lambda self, z, c, pose: torch.nn.functional.embedding(c, z)),
    "Unflatten\\(1, \\(16, 1, 1\\)\\)": lambda: net_that(
        lambda self, z, c, pose: torch.conv_transpose2d(z, torch.ones(16, 3, 8, 8))
    ),
    "only tensors and plain values": lambda: net_that(body, setup=lambda net: setattr(net, "lock", threading.Lock())),
    "permute\\(0, 3, 1, 2\\)": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose).permute(0, 2, 3, 1)),
    "training mode": lambda: net_that(body, training=True),
    "nn.Module": lambda: body,
    "takes": lambda: net_that(lambda self, z, c: z),
    "where 3 inputs are declared": lambda: net_that(lambda self, z: z),
    "must return": lambda: net_that(lambda self, z, c, pose: z),
    "1 or 3": lambda: net_that(lambda self, z, c, pose: torch.zeros(len(z), 2, 4, 4)),
    "0, 4": lambda: net_that(lambda self, z, c, pose: torch.zeros(len(z), 3, 0, 4)),
    "for 3 points": lambda: net_that(lambda self, z, c, pose: torch.zeros(1, 3, 4, 4)),
    "not finite": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose) * float("nan")),
    "float16": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose).half()),
    "float\\(\\)": lambda: Net().eval().half(),
    "image_range": lambda: net_that(lambda self, z, c, pose: 200 * body(self, z, c, pose)),
    "keeps state": lambda: net_that(counts),
    "random numbers": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose) * torch.rand(1)),
    "in a batch": lambda: net_that(lambda self, z, c, pose: body(self, z, c, pose) * 0.5 + 0.2 * (len(z) == 3)),
    "failed when given": lambda: net_that(lambda self, z, c, pose: z @ pose),
    "mat1": lambda: net_that(lambda self, z, c, pose: fails("two\nlines, mat1")),
    "returned a": lambda: net_that(lambda self, z, c, pose: [z]),
    "no weights yet": lambda: net_that(body, setup=lambda net: net.to("meta")),
    "in that order": lambda: net_that(lambda self, pose, z, label: z),
}


@pytest.mark.parametrize("said", WRONG)
def test_a_network_that_does_not_keep_to_the_contract_is_refused_in_one_line(said):
    inputs = INPUTS
    if said == "in that order":
        inputs = [zscape.Latent("z", 16), zscape.Classes("label", ["a", "b"]), zscape.Numbers("pose", ["angle"], [(-1, 1)])]
    with pytest.raises(zscape.ZscapeError, match=said) as caught:
        zscape.wrap(WRONG[said](), inputs=inputs, image_range=(0, 1), name="mine")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("inputs", "image_range", "said"),
    [
        ([zscape.Latent("z", 16)] * 2, (0, 1), "called 'z'"),
        ([], (0, 1), "at least one input"),
        (["z"], (0, 1), "is not an input"),
        (zscape.Latent("z", 16), (0, 1), "must be a list"),
        (INPUTS, (1, 0), "lower end"),
        (INPUTS, 3, "two numbers"),
        ([zscape.Noise("n")], (0, 1), "which map"),
    ],
    ids=str,
)
def test_inputs_that_cannot_be_are_refused_in_one_line(inputs, image_range, said):
    with pytest.raises(zscape.ZscapeError, match=said) as caught:
        zscape.wrap(Net().eval(), inputs=inputs, image_range=image_range)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (zscape.Latent, (0,), "whole number from 1"),
        (zscape.Classes, (10,), "list of words"),
        (zscape.Classes, (["a", "a"],), "a name of its own"),
        (zscape.Numbers, (["a"], [(1, -1)]), "lower end first"),
        (zscape.Numbers, (["a"], [(0, float("nan"))]), "finite"),
        (zscape.Noise, (3,), "channels, height, width"),
        (zscape.Picture, (8,), "height, width, channels"),
        (zscape.Picture, ((8, 8, 3), ["red"]), "red, green, blue"),
    ],
    ids=str,
)
def test_an_input_that_cannot_be_says_in_one_line_what_it_needs(kind, given, said):
    with pytest.raises(zscape.ZscapeError, match=said):
        kind("it", *given)
