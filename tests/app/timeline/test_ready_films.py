"""Ready-made animations play after two clicks: on the menu, and on its entry."""

import letters_model
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolButton
from recipes import recipe

from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.views.type.state import TypeState
from zscape.app.window.export.exporting import motions
from zscape.app.window.timeline.dialogs.noise_dialog import NoiseDialog
from zscape.app.window.timeline.dialogs.random_dialog import RandomDialog
from zscape.app.work.exporting.export import Animation
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.media.images import read_image
from zscape.models.progress import finish
from zscape.models.timeline.mark_edits import marks_at
from zscape.models.timeline.stops import stops

LEFT = Qt.MouseButton.LeftButton


def choose(window, qtbot, words):
    """Click the menu Animate, then one of its entries."""
    button = next(each for each in window.header.findChildren(QToolButton) if each.text().replace("&", "") == "Animate")

    def click():
        menu = QApplication.activePopupWidget()
        action = next(each for each in menu.actions() if each.text().replace("&", "") == words)
        QTimer.singleShot(0, lambda: qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center()))

    QTimer.singleShot(0, click)
    qtbot.mouseClick(button, LEFT, pos=QPoint(8, 8))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5_000)


def test_they_play_in_the_view_they_belong_to_and_every_class_is_held(window, qtbot):
    player = window.timeline.player
    for words, view in (("Class sweep", "class-sweep"), ("Style sweep", "style-sweep"), ("Through the classes", "image")):
        shown = player.shown
        choose(window, qtbot, words)
        assert window.current_view == view
        assert window.timeline.isVisible()
        assert player.playing
        qtbot.waitUntil(lambda shown=shown: player.shown > shown + 1, timeout=10_000)
        assert window.session.scene.timeline.loop
        player.pause()
        found = stops(window.session.scene.timeline)
        window.session.undo_stack.undo()
        assert window.session.scene.timeline is None
    assert len(found) == 11, "through the classes, and the first comes again"
    assert found[-1].closes
    assert [each.hold for each in found[:-1]] == pytest.approx([0.5] * 10)


def test_loops_of_random_points_and_of_noise_have_the_chosen_length_and_speed(window, qtbot):
    choose(window, qtbot, "Random loop…")
    dialog = window.findChild(RandomDialog)
    dialog.seconds.setValue(3.0)
    dialog.points.setValue(6)
    dialog.seed.setValue(9)
    assert dialog.speed.text() == "0.50 s from point to point"
    qtbot.mouseClick(dialog.start, LEFT)
    assert window.timeline.player.playing
    window.timeline.player.pause()
    timeline = window.session.scene.timeline
    assert (timeline.seconds, len(stops(timeline))) == (3.0, 7)
    assert window.current_view == "class-sweep"  # the view that was shown before
    choose(window, qtbot, "Noise loop…")
    dialog = window.findChild(NoiseDialog)
    dialog.seconds.setValue(3.0)
    dialog.speed.setValue(60)
    assert dialog.words.text() == "As far as through 2.0 random points"
    qtbot.mouseClick(dialog.start, LEFT)
    assert window.timeline.player.playing
    window.timeline.player.pause()
    timeline = window.session.scene.timeline
    assert (timeline.seconds, timeline.loop, len(stops(timeline))) == (3.0, True, 16)
    assert window.current_view == "class-sweep"


def test_a_reveal_needs_a_picture_which_another_film_shows_beside_what_is_drawn_in_its_style(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.session.message) as caught:
        window.actions_by_name["film_reveal"].trigger()
    assert caught.args[1] is True
    found = recipe(seeds=((5, 1.0),), classes=tuple(float(k == 4) for k in range(10)))
    image = np.arange(28 * 28).reshape(28, 28).astype(np.uint8)
    picture = PictureValue.of(image)
    window.session.edit_view("restyle", RestyleState(Restyle(picture, found=found)))
    window.actions_by_name["film_reveal"].trigger()
    window.timeline.player.pause()
    timeline = window.session.scene.timeline
    assert timeline.base == found
    assert [(each.start, each.seconds, each.picture) for each in timeline.marks] == [(0.0, 1.5, picture)]
    for time in (0.0, 1.6):  # while the picture covers it, and afterwards
        assert timeline.at(time, window.session.space) == found
    assert marks_at(timeline, 1.6, window.session.space) == ()
    view, space = window.show_view("restyle"), window.session.space
    assert "Round the classes" not in motions(view.sweep(), space, ()), "every class is in the sheet: it would stand still"
    (own,) = view.films().values()
    path = finish(own.save(Animation(tmp_path / "a", 1.0, 20, 1), window.opener.snapshot(), "cpu", lambda _: None))
    frames = np.stack([read_image(each) for each in sorted(path.iterdir())])[..., 0]
    assert frames.shape == (20, 28, 56)
    assert (frames[:, :, :28] == image).all()
    assert len({each.tobytes() for each in frames[:, :, 28:]}) > 8
    assert (frames[0] == own.last("cpu")[0][..., 0]).all()


def test_type_changes_in_the_type_view_and_is_greyed_with_why_without_letters(qtbot, start):
    window = start("fashion-mnist")
    action = window.actions_by_name["film_type"]
    assert not action.isEnabled()
    assert "neither letters nor digits" in action.toolTip()
    assert window.actions_by_name["film_point"].isEnabled()
    with qtbot.waitSignal(window.session.model_changed, timeout=20_000):
        window.renderer.adopt(letters_model.model_of("ABC"))
    window.session.edit_view("type", TypeState("AB"))
    choose(window, qtbot, "Type that changes")
    assert window.current_view == "type"
    assert window.timeline.player.playing
    picture, lines = window.views["type"].picture, []
    picture.painted.connect(lines.append)
    qtbot.waitUntil(lambda: len({id(each) for each in lines}) > 2, timeout=60_000)
    window.timeline.player.pause()
