"""The ring around the widget that has the keyboard focus."""

import pytest
from keyboard_stage import focus, place_of, press
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QVBoxLayout, QWidget
from stage import contrast

from zscape.app.widgets import theme
from zscape.app.widgets.focus_ring import watch


def ring_of(window):
    watcher = watch(window)
    return watcher.ring if watcher.ring is not None and watcher.ring.isVisible() else None


def test_the_ring_follows_the_keyboard_and_leaves_with_the_mouse(window, qtbot):
    sheet = window.views["class-sweep"].sheet
    assert ring_of(window) is None
    window.header.models.setFocus()
    press(window, Qt.Key.Key_Tab)
    assert ring_of(window).widget() is focus() is window.header.devices
    press(window, Qt.Key.Key_F6)
    assert ring_of(window).widget() is focus()
    QTest.mouseClick(
        window.windowHandle(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        place_of(window, sheet) + sheet.rect().center(),
    )
    assert ring_of(window) is None


def test_the_ring_is_seen_around_what_fills_its_area(window, qtbot):
    thumbs = window.panels["shelf"].thumbs
    assert thumbs.focusPolicy() == Qt.FocusPolicy.NoFocus  # while empty it only shows text, which the ring would cross
    window.session.keep(window.session.point)
    qtbot.waitUntil(lambda: len(thumbs.recipes) == 1)
    for target in (window.views["class-sweep"].sheet, thumbs):
        window.header.models.setFocus()
        for _ in range(100):
            press(window, Qt.Key.Key_Tab)
            if focus() is target:
                break
        assert focus() is target
        QApplication.processEvents()
        check_ring(window, target)
    target = window.views["class-sweep"].sheet
    target.setFocus()
    window.message_bar.tell("It is moved, and lower.")
    QApplication.processEvents()
    check_ring(window, target)


def check_ring(window, target):
    accent = window.palette().highlight().color()
    picture = window.grab().toImage()
    area = QRect(place_of(window, target), target.size())
    bottom = min(area.bottom(), place_of(window, target.parentWidget()).y() + target.parentWidget().height() - 1)
    near = range(-4, 5)
    left = [picture.pixelColor(area.left() + by, area.center().y()).name() for by in near]
    below = [picture.pixelColor(area.center().x(), bottom + by).name() for by in near]
    assert accent.name() in left, (target, left)
    assert accent.name() in below, (target, below)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_ring_is_seen_in_both_themes_on_a_filled_button_too(qtbot, name):
    before = QApplication.palette(), QApplication.instance().styleSheet()
    theme.apply(name)
    holder = QWidget()
    column = QVBoxLayout(holder)
    plain, filled = QPushButton("plain"), QToolButton()
    filled.setText("filled")
    filled.setCheckable(True)
    filled.setChecked(True)
    filled.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for button in (plain, filled):
        column.addWidget(button)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
    watch(holder)
    try:
        plain.setFocus()
        for button in (filled, plain):
            press(holder, Qt.Key.Key_Tab)
            assert focus() is button
            picture: QImage = holder.grab().toImage()
            at = place_of(holder, button)
            middle = at.y() + button.height() // 2
            ring, gap = picture.pixelColor(at.x() - 2, middle), picture.pixelColor(at.x() - 5, middle)
            assert contrast(ring, gap) >= 3, (ring.name(), gap.name())
    finally:
        QApplication.setPalette(before[0])
        QApplication.instance().setStyleSheet(before[1])
