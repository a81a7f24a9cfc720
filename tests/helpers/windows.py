"""Opens the real window in tests."""

from contextlib import contextmanager


@contextmanager
def open_window(qtbot, home, model="", size=None, session=None, settings=None):
    """A window with its first picture drawn; it is closed at the end, once running work has ended."""
    from zscape.app.state.settings import Settings
    from zscape.app.window.main_window import MainWindow

    window = MainWindow(settings or Settings(home), model=str(model), session=session)
    if size is not None:
        window.resize(*size)
    with qtbot.waitSignals([window.first_imaged, window.completed], timeout=60_000):
        window.show()
    try:
        yield window
    finally:
        window.closing.ask_nothing()
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
        window.deleteLater()
