"""A complete evaluation: what it reports, what it leaves out and why, and what it refuses."""

import json
import shutil
from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.evaluate import measure_model
from zscape.models.evaluation.reference import by_place, default_data, matched, reference
from zscape.models.evaluation.report import record
from zscape.models.evaluation.run import EvaluationRun, Settings
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model, load_model
from zscape.models.files.header import read_spec
from zscape.models.files.spec import Spec
from zscape.models.progress import finish
from zscape.models.training.encoder import HELD_OUT_SEED

NAMES = tuple("abcdefghij")
FEW = Settings(samples=300, inputs=60, refined=60, steps=2)
ALL = {
    *("chi_square", "nearest_neighbour_error", "class_accuracy", "frechet_distance", "kernel_distance", "precision", "recall"),
    *("variety", "variety_least", "encoder_mse", "encoder_mse_refined", "encoder_class_accuracy"),
    *("restyled_class_accuracy", "restyled_class_accuracy_refined", "slant_kept", "slant_kept_refined"),
    *("stroke_width_kept", "stroke_width_kept_refined"),
}


@pytest.fixture(scope="module")
def digits():
    return load("digits")


@pytest.fixture(scope="module")
def model(tiny_model):
    return load_model(tiny_model)


@pytest.fixture(scope="module")
def report(model, digits):
    return finish(measure_model(model, digits, FEW))


def stripes(count, classes=3, channels=1, side=28):
    """Noise with bright rows, spaced by class."""
    random = np.random.default_rng(0)
    images = random.integers(0, 90, (count, side, side, channels)).astype(np.uint8)
    labels = np.arange(count) % classes
    for image, label in zip(images, labels, strict=True):
        image[:: label + 2] += 120
    return Dataset("stripes", images, labels.astype(np.int64), NAMES[:classes])


