"""The error bar appears near what it is about, and disappears when something succeeds."""

from itertools import product

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar
from recipes import with_seed
from stage import small_model

from zscape.app.views import VIEWS
from zscape.app.widgets.pictures.sheet import Sheet

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, Sheet)
LONG = "Cannot read /a/folder/with/a/long/name/and/a/file.safetensors: it ends before its header says. Copy it here again. " * 3


def fail(window, line="It went wrong: try again."):
    window.session.message.emit(line, True)
    assert window.message_bar.isVisible()


def place_of(window, widget):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_it_covers_no_control_and_shows_all_of_its_words(window):
    for size, name in product([(1024, 700), (1280, 720)], VIEWS):
        window.resize(*size)
        window.show_view(name)
        fail(window, LONG)
        for _ in range(8):
            QApplication.processEvents()
        bar = place_of(window, window.message_bar)
        assert window.size().toTuple() == size, name
        label = window.message_bar.label
        assert label.height() >= label.heightForWidth(label.width()), name
        controls = [widget for kind in CONTROLS for widget in window.findChildren(kind)]
        assert len(controls) > 50
        for widget in controls:
            own = window.message_bar.isAncestorOf(widget)
            if not own and not isinstance(widget, QScrollBar) and widget.isVisible():
                visible = widget.visibleRegion().boundingRect()
                place = QRect(widget.mapTo(window, visible.topLeft()), visible.size())
                assert not place.intersects(bar), (name, widget)


def test_only_the_newest_message_is_shown_until_the_next_edit_or_undo(window):
    window.status.show_tip("What it does")
    fail(window)
    assert window.status.currentMessage() == "What it does"  # a tip is no message
    window.session.message.emit("Train little: started in the background.", False)
    fail(window)
    assert window.status.currentMessage() == ""
    window.session.message.emit("Saved.", False)
    assert not window.message_bar.isVisible()
    assert window.status.currentMessage() == "Saved."
    fail(window)
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    assert not window.message_bar.isVisible()
    fail(window)
    window.actions_by_name["undo"].trigger()
    assert not window.message_bar.isVisible()
    fail(window)
    window.show_view("image")
    assert window.message_bar.isVisible()


def test_it_goes_when_a_model_is_opened_and_stays_while_a_run_publishes(window, qtbot, tiny_model):
    fail(window)
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.renderer.adopt(small_model())
    assert window.message_bar.isVisible()
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.opener.open_model(tiny_model)
    assert not window.message_bar.isVisible()
