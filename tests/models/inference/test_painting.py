"""Points that match what is painted: strokes, gaps, photographs."""

from itertools import combinations

import numpy as np
import pytest

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference import painting
from zscape.models.inference.encoding import encode
from zscape.models.inference.paint import Canvas, PaintRun, agreement, find_photo, paint, picture_at
from zscape.models.inference.painting import painter_of
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.residual import blurred, edited, filled
from zscape.models.media.wishes import FREE, KEEP, MUST, MUST_NOT, Wishes
from zscape.models.progress import finish

NOTHING = Wishes.none(28, 28, 1)
SEVEN = [(8, 8), (20, 8), (12, 24)]


@pytest.fixture(autouse=True)
def shorter(monkeypatch):
    """Half of the steps are enough for these digits."""
    monkeypatch.setattr(painting, "STEPS", 75)


@pytest.fixture(scope="module")
def mnist():
    return load_model(find("mnist"))


def digit(model, number, seed=1):
    classes = model.space.first(Classes)
    return Recipe.seed(seed).with_value(classes.name, classes.only(number))


def picture(model, recipe):
    return picture_at(painter_of(model), recipe)


def test_a_stroke_covers_what_the_brush_passes_and_nothing_else():
    painted = NOTHING.stroke([(5, 10), (20, 10)], 2, MUST, (200,))
    assert painted.weight(MUST)[10, 5:20].min() == 1
    assert painted.colours[10, 12, 0] == 200
    assert painted.weight(MUST)[:7].max() == painted.weight(MUST)[13:].max() == 0
    assert not painted.weight(FREE).any()
    assert NOTHING.empty


def test_newer_paint_lies_over_older_and_the_keep_brush_takes_it_away():
    painted = NOTHING.stroke([(5, 10), (20, 10)], 2, MUST, (200,)).stroke([(12, 10)], 2, FREE)
    assert painted.weight(FREE)[10, 12] == 1
    assert painted.weight(MUST)[10, 12] == 0
    assert painted.colours[10, 12, 0] == 0
    assert painted.painted.max() <= 1
    assert painted.stroke([(0, 10), (28, 10)], 5, KEEP).empty


def test_what_must_be_comes_and_the_rest_stays(mnist, monkeypatch):
    monkeypatch.setattr(painting, "STEPS", 100)  # that the rest stays takes more
    start = digit(mnist, 3)
    before = picture(mnist, start)
    wishes = NOTHING.stroke([(6, 24), (22, 24)], 1.5, MUST, (255,))
    assert agreement(before, wishes, MUST) < 0.3
    found = finish(paint(mnist, Canvas(start), wishes))
    assert agreement(found.drawn, wishes, MUST) > 0.6
    assert np.array_equal(found.image, found.drawn)
    upper = np.s_[:12]
    assert np.abs(found.drawn[upper].astype(int) - before[upper]).mean() < 40
    assert found.recipe.get("class") == start.get("class")


def test_what_must_not_be_goes(mnist):
    start = digit(mnist, 3)
    before = picture(mnist, start)
    wishes = NOTHING.stroke([(0, 20), (28, 20)], 2, MUST_NOT, (255,))
    ink = before[18:22].astype(float).mean()
    found = finish(paint(mnist, Canvas(start), wishes))
    assert found.drawn[18:22].mean() < ink / 2
    assert agreement(found.drawn, wishes, MUST_NOT) > 0.95


def test_an_erased_part_is_filled_in_from_what_is_left(mnist):
    """The erased part has no influence, yet the result is closer to it than empty paper is."""
    for number in (0, 8):
        photo = picture(mnist, digit(mnist, number, 5))
        start = encode_recipe(mnist, photo)
        wishes = NOTHING.stroke([(0, 21), (28, 21)], 5, FREE)
        found = finish(paint(mnist, Canvas(start, photo=photo), wishes))
        assert np.array_equal(found.image[:12], photo[:12])
        gap = np.s_[18:26]
        truth = photo[gap].astype(float)
        assert np.square(found.image[gap] - truth).mean() < 0.5 * np.square(truth).mean()


def encode_recipe(model, photo):
    return finish(encode(model, photo[None])).recipes(model.space)[0]


def test_what_was_erased_is_not_known_to_what_fills_it_in(mnist):
    photo = picture(mnist, digit(mnist, 3, 5))
    other = photo.copy()
    other[18:26] = 255 - other[18:26]
    wishes = NOTHING.stroke([(0, 22), (28, 22)], 4.4, FREE)
    start = encode_recipe(mnist, photo)
    found = [finish(paint(mnist, Canvas(start, photo=each), wishes)).recipe for each in (photo, other)]
    assert found[0] == found[1]


def test_on_empty_paper_the_class_can_be_found(mnist):
    wishes = NOTHING.stroke(SEVEN, 1.2, MUST, (255,))
    found = finish(paint(mnist, Canvas(Recipe(), empty=True, any_class=True), wishes))
    assert agreement(found.drawn, wishes, MUST) > 0.9
    assert found.drawn.mean() < 90  # most of the paper stays empty
    classes = mnist.space.first(Classes)
    assert classes.labels[classes.heaviest(found.recipe.value(classes))] in "7123"


