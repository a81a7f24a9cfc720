"""The list below the search for actions."""

from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QListView

from zscape.app.window.commands.palette import LEAST


def test_the_list_is_on_screen_with_the_same_row_height_each_time(window, qtbot):
    search = window.header.search
    heights = []
    for _ in range(2):
        window.actions_by_name["search"].trigger()
        popup = search.completer().popup()
        assert isinstance(popup, QListView)
        qtbot.waitUntil(popup.isVisible)
        QApplication.processEvents()
        assert popup.width() >= LEAST
        assert popup.geometry().right() <= search.screen().availableGeometry().right()
        first, second = (popup.visualRect(popup.model().index(row, 0)) for row in (0, 1))
        heights.append(second.top() - first.top())
        assert first.height() >= popup.fontMetrics().height() + 8  # including padding
        popup.hide()
        search.clearFocus()
    assert heights[0] == heights[1]
    window.actions_by_name["search"].trigger()
    qtbot.keyClicks(search, "copy")
    qtbot.waitUntil(popup.isVisible)
    QApplication.processEvents()
    picture = popup.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ends = []  # where the shortcuts end in each line that has one; they are dim and right-aligned
    for row in range(popup.model().rowCount()):
        index, dim = popup.model().index(row, 0), popup.palette().color(QPalette.ColorRole.PlaceholderText).rgb()
        if "Ctrl+" in index.data():
            line = popup.visualRect(index)
            found = [x for x in range(line.width()) for y in range(line.top(), line.bottom()) if picture.pixel(x, y) == dim]
            ends.append(max(found))
    assert len(ends) == 2
    assert max(ends) - min(ends) <= 2
    assert popup.viewport().width() - max(ends) < 32
    search.clear()
    qtbot.keyClicks(search, "reset all")
    qtbot.waitUntil(popup.isVisible)
    QApplication.processEvents()
    lines = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert any(line.endswith("No coordinate has been moved") for line in lines)
    assert popup.viewport().width() >= max(popup.fontMetrics().horizontalAdvance(line) for line in lines)  # none is cut
    assert popup.geometry().right() <= search.screen().availableGeometry().right()
    popup.hide()
