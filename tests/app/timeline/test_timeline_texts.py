"""Text in a film, by mouse and keyboard: add, type, place, style, move, undo; on screen as in the file."""

import numpy as np
import pytest
from dock_stage import LEFT, POINTS, line
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stage import drag

from zscape.app.state.session_file import load
from zscape.app.window.export.dialog import ExportDialog
from zscape.models.media.film.mark_drawing import drawn
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.mark_edits import marks_at
from zscape.models.timeline.stops import stops


@pytest.fixture
def texts(panel):
    """The texts of a timeline without the window."""
    return panel.texts


@pytest.fixture
def shown(window):
    """The texts of a timeline with four keys, 1 s apart, below the view of one image."""
    window.show_view("image")
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    return window.timeline.panel.texts


def pick(qtbot, button, words):
    """Click `button`, then the entry `words` of its menu."""

    def choose():
        menu = QApplication.activePopupWidget()
        action = next(each for each in menu.actions() if each.text() == words)
        QTimer.singleShot(0, lambda: qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center()))

    QTimer.singleShot(0, choose)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5_000)


def pixels_of(sheet):
    image = sheet.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    rect = sheet.picture_rect().toRect()
    whole = flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    return whole[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1].astype(int)


def test_a_title_by_mouse_and_keyboard_and_back(window, shown, qtbot):
    assert not shown.isVisible()
    before = window.session.undo_stack.count()
    pick(qtbot, shown.button, "Title card")
    assert shown.isVisible()
    assert (line(window).seconds, [each.hold for each in stops(line(window))]) == (4.0, [1.0, 0.0, 0.0, 0.0])
    window.activateWindow()
    qtbot.waitUntil(shown.editor.words.hasFocus, timeout=5_000)
    qtbot.keyClicks(shown.editor.words, "Four digits")
    assert [(each.kind, each.text, each.start, each.seconds) for each in line(window).marks] == [("card", "Four digits", 0, 1)]
    assert window.session.undo_stack.count() == before + 2  # the card, and one step for all typing
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # the field has the focus
    assert (window.session.undo_stack.index(), window.session.undo_stack.count()) == (before + 1, before + 2)
    assert line(window).marks[0].text == "Title"
    assert shown.editor.words.text() == "Title"
    window.session.undo_stack.undo()
    assert line(window).marks == ()
    assert line(window).seconds == 3.0
    assert not shown.isVisible()


def test_a_caption_is_placed_and_styled(panel, texts, qtbot):
    qtbot.mouseClick(panel.track, LEFT, pos=QPoint(round(panel.track.scale.x(1.5)), 8))
    pick(qtbot, texts.button, "Caption")
    editor = texts.editor
    qtbot.mouseClick(editor.place, LEFT, pos=editor.place.spot("top right").toPoint())
    qtbot.keyClick(editor.place, Qt.Key.Key_Left)
    editor.share.setValue(15)
    for button, colour in ((editor.colour, QColor("#ff0000")), (editor.background, QColor(0, 0, 255, 128))):
        qtbot.mouseClick(button, LEFT)
        button.dialog.setCurrentColor(colour)
        button.dialog.accept()
    (mark,) = line(panel).marks
    assert (mark.start, mark.seconds, mark.place, mark.size) == (1.5, 1.5, "top", 0.15)
    assert (mark.colour, mark.background) == ("#ff0000", "#0000ff80")
    qtbot.mouseClick(editor.colour, LEFT)
    editor.colour.dialog.setCurrentColor(QColor("#00ff00"))
    assert line(panel).marks[0].colour == "#00ff00"  # previewed
    editor.colour.dialog.reject()
    assert line(panel).marks[0].colour == "#ff0000"
    editor.kind.setCurrentText("Title card")
    editor.kind.activated.emit(1)
    assert line(panel).marks[0].kind == "card"


def test_what_is_on_screen_is_what_is_in_the_file(window, shown, qtbot, painted, tmp_path):
    shown.add("caption")
    window.timeline.panel.length.setValue(0.6)
    sheet = painted(lambda: window.timeline.player.seek(0.0))
    qtbot.waitUntil(lambda: sheet.marks == marks_at(line(window), 0.0, window.session.space), timeout=5_000)
    seen = pixels_of(sheet)
    text = drawn(marks_at(line(window), 0.0, window.session.space), seen.shape[1::-1])
    letters = text[..., 3] == 255
    assert letters.any()
    assert np.abs(seen[letters] - text[letters][:, :3]).max() <= 2
    window.settings.keep_folder(tmp_path / "x")
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    dialog.film.format.setCurrentText("WebP")
    dialog.scale.setValue(10)
    with qtbot.waitSignal(window.context.exports.ended, timeout=60_000):
        dialog.accept()
    path = tmp_path / "image.webp"
    with Image.open(path) as film:
        frame = np.asarray(film.convert("RGB")).astype(int)
    text = drawn(marks_at(line(window), 0.0, window.session.space), (280, 280))
    letters = text[..., 3] == 255
    assert np.abs(frame[letters] - text[letters][:, :3]).max() <= 2
    assert load(path).scene.timeline == line(window)


