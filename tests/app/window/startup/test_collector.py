"""Python's garbage collector is paused while a window starts, and not for longer."""

import gc

from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow


def test_it_rests_until_the_first_picture(qtbot, home, tiny_model):
    window = MainWindow(Settings(home), str(tiny_model))
    qtbot.addWidget(window)
    assert not gc.isenabled()
    with qtbot.waitSignal(window.first_imaged, timeout=20_000):
        window.show()
    assert gc.isenabled()
    window.close()


def test_it_goes_on_where_nothing_can_be_drawn(qtbot, home, tmp_path):
    (tmp_path / "broken.safetensors").write_bytes(b"no model")
    window = MainWindow(Settings(home), str(tmp_path / "broken.safetensors"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.message_bar.isVisible, timeout=20_000)
    qtbot.waitUntil(gc.isenabled, timeout=20_000)
    window.close()


def test_it_goes_on_when_the_window_is_closed_before(qtbot, home, tiny_model):
    window = MainWindow(Settings(home), str(tiny_model))
    qtbot.addWidget(window)
    window.close()
    assert gc.isenabled()
