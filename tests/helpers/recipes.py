"""Recipes, scenes and spaces of the usual test models: with a latent "z" and classes "class"."""

import torch

from zscape.app.state.kind import Kind
from zscape.app.state.scene import DEFAULT_POINT, Scene
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.class_sweep.state import ClassSweepState
from zscape.app.views.restyle.state import RestyleState
from zscape.app.views.style_sweep.state import DEFAULT_TARGET, StyleSweepState
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inputs.kinds.classes import Classes, ClassesValue
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

DIGITS = tuple("0123456789")


def inputs(z_size, names=DIGITS):
    return Latent("z", z_size), Classes("class", tuple(names))


def space(z_size, names=DIGITS, **more):
    return Space(inputs(z_size, names), **more)


def kind(z_size, classes, names=()):
    labels = tuple(names) or tuple(map(str, range(classes)))
    return Kind(inputs(z_size, labels), labelled=bool(names))


def bare_model(space, name="bare"):
    """A model that never draws; only its inputs matter."""
    return Model(Spec(name, "dcgan", {}, space.inputs, (1, 28, 28)), torch.nn.Identity())


def recipe(*, classes=(), **latent):
    values = {"z": LatentValue(**latent)}
    return Recipe({**values, "class": ClassesValue(tuple(classes))} if classes else values)


def z(point):
    """The value of the latent in a recipe."""
    return point.get("z") or LatentValue(seeds=((point.root, 1.0),))


def weights(point):
    """The class weights of a recipe, () if it has none."""
    value = point.get("class")
    return value.weights if value else ()


def with_class(point, number, count):
    return point.with_value("class", ClassesValue(tuple(float(k == number) for k in range(count))))


def with_coordinate(point, index, number):
    return point.with_value("z", z(point).with_coordinate(index, number))


def with_seed(point, seed):
    return point.with_value("z", z(point).with_seed(seed))


def scene(
    point=DEFAULT_POINT,
    shelf=(),
    columns=10,
    target=DEFAULT_TARGET,
    way="slerp",
    a=None,
    b=None,
    c=None,
    keep_norm=True,
    restyle=None,
):
    made = Scene(point, tuple(shelf))
    for state in (
        ClassSweepState(columns),
        StyleSweepState(target, 10, way),
        ArithmeticState(a, b, c, keep_norm),
        RestyleState(restyle),
    ):
        made = made.with_view(state)
    return made


def columns_of(scene):
    return scene.view(ClassSweepState).columns
