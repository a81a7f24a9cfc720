"""The error when the other pictures of a group are predicted from one of them."""

from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.evaluate import measure_model
from zscape.models.evaluation.run import Settings
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.encoding import encode
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import resolve
from zscape.models.progress import finish
from zscape.models.training.encoder import HELD_OUT_SEED

FEW = Settings(samples=100, inputs=30, refined=30, steps=1)


def groups_of_stripes(count: int, twins: bool = False) -> Dataset:
    """`count` groups of three classes: stripes spaced by class, with the brightness of the group. twins: each group twice."""
    brightness = np.linspace(60, 250, count // 2 if twins else count).repeat(2 if twins else 1)
    images = np.zeros((count, 3, 28, 28, 1), np.uint8)
    for label in range(3):
        images[:, label, :: label + 2] = brightness[:, None, None, None].astype(np.uint8)
    return Dataset(
        "stripes",
        images.reshape(-1, 28, 28, 1),
        np.tile(np.arange(3), count),
        ("a", "b", "c"),
        groups=np.arange(count).repeat(3),
    )


@pytest.fixture(scope="module")
def model() -> Model:
    family = FAMILIES["dcgan"]
    config = family.config(z_size=6, classes=3, hidden=8, generator_maps=(8, 4), discriminator_maps=(4, 4))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        networks = family.generator(config).eval(), family.encoder(config).eval()
    spec = Spec("small", "dcgan", asdict(config), inputs(6, ("a", "b", "c")), config.image_shape, data="stripes")
    return Model(spec, *networks)


def test_it_is_the_mean_over_the_other_classes_of_held_out_groups(model) -> None:
    data = groups_of_stripes(60)
    report = finish(measure_model(model, data, FEW))
    held = data.split(len(data) // 10, HELD_OUT_SEED)[1]
    runner, errors = GeneratorRunner(model), []
    classes = model.space.input("class")
    for index in range(len(held)):
        found = finish(encode(model, held.images[index : index + 1], held.labels[index : index + 1])).recipes(model.space)[0]
        for label in {0, 1, 2} - {int(held.labels[index])}:
            drawn = runner.draw(resolve([found.with_value("class", classes.only(label))], model.space, 1, 1)).images[0]
            real = held.images[(held.groups == held.groups[index]) & (held.labels == label)][0]
            errors.append((((drawn.astype(float) - real) / 255) ** 2).mean())
    assert report["other_classes_mse"] == pytest.approx(np.mean(errors), rel=1e-3)
    assert (
        "18 pictures of 6 stripes groups held out" in next(f for f in report.figures if f.name == "other_classes_mse").conditions
    )
    assert report["other_classes_mse_refined"] > 0


def test_the_nearest_other_group_stands_beside_it(model) -> None:
    twins = next(
        f for f in finish(measure_model(model, groups_of_stripes(60, twins=True), FEW)).figures if f.name == "other_classes_mse"
    )
    assert twins.real is not None
    assert twins.real < 0.02 < twins.value


def test_data_without_groups_or_with_groups_of_one_class_has_no_such_measure(model) -> None:
    data = groups_of_stripes(60)
    for other in (replace(data, groups=None), replace(data, groups=np.arange(len(data)))):
        report = finish(measure_model(model, other, FEW))
        assert not [figure for figure in report.figures if figure.name.startswith("other_classes_mse")]
