"""Drops on the window and drags out of it: always copies, refused early if unusable, a file only on request."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCursor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from recipes import with_seed, z
from shiboken6 import isValid
from window_stage import BAD, files, sheet_of

from zscape.app.state.clipboard import mime_of
from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.views import VIEWS
from zscape.app.widgets.drawing.palette_pad import PalettePad
from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.widgets.pictures.thumbs import Thumbs
from zscape.app.window.files.dropped import refusal
from zscape.models.media.metadata import read_metadata

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def offer(widget, data, actions=COPY | MOVE, proposed=MOVE):
    """Drag `data` over the middle of `widget` like a file manager that proposes to move it; returns the events in order."""
    middle = widget.rect().center()
    answers = []
    enter = QDragEnterEvent(middle, actions, data, LEFT, NONE)
    enter.setDropAction(proposed)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    answers.append(enter)
    if enter.isAccepted():
        for event in (QDragMoveEvent(middle, actions, data, LEFT, NONE), QDropEvent(QPointF(middle), actions, data, LEFT, NONE)):
            event.setDropAction(proposed)
            QApplication.sendEvent(widget, event)
            answers.append(event)
    return answers


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(str(path))
    return path


def test_every_place_that_takes_something_takes_a_copy(window, qtbot, picture, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))  # the dialog that a dropped folder opens
    folder = tmp_path / "pictures"
    folder.mkdir()
    point = mime_of(with_seed(DEFAULT_POINT, 5), QImage(str(picture)))
    takers = set()
    areas = [lambda: window, *(lambda name=name: window.show_view(name) for name in VIEWS), lambda: window]
    for area in (shown() for shown in areas):  # the window first and last: panels are filled as they are needed
        for widget in [area, *area.findChildren(QWidget)]:
            if not isValid(widget) or not widget.acceptDrops() or widget in takers:  # an earlier drop may have rebuilt a list
                continue
            for data in (point, files(picture), files(folder)):
                for event in offer(widget, data):
                    assert not event.isAccepted() or event.dropAction() == COPY, (widget, event)
                assert not offer(widget, data, MOVE)[0].isAccepted(), widget  # refused if only a move is possible
            takers.add(widget)
    assert len(takers) >= 8
    qtbot.waitUntil(lambda: not window.views["restyle"].busy, timeout=20_000)
    assert picture.exists()


def test_a_pad_of_a_palette_takes_copies_too(qtbot, picture):
    pad = PalettePad(8, 8, 3, ())
    qtbot.addWidget(pad)
    events = offer(pad, files(picture))
    assert len(events) == 3
    assert all(event.isAccepted() and event.dropAction() == COPY for event in events)


def test_what_cannot_be_taken_is_refused_before_it_is_dropped(window, tmp_path):
    path = tmp_path / "file.bin"
    for content in [*BAD, b"words"]:
        path.write_bytes(content)
        taken = offer(window, files(path))[0].isAccepted()
        assert taken == (content in BAD[2:4]), content  # two begin like sessions: opening them reports what is wrong
    broken = QMimeData()
    broken.setData("application/x-zscape-recipe", b"{")
    thumbs = window.panels["shelf"].findChild(Thumbs)
    slot = window.show_view("arithmetic").slots["a"]
    for widget in (window, thumbs, slot):
        assert not offer(widget, broken)[0].isAccepted()
    words = QMimeData()
    words.setText("hello")
    far = QMimeData()
    far.setUrls([QUrl("https://example.org/picture.png")])
    text = tmp_path / "text.txt"
    text.write_text("just words")
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(bytes(range(64)))
    refused = {"is a folder": files(tmp_path), "none.png": files(tmp_path / "none.png"), "no file and no picture": words}
    refused |= {"another computer": far, "text.txt is not a kind": files(text), "cut.safetensors is damaged": files(cut)}
    for line, data in refused.items():
        window.message_bar.hide()
        assert not offer(window, data)[0].isAccepted()
        assert window.message_bar.isVisible()
        assert line in window.message_bar.label.text()


def test_of_several_files_the_first_that_opens_is_opened_and_the_rest_is_said(window, qtbot, tmp_path, picture):
    text, other = tmp_path / "text.txt", tmp_path / "other.txt"
    text.write_text("just words")
    other.write_text("more words")
    assert not offer(window, files(text, other))[0].isAccepted()
    assert "text.txt" in window.message_bar.label.text()
    for paths, left in (((text, picture), "the other one is not"), ((other, text, picture), "the other 2 are not")):
        window.show_view("image")
        offer(window, files(*paths))
        assert window.status.currentMessage() == f"Files open one at a time: picture.png is open, {left}."
        assert window.current_view == "restyle"
        qtbot.waitUntil(lambda: not window.views["restyle"].busy, timeout=20_000)
    session = tmp_path / "a.json"
    window.opener.save_session(session)
    for place in (window, window.show_view("restyle").pad):
        with qtbot.waitSignal(window.session.message, check_params_cb=lambda line, error: "the other 2" in line):
            offer(place, files(picture, picture, session))


def test_a_file_dropped_on_a_field_is_opened_and_not_typed(window, qtbot, picture, tmp_path):
    field, handle = window.panels["latent"].first.search, window.windowHandle()
    place = QPointF(field.mapTo(window, field.rect().center()))
    words = QMimeData()
    words.setText("old")
    file = files(picture)
    file.setText(str(picture))  # as file managers do
    for data in (words, file):  # text belongs in the field
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(handle, kind(place.toPoint(), COPY, data, LEFT, NONE))
        QApplication.sendEvent(handle, QDropEvent(place, COPY, data, LEFT, NONE))
        assert field.text() == "old"
    assert window.current_view == "restyle"


def test_a_refusal_disappears_over_a_widget_that_accepts(window, qtbot, tmp_path, monkeypatch):
    folder, text = files(tmp_path), tmp_path / "text.txt"
    text.write_text("just words")
    view, places = window.show_view("restyle"), []
    monkeypatch.setattr(QCursor, "pos", lambda: places[-1])

    def drag(data, *widgets):
        """Drag over one widget after another, with Qt's events: each widget is left when the next one is entered."""
        for last, widget in zip((None, *widgets), widgets, strict=False):
            places.append(widget.mapToGlobal(widget.rect().center()))
            if last is not None:
                QApplication.sendEvent(last, QDragLeaveEvent())
            QApplication.sendEvent(widget, QDragEnterEvent(widget.rect().center(), COPY, data, LEFT, NONE))
            QApplication.processEvents()

    drag(folder, window, view)
    assert not window.message_bar.isVisible()
    drag(files(text), window, view)  # not accepted there either
    assert "text.txt" in window.message_bar.label.text()
    assert window.message_bar.isVisible()


