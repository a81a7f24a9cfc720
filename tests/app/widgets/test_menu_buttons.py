"""Buttons that open a menu: their look after the menu has opened a dialog."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from zscape.app.widgets.controls.menu_button import MenuButton


def test_a_menu_of_the_header_is_not_lit_after_its_dialog(window, qtbot):
    window.raise_()
    edit = next(each for each in window.header.findChildren(MenuButton) if each.text() == "&Edit")
    plain = edit.grab().toImage()
    QTest.mouseMove(edit, edit.rect().center())
    qtbot.waitUntil(edit.underMouse)
    assert edit.grab().toImage() != plain
    shortcuts = window.actions_by_name["shortcuts"]

    def choose():
        menu = edit.menu()
        place = menu.actionGeometry(shortcuts).center()
        QCursor.setPos(menu.mapToGlobal(place))
        edit.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as under X11, where the button gets no Leave event
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    QTimer.singleShot(0, choose)
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    page = next(each for each in window.findChildren(QDialog) if each.isVisible())
    page.close()
    qtbot.waitUntil(lambda: not edit.underMouse())
    assert edit.grab().toImage() == plain
