"""The About dialog."""

from importlib.metadata import version

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from stage import show

from zscape.app.window.help.about import about


def test_it_shows_the_icon_and_what_a_report_should_name_and_cuts_no_line(qtbot):
    page = show(qtbot, QWidget())
    dialog = about(page)
    dialog.open()
    QApplication.processEvents()
    labels = dialog.findChildren(QLabel)
    words = " ".join(label.text() for label in labels)
    for each in (f"Zscape {version('zscape')}", f"PyTorch {version('torch')}", "Python 3", "Qt 6", "MIT licence"):
        assert each in words
    icon = next(label for label in labels if not label.pixmap().isNull())
    colours = {icon.grab().toImage().pixelColor(x, 32).name() for x in range(0, 64, 4)}
    assert len(colours) > 2
    for label in labels:
        if label is not icon:
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    dialog.reject()
