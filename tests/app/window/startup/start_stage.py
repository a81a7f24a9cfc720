"""Starts windows one after the other, and keeps what each showed at its first paint."""

from contextlib import contextmanager


class Start:
    """A window with its first picture drawn. first: what see(window) returned at its first paint."""

    def __init__(self, qtbot, window, see):
        self.window, self.first = window, None
        window.first_painted.connect(lambda: setattr(self, "first", see(window)))
        with qtbot.waitSignals([window.first_imaged, window.completed], timeout=30_000):
            window.show()


@contextmanager
def one_by_one(qtbot, make, see):
    """start(...): shows the window that make(...) returns, and waits for its first picture; the previous one is closed before."""
    opened = []

    def end():
        while opened:
            window = opened.pop().window
            window.close()
            window.deleteLater()

    def start(**given):
        end()
        opened.append(Start(qtbot, make(**given), see))
        return opened[-1]

    try:
        yield start
    finally:
        end()


def unreadable(path):
    """Replace the file at `path` by one after another that cannot be read; at last there is none."""
    for content in (b"", b"no picture", path.read_bytes()[:40]):
        path.write_bytes(content)
        yield
    path.unlink()
    yield
