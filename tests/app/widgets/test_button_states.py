"""How buttons react to the mouse, in both themes: enabled ones change under it, disabled ones look the same everywhere."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from stage import show

from zscape.app.widgets import theme
from zscape.app.widgets.controls.framed_button import framed_button


@pytest.fixture(params=["light", "dark"])
def themed(request):
    app = QApplication.instance()
    sheet, palette = app.styleSheet(), app.palette()
    theme.apply(request.param)
    yield
    app.setStyleSheet(sheet)
    app.setPalette(palette)


def look(qtbot, button, under_mouse):
    place = button.rect().center() if under_mouse else QPoint(-20, -20)
    QCursor.setPos(button.mapToGlobal(place))
    qtbot.mouseMove(button.window(), button.mapTo(button.window(), place))
    QApplication.processEvents()
    return button.grab().toImage().pixelColor(6, button.height() // 2).name()  # the background, beside the text


def test_hovered_checked_and_disabled_buttons_look_different(qtbot, themed):
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(60, 60, 60, 60)
    plain, primary, framed = QPushButton("Push"), QPushButton("Start"), framed_button("Lock", "tip", checkable=True)
    primary.setProperty("role", "primary")
    for button in (plain, primary, framed):
        row.addWidget(button)
    show(qtbot, holder, 500, 160)
    for button in (plain, primary, framed):
        assert look(qtbot, button, under_mouse=True) != look(qtbot, button, under_mouse=False), button.text()
    free = look(qtbot, framed, under_mouse=False)
    framed.setChecked(True)
    chosen = look(qtbot, framed, under_mouse=False)
    assert look(qtbot, framed, under_mouse=True) not in (free, chosen)
    framed.setEnabled(False)
    assert look(qtbot, framed, under_mouse=False) not in (free, chosen)