def small(classes=3, channels=1, encoder=True):
    """An untrained model of stripes."""
    family = FAMILIES["dcgan"]
    config = family.config(
        z_size=6, classes=classes, hidden=8, channels=channels, generator_maps=(8, 4), discriminator_maps=(4, 4)
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        networks = [family.generator(config).eval(), family.encoder(config).eval()][: 1 + encoder]
    names = NAMES[:classes] if classes > 1 else ("image",)
    return Model(Spec("small", "dcgan", asdict(config), inputs(6, names), config.image_shape, data="stripes"), *networks)


def test_every_measure_is_there_with_its_conditions(report):
    assert {figure.name for figure in report.figures} == ALL
    assert report.left_out == {}
    for figure in report.figures:
        assert np.isfinite(figure.value)
        assert any(count in figure.conditions for count in ("300 samples (30 a class, truncation 1)", "60 digits pictures")), (
            figure
        )
    assert report.conditions["held_out"] == 1000
    assert report.conditions["missing"] == []
    assert json.loads(json.dumps(report.plain()))["figures"]["precision"]["value"] == report["precision"]


def test_an_untrained_model_is_far_from_real_and_real_pictures_are_near(report):
    by_name = {figure.name: figure for figure in report.figures}
    assert by_name["class_accuracy"].value < 0.5 < 0.99 < by_name["class_accuracy"].real
    for name in ("frechet_distance", "kernel_distance", "chi_square", "nearest_neighbour_error"):
        assert by_name[name].value > 3 * by_name[name].real, name
    assert by_name["precision"].real > 0.7 > by_name["precision"].value
    assert by_name["variety"].real == pytest.approx(1, abs=0.1)


def test_the_samples_are_those_of_the_seed_and_truncation(model, digits, report):
    again = finish(measure_model(model, digits, FEW))
    assert [f.value for f in again.figures] == pytest.approx([f.value for f in report.figures], rel=1e-3)
    elsewhere = replace(FEW, seed=1, truncation=0.5)
    one, other = (finish(measure_model(small(), stripes(200), settings)) for settings in (FEW, elsewhere))
    assert other["chi_square"] != one["chi_square"]
    assert "truncation 0.5" in next(f.conditions for f in other.figures if f.name == "chi_square")


def test_classes_can_be_drawn_in_their_natural_shares():
    data = stripes(400)
    uneven = data.subset(np.flatnonzero((data.labels != 1) | (np.arange(400) % 4 == 0)))
    settings = replace(FEW, samples=120, natural=True)
    run = EvaluationRun(small(), None, uneven, *(part for part in uneven.split(100, 0)[::-1]), settings, None)
    held = np.bincount(run.held_out.labels, minlength=3)
    assert held[1] < 0.5 * held[0]
    np.testing.assert_allclose(np.bincount(run.labels) / 120, held / 100, atol=0.05)
    report = finish(measure_model(small(), uneven, settings))
    assert report.conditions["balance"] == "each class in its natural share"
    assert all("natural share" in figure.conditions for figure in report.figures if figure.name in ("variety", "chi_square"))


def test_strokes_are_not_measured_in_pictures_of_objects():
    model = small()
    things = Model(replace(model.spec, subject="object"), model.generator, model.encoder)
    names = {figure.name for figure in finish(measure_model(things, stripes(400), FEW)).figures}
    assert {"brightness_kept", "aspect_kept"} <= names
    assert "slant_kept" not in names


@pytest.mark.parametrize("channels", [1, 3])
def test_without_a_classifier_what_needs_none_is_measured(channels):
    report = finish(measure_model(small(channels=channels), stripes(400, channels=channels), FEW))
    names = {figure.name for figure in report.figures}
    kept = {"slant_kept", "stroke_width_kept"} if channels == 1 else {"brightness_kept", "aspect_kept"}
    assert {"chi_square", "nearest_neighbour_error", "variety", "encoder_mse", "encoder_mse_refined", *kept} <= names
    for name in ("class_accuracy", "frechet_distance", "recall", "restyled_class_accuracy_refined"):
        assert "no classifier for stripes" in report.left_out[name]
        assert name not in names


def test_a_classifier_for_other_pictures_is_not_used(model):
    data = replace(stripes(400, 10), class_names=tuple("0123456789"))
    report = finish(measure_model(model, data, FEW))
    assert "is right on only" in report.left_out["class_accuracy"]


def test_a_model_without_classes_is_measured_without_them():
    report = finish(measure_model(small(classes=1), stripes(200), FEW))
    names = {figure.name for figure in report.figures}
    assert {"chi_square", "variety", "encoder_mse"} <= names
    assert "no classes" in report.left_out["restyled_class_accuracy"]
    assert report.left_out["nearest_neighbour_error"] == "there is only one class"
    assert "no classes" in report.figures[0].conditions


def test_a_model_without_encoder_says_how_to_get_one():
    report = finish(measure_model(small(encoder=False), stripes(200), FEW))
    assert "train-encoder" in report.left_out["encoder_mse"]


def test_classes_missing_from_the_data_are_not_drawn():
    data = stripes(300)
    report = finish(measure_model(small(), data.subset(data.labels != 1), FEW))
    assert report.conditions["missing"] == ["b"]
    assert "150 a class" in report.figures[0].conditions
    one = finish(measure_model(small(), data.subset(data.labels == 0), FEW))
    assert one.left_out["nearest_neighbour_error"] == "there is only one class"


def test_too_few_pictures_are_refused(model, digits):
    with pytest.raises(ZscapeError, match="10 pictures: measuring takes at least 100"):
        finish(measure_model(model, digits.subset(range(10)), FEW))


def test_data_of_other_classes_is_refused(model):
    with pytest.raises(ZscapeError, match="choose data of the model's classes"):
        finish(measure_model(model, stripes(200), FEW))


def test_a_generator_that_draws_nan_is_refused():
    model = small()
    with torch.no_grad():
        next(model.generator.parameters()).fill_(float("nan"))
    with pytest.raises(ZscapeError, match="not finite"):
        finish(measure_model(model, stripes(200), FEW))


@pytest.mark.parametrize("wrong", [{"samples": 99}, {"truncation": 0.0}, {"truncation": float("nan")}, {"seed": -1}])
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(ZscapeError):
        Settings(**wrong)


def test_classes_are_matched_by_name_or_by_number():
    spec = Spec("m", "dcgan", {}, inputs(2, ("a", "b", "c")), (1, 28, 28))
    data = stripes(6)
    assert matched(data, spec) is data
    named = matched(replace(data, class_names=("c", "a", "b")), spec)
    assert named.labels.tolist() == [2, 0, 1, 2, 0, 1]
    assert named.class_names == spec.class_names
    numbered = matched(replace(data, class_names=("0", "1", "2")), spec)
    assert numbered.labels.tolist() == data.labels.tolist()
    assert by_place(replace(data, class_names=("0", "1", "2")), spec) == (
        "The classes of stripes have no names: they are taken for m's in order, 0 for a, 1 for b, 2 for c."
    )
    assert not by_place(data, spec)
    with pytest.raises(ZscapeError, match="choose data of the model's classes"):
        matched(replace(data, name="digits", class_names=("0", "1", "2")), spec)  # those are digits, not classes without names


def test_the_held_out_part_is_fixed_and_smaller_splits_lie_within_it(digits):
    first, again = reference(digits), reference(digits)
    assert np.array_equal(first.held_out.images, again.held_out.images)
    assert (len(first.rest), len(first.held_out)) == (4000, 1000)
    assert np.bincount(first.held_out.labels).tolist() == [100] * 10
    fewer = {image.tobytes() for image in digits.split(200, HELD_OUT_SEED)[1].images}
    assert fewer <= {image.tobytes() for image in first.held_out.images}


def test_the_default_data_is_what_the_model_learned_from_or_the_digits():
    spec = Spec("m", "dcgan", {}, inputs(2, tuple("0123456789")), (1, 28, 28), data="digits")
    assert default_data(spec).name == "digits"
    assert default_data(replace(spec, data="gone for good")).name == "digits"


def test_without_its_data_a_model_of_other_things_asks_for_pictures():
    """Also a model without classes: what it draws is unknown."""
    for each in (small().spec, small(classes=1).spec):
        with pytest.raises(ZscapeError, match="trained on gone for good, which is not here: measure it by `zscape evaluate"):
            default_data(replace(each, data="gone for good"))
    with pytest.raises(ZscapeError, match="download it with `zscape data fetch fashion-mnist`"):
        default_data(replace(small().spec, data="fashion-mnist"))


def test_figures_are_written_into_the_file_and_nothing_else_changes(report, tiny_model, tmp_path):
    path = tmp_path / "m.safetensors"
    shutil.copy(tiny_model, path)
    record(path, report)
    before, after = load_model(tiny_model), load_model(path)
    assert {name: after.spec.measures[name] for name in ALL} == {figure.name: figure.value for figure in report.figures}
    assert "held out" in after.spec.notes["precision"]
    assert "real pictures" in after.spec.notes["precision"]
    assert after.spec.recorded["evaluation"]["samples"] == 300
    kept = {"measures": {}, "notes": {}, "recorded": {}}
    assert replace(after.spec, **kept) == replace(before.spec, **kept)
    record(path, report)
    assert read_spec(path) == after.spec
    assert list(tmp_path.iterdir()) == [path]