def test_a_card_hides_the_picture_for_its_time_only(window, shown, qtbot, painted):
    shown.add("card")
    player = window.timeline.player
    sheet = painted(lambda: player.seek(0.5))
    qtbot.waitUntil(lambda: bool(sheet.marks), timeout=5_000)
    assert set(np.unique(pixels_of(sheet)[:8])) == {0}  # only the background of the card
    painted(lambda: player.seek(1.5))
    qtbot.waitUntil(lambda: not sheet.marks, timeout=5_000)
    painted(player.release)
    assert sheet.marks == ()


def test_bars_are_dragged_by_middle_and_ends(panel, texts, qtbot):
    texts.add("caption")
    row, before = texts.row, panel.session.undo_stack.count()
    rect = row.rect_of(0)
    second = row.scale.width / 3.0
    drag(qtbot, row, rect.center().toPoint(), (rect.center() + rect.center().__class__(second, 0)).toPoint())
    assert (line(panel).marks[0].start, line(panel).marks[0].seconds) == (1.0, 2.0)
    end = QPoint(round(row.rect_of(0).right()) - 2, round(rect.center().y()))
    drag(qtbot, row, end, end - QPoint(round(second), 0))
    assert (line(panel).marks[0].start, line(panel).marks[0].seconds) == (1.0, 1.0)
    begin = QPoint(round(row.rect_of(0).left()) + 2, round(rect.center().y()))
    drag(qtbot, row, begin, begin - QPoint(round(second / 2), 0))
    assert (line(panel).marks[0].start, line(panel).marks[0].seconds) == (0.5, 1.5)
    assert panel.session.undo_stack.count() == before + 3


def test_bars_by_keyboard(panel, texts, qtbot):
    texts.add("caption")
    texts.add("caption")
    row = texts.row
    row.setFocus()
    assert row.rect_of(0).top() != row.rect_of(1).top()  # at the same time, so one below the other
    for key, held, said in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, [(0.0, 2.0), (0.0, 2.0)]),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, [(0.1, 2.0), (0.0, 2.0)]),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, [(0.1, 1.9), (0.0, 2.0)]),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, [(0.0, 2.0)]),
    ):
        qtbot.keyClick(row, key, held)
        assert [(each.start, each.seconds) for each in line(panel).marks] == said
    texts.duplicate(0)
    assert [(each.start, each.seconds) for each in line(panel).marks] == [(0.0, 2.0), (1.0, 2.0)]


def test_nothing_is_cut_in_a_small_window(window, shown, qtbot):
    window.resize(1024, 700)
    shown.add("caption")
    QApplication.processEvents()
    editor = shown.editor
    for control in (editor.words, editor.kind, editor.start, editor.seconds, editor.place, editor.share, editor.background):
        assert editor.rect().contains(control.mapTo(editor, control.rect().bottomRight())), control.accessibleName()
    qtbot.waitUntil(lambda: window.rect().contains(editor.mapTo(window, editor.rect().bottomRight())), timeout=5_000)


def holds(panel):
    return [each.hold for each in stops(line(panel))]


def test_a_title_that_is_added_while_it_plays_comes_first_and_is_seen(panel, texts, qtbot):
    player = panel.player
    player.seek(1.9)
    player.play()
    pick(qtbot, texts.button, "Title card")
    assert not player.playing
    assert [(each.start, each.seconds) for each in line(panel).marks] == [(0, 1)]
    assert holds(panel) == [1.0, 0.0, 0.0, 0.0]
    assert 0 <= player.time < 1


def test_a_key_that_is_dragged_takes_its_title_along(panel, texts, qtbot):
    panel.player.seek(1.0)
    texts.add("card")
    assert [(each.start, each.hold) for each in stops(line(panel))] == [(0, 0), (1, 1), (3, 0), (4, 0)]
    track = panel.track
    start = track.rect_of(1).center().toPoint()
    drag(qtbot, track, start, QPoint(round(start.x() - 0.5 * (track.scale.x(1) - track.scale.x(0))), start.y()))
    moved = stops(line(panel))[1]
    assert moved.start < 1
    assert moved.hold == 1
    assert line(panel).marks[0].start == pytest.approx(moved.start)


def test_dragging_a_title_to_another_key_moves_its_hold(panel, texts, qtbot):
    panel.player.seek(0.0)
    texts.add("card")
    before, count = line(panel), panel.session.undo_stack.count()
    row = texts.row
    start = row.middle_of(0).toPoint()
    drag(qtbot, row, start, QPoint(round(start.x() + row.scale.x(2) - row.scale.x(0)), start.y()))
    assert holds(panel) == [0.0, 1.0, 0.0, 0.0]
    assert line(panel).marks[0].start == pytest.approx(1.0)
    assert line(panel).seconds == before.seconds
    assert panel.session.undo_stack.count() == count + 1
    panel.session.undo_stack.undo()
    assert line(panel) == before


def test_a_title_whose_beginning_is_typed_takes_the_hold_along(panel, texts, qtbot):
    panel.player.seek(2.0)
    texts.add("card")
    assert holds(panel) == [0.0, 0.0, 1.0, 0.0]
    box = texts.editor.start
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert holds(panel) == [1.0, 0.0, 0.0, 0.0]
    assert line(panel).marks[0].start == 0