def test_a_message_stays_after_a_gesture_without_a_change(window):
    session, before = window.session, window.session.point
    window.session.message.emit("Saved it.", False)
    session.edit_point("go", with_seed(DEFAULT_POINT, 5), gesture := session.new_gesture())
    session.edit_point("go", before, gesture)
    assert window.status.currentMessage() == "Saved it."
    session.edit_point("go", with_seed(DEFAULT_POINT, 5))
    session.undo_stack.undo()  # the message may have been about the undone edit
    assert window.status.currentMessage() == ""


def test_a_tile_dragged_out_is_a_file_when_wanted_and_a_copy_a_picture(window, qtbot):
    sheet = sheet_of(window)
    data = DraggedTile(sheet.recipe(7), sheet.tile_image(7), sheet.caption(7))
    assert data.hasUrls()
    assert data.hasImage()
    assert data.file_if_written() is None
    assert not refusal(data)
    assert data.file_if_written() is None  # no one asks for it within the window
    (url,) = data.urls()
    path = data.file_if_written()
    assert url.toLocalFile() == str(path)
    assert data.urls() == [url]
    assert QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32) == sheet.tile_image(7).convertToFormat(
        QImage.Format.Format_RGB32
    )
    texts, spec = read_metadata(path), window.session.model.spec
    assert json.loads(texts["zscape-recipe"])
    assert (texts["model"], texts["run"]) == (spec.name, spec.run)
    window.session.edit_point("away", with_seed(DEFAULT_POINT, 99))
    wanted = sheet.recipe(7)
    offer(window, files(path))
    assert window.session.point == wanted
    path.unlink()
    tiles = [DraggedTile(sheet.recipe(7), sheet.tile_image(7), "of/one: name") for _ in range(2)]
    paths = [tile.file() for tile in tiles]
    assert len(set(paths)) == 2
    assert all(path.name.startswith("of one") for path in paths)
    for path in paths:
        path.unlink()
    sheet.copy(3)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage()
    assert not copied.hasUrls()
    assert z(sheet.recipe(3)).seed == z(DEFAULT_POINT).seed
    assert sheet.mapToGlobal(QPoint(0, 0)) is not None
