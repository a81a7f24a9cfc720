"""Drawing in colour, for a model of colour pictures."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog
from stage import give_model, open_context, show, small_model, stroke

from zscape.app.views.restyle.state import RestyleState
from zscape.app.views.restyle.view import RestyleView
from zscape.app.widgets.drawing.draw_pad import ERASER, FILL, PEN, SIDE, DrawPad
from zscape.models.families.base import Encoder, Generator
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.distance import is_far
from zscape.models.inputs import Classes, Latent

LEFT = Qt.MouseButton.LeftButton
SKY, SKIN = (118, 178, 222), (240, 190, 150)
RED, BLUE = QColor(200, 20, 20), QColor(20, 20, 200)


class Faces(Generator):
    """A disc on a sky; its size depends on the class, its brightness on the latent."""

    def __init__(self) -> None:
        super().__init__()
        self.image_shape = (3, 32, 32)
        rows, columns = torch.meshgrid(torch.arange(32), torch.arange(32), indexing="ij")
        far = ((rows - 16) ** 2 + (columns - 16) ** 2).sqrt()
        discs = torch.stack([(far < radius).float() for radius in (6, 9)])
        self.discs = torch.nn.Parameter(discs)
        self.colours = torch.nn.Parameter(torch.tensor([SKY, SKIN]) / 127.5 - 1)

    def forward(self, points):
        disc = torch.einsum("nk,khw->nhw", points["class"], self.discs)[:, None]
        sky, skin = self.colours[0].view(1, 3, 1, 1), self.colours[1].view(1, 3, 1, 1)
        light = 0.02 * points["z"][:, :1, None, None]
        return (sky * (1 - disc) + (skin + light) * disc).clamp(-1, 1)


class Finds(Encoder):
    def forward(self, x, c):
        return torch.zeros(len(x), 2) + 0 * x.mean()


def faces(measure=None):
    generator = Faces().eval().requires_grad_(False)
    inputs = Latent("z", 2), Classes("class", ("small", "large"))
    measures = {} if measure is None else {"encoder_mse": measure}
    spec = Spec("discs", "", {}, inputs, (3, 32, 32), data="discs", subject="object", measures=measures)
    return Model(spec, generator, Finds().eval())


@pytest.fixture
def view(qtbot, tmp_path):
    with open_context(tmp_path) as context:
        view = show(qtbot, RestyleView(context))
        give_model(qtbot, context, faces(0.01))
        qtbot.waitUntil(lambda: not view.colouring.busy and not context.jobs.jobs, timeout=20_000)
        yield view


def colour(pad, x, y):
    return pad.paper().pixelColor(round(x * (SIDE - 1)), round(y * (SIDE - 1))).getRgb()[:3]


def near(found, wanted):
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 16


def given(view):
    return view.session.scene.view(RestyleState).given


def found(qtbot, view):
    qtbot.waitUntil(lambda: given(view) is not None and given(view).found is not None and not view.busy, timeout=20_000)
    return given(view)


# The pad


@pytest.fixture
def pad(qtbot):
    pad = show(qtbot, DrawPad(), 224, 224)
    pad.set_ground(QColor(*SKY))
    pad.ink = RED
    return pad


def test_the_pen_draws_with_the_ink_and_the_eraser_with_the_ground(qtbot, pad):
    stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    assert colour(pad, 0.5, 0.5) == RED.getRgb()[:3]
    assert colour(pad, 0.5, 0.1) == SKY
    pad.tool = ERASER
    stroke(qtbot, pad, [(0.5, 0.4), (0.5, 0.6)])
    assert colour(pad, 0.5, 0.5) == SKY
    pad.tool = PEN
    stroke(qtbot, pad, [(0.3, 0.4), (0.3, 0.6)], Qt.MouseButton.RightButton)
    assert colour(pad, 0.3, 0.5) == SKY


def test_a_fill_ends_at_a_line_and_leaves_no_rim(qtbot, pad):
    pad.soft = 0.08
    corners = [(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.3)]
    stroke(qtbot, pad, corners)
    pad.tool, pad.ink = FILL, BLUE
    with qtbot.waitSignal(pad.drawn):
        stroke(qtbot, pad, [(0.5, 0.5)])
    assert colour(pad, 0.5, 0.5) == BLUE.getRgb()[:3]
    assert colour(pad, 0.3, 0.5) == RED.getRgb()[:3]
    assert colour(pad, 0.1, 0.1) == SKY
    line = {colour(pad, x / 100, 0.5) for x in range(25, 50)}
    assert not any(near(each, (69, 99, 211)) for each in line)  # a blend of sky and blue


def test_a_fill_of_the_ground_is_a_fill_of_all_of_it(qtbot, pad):
    pad.tool = FILL
    stroke(qtbot, pad, [(0.1, 0.9)])
    assert {colour(pad, x, y) for x in (0, 0.5, 1) for y in (0, 0.5, 1)} == {RED.getRgb()[:3]}


def test_another_ground_leaves_what_is_drawn(qtbot, pad):
    stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    pad.set_ground(BLUE)
    assert colour(pad, 0.5, 0.5) == RED.getRgb()[:3]
    assert colour(pad, 0.5, 0.1) == BLUE.getRgb()[:3]
    pad.show_paper(None)
    assert colour(pad, 0.5, 0.5) == BLUE.getRgb()[:3]


def test_enter_does_what_a_click_would(qtbot, pad):
    pad.tool = FILL
    pad.setFocus()
    with qtbot.waitSignal(pad.drawn):
        qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert colour(pad, 0.5, 0.5) == RED.getRgb()[:3]


# The view


def test_the_models_own_colours_are_offered_and_its_ground_is_the_paper(view):
    assert view.colours.isVisible()
    offered = [swatch.colour.getRgb()[:3] for swatch in view.colours.swatches]
    assert sum(near(each, SKY) for each in offered) == 1
    assert sum(near(each, SKIN) for each in offered) == 1
    assert near(colour(view.pad, 0.5, 0.5), SKY)


def test_tools_that_need_a_second_line_are_whole_above_the_classes(qtbot, view):
    view.setFixedHeight(view.minimumSizeHint().height() + view.colours.height())
    one = view.colours.height()
    for shade in range(20):
        view.colours.choose(QColor(shade, 0, 0))
    qtbot.waitUntil(lambda: view.colours.height() > one)
    qtbot.waitUntil(lambda: view.beside.y() + view.beside.height() <= view.colours.y())
    assert view.colours.y() + view.colours.height() <= view.middle.y()


def test_a_drawing_in_colour_is_restyled(qtbot, view):
    swatch = next(each for each in view.colours.swatches if near(each.colour.getRgb()[:3], SKIN))
    qtbot.mouseClick(swatch, LEFT)
    view.pad.set_brush(140)
    stroke(qtbot, view.pad, [(0.5, 0.5), (0.51, 0.5)])
    restyle = found(qtbot, view)
    picture = restyle.picture.array
    assert picture.shape == (32, 32, 3)
    assert near(picture[16, 16], SKIN)
    assert near(picture[1, 1], SKY)
    qtbot.waitUntil(lambda: view.sheet.frame is not None, timeout=10_000)
    assert view.sheet.tiles == 2


def test_tools_are_chosen_by_click_and_a_colour_ends_erasing(qtbot, view):
    for name in (FILL, ERASER):
        qtbot.mouseClick(view.colours.tools[name], LEFT)
        assert view.pad.tool == name
    qtbot.mouseClick(view.colours.swatches[0], LEFT)
    assert view.pad.tool == PEN
    assert view.colours.tools[PEN].isChecked()


def test_arrow_keys_go_from_colour_to_colour(qtbot, view):
    first, second = view.colours.swatches[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert view.pad.ink == second.colour


def test_any_other_colour_can_be_chosen(qtbot, view, monkeypatch):
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: BLUE)
    view.colours.other.click()
    assert view.pad.ink == BLUE
    assert view.colours.swatches[-1].isChecked()
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor())  # cancelled
    view.colours.other.click()
    assert view.pad.ink == BLUE


def test_the_background_button_gives_the_paper_the_chosen_colour(qtbot, view):
    stroke(qtbot, view.pad, [(0.4, 0.5), (0.6, 0.5)])
    before = found(qtbot, view).picture
    white = next(each for each in view.colours.swatches if near(each.colour.getRgb()[:3], (255, 255, 255)))
    qtbot.mouseClick(white, LEFT)
    view.colours.ground.click()
    qtbot.waitUntil(lambda: given(view).picture != before, timeout=10_000)
    assert near(found(qtbot, view).picture.array[1, 1], (255, 255, 255))


def test_a_model_of_grey_pictures_has_white_on_black_and_no_colours(qtbot, view):
    give_model(qtbot, view.context, small_model())
    qtbot.waitUntil(lambda: not view.colours.isVisible(), timeout=10_000)
    assert colour(view.pad, 0.5, 0.5) == (0, 0, 0)
    assert view.pad.ink == QColor(Qt.GlobalColor.white)


# A photograph of something else


def photo(path, pixels):
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return path


def test_photographs_unlike_the_training_data_are_refused(qtbot, view, tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (90, 120, 3))
    view.open(photo(tmp_path / "noise.png", noise))
    assert found(qtbot, view).mse > 0.05
    qtbot.waitUntil(lambda: "discs draws pictures like those of discs" in view.sheet.words, timeout=10_000)
    assert view.sheet.frame is None
    assert view.sweep() is None
    assert "\n" not in view.sheet.words
    view.strip.clear.click()
    assert "discs draws" not in view.sheet.words


def test_a_photograph_too_plain_to_be_compared_is_refused_too(qtbot, view, tmp_path):
    view.open(photo(tmp_path / "sky.png", np.full((90, 90, 3), SKY) * np.linspace(0.97, 1, 90)[:, None, None]))
    given = found(qtbot, view)
    assert given.contrast < 0.05
    assert not is_far(given.mse, view.session.model.spec.measures)
    qtbot.waitUntil(lambda: "shows something else" in view.sheet.words, timeout=10_000)
    assert view.sweep() is None
    view.strip.clear.click()
    assert "shows something else" not in view.sheet.words


def test_a_photograph_of_what_it_draws_is_restyled(qtbot, view, tmp_path):
    rows, columns = np.mgrid[:96, :96]
    disc = np.where((((rows - 48) ** 2 + (columns - 48) ** 2) < 27**2)[..., None], SKIN, SKY)
    view.open(photo(tmp_path / "disc.png", disc))
    assert found(qtbot, view).mse < 0.01
    qtbot.waitUntil(lambda: view.sheet.frame is not None, timeout=10_000)


def test_where_nothing_was_measured_nothing_is_refused(qtbot, view, tmp_path):
    model = faces()
    give_model(qtbot, view.context, replace(model, spec=replace(model.spec, name="others")))
    noise = np.random.default_rng(0).integers(0, 256, (90, 120, 3))
    view.open(photo(tmp_path / "noise.png", noise))
    found(qtbot, view)
    qtbot.waitUntil(lambda: view.sheet.frame is not None, timeout=10_000)