def test_the_latent_stays_where_the_generator_draws(mnist):
    wishes = NOTHING.stroke([(0, 0), (28, 28)], 3, MUST, (255,)).stroke([(28, 0), (0, 28)], 3, MUST, (255,))
    found = finish(paint(mnist, Canvas(digit(mnist, 3)), wishes))
    assert np.square(found.recipe.get("z").numbers).mean() < 1.6


@pytest.mark.parametrize(("brush", "count"), [(MUST, 3), (MUST_NOT, 2)])
def test_variants_match_the_paint_and_differ_elsewhere(mnist, brush, count):
    """Also if nothing was erased."""
    start = digit(mnist, 3)
    wishes = NOTHING.stroke([(12, 14), (18, 14)], 1.5, brush, (255,))
    found = [finish(paint(mnist, Canvas(start), wishes, variant)) for variant in range(count)]
    free = wishes.painted < 0.1
    for one, other in combinations(found, 2):
        off = np.abs(one.drawn.astype(int) - other.drawn)[free].mean() / 255
        assert off > 0.05, off
    for another in found[1:]:
        agrees = agreement(another.drawn, wishes, brush)
        assert agrees > agreement(found[0].drawn, wishes, brush) - 0.25
        assert another.recipe.value(mnist.space.first(Classes)) == start.value(mnist.space.first(Classes))


def test_each_variant_is_the_same_again(mnist):
    wishes = NOTHING.stroke([(0, 22), (28, 22)], 4, FREE)
    runs = [PaintRun(mnist, Canvas(digit(mnist, 3)), wishes, variant=1) for _ in range(2)]
    for _ in range(40):  # more than the number of starts
        for run in runs:
            run.step()
    assert runs[0].recipe == runs[1].recipe


def test_paint_may_change_during_the_search(mnist):
    run = PaintRun(mnist, Canvas(digit(mnist, 3)), NOTHING.stroke([(4, 4), (8, 4)], 1, MUST, (255,)))
    run.step()
    wishes = NOTHING.stroke([(6, 24), (22, 24)], 1.5, MUST, (255,))
    run.ask(wishes)
    improved = sum(run.step() for _ in range(painting.STEPS))
    assert run.done
    assert improved > 5
    assert agreement(run.result().drawn, wishes, MUST) > 0.6


def test_a_photograph_keeps_what_is_its_own():
    rng = np.random.default_rng(0)
    photo = rng.integers(0, 256, (40, 40, 3), np.uint8)
    before, after = np.full_like(photo, 100), np.full_like(photo, 100)
    after[5:15, 5:15] = 220
    wishes = Wishes.none(40, 40, 3).stroke([(10, 10)], 3, MUST, (220, 220, 220))
    changed = edited(photo, before, after, wishes, only_painted=False)
    assert np.array_equal(changed[25:], photo[25:])
    assert (changed[9:11, 9:11] == 220).all()
    assert (changed[6, 6] == 220).all()  # beside the paint, where the model's picture has changed
    within = edited(photo, before, after, wishes, only_painted=True)
    assert np.array_equal(within[5, 14], photo[5, 14])
    assert np.array_equal(edited(photo, before, after, Wishes.none(40, 40, 3), False), photo)


def test_a_blur_keeps_the_sum_and_a_gap_is_filled_from_beside_it():
    spot = np.zeros((30, 30), np.float32)
    spot[15, 15] = 1
    assert blurred(spot, 2).sum() == pytest.approx(1, abs=1e-4)
    picture = np.full((29, 31, 3), 80, np.uint8)
    known = np.ones((29, 31), np.float32)
    picture[10:20, 10:20], known[10:20, 10:20] = 255, 0
    assert np.abs(filled(picture, known).astype(int) - 80).max() <= 1


def test_a_model_without_encoder_finds_a_photograph_and_fills_gaps(mnist):
    from dataclasses import replace

    bare = replace(mnist, encoder=None)
    photo = picture(mnist, digit(mnist, 7, 4))
    start = finish(find_photo(bare, photo))
    assert np.abs(picture(bare, start).astype(int) - photo).mean() < 12
    found = finish(paint(bare, Canvas(start, photo=photo), NOTHING.stroke([(0, 22), (28, 22)], 4, FREE)))
    assert np.array_equal(found.image[:12], photo[:12])


def test_paint_that_does_not_fit_or_is_missing_is_told(mnist):
    with pytest.raises(ZscapeError, match="Nothing is painted"):
        finish(paint(mnist, Canvas(Recipe()), NOTHING))
    with pytest.raises(ZscapeError, match=r"mnist draws \[28, 28, 1\]"):
        finish(paint(mnist, Canvas(Recipe()), Wishes.none(64, 64, 3).stroke([(5, 5)], 3, FREE)))
