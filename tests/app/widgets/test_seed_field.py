"""The field of a seed, and what is typed into it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
)
from recipes import with_seed

from zscape.app.state.scene import DEFAULT_POINT


def test_what_is_no_seed_is_refused_and_no_step_leads_to_none(window, qtbot):
    seed, before = window.panels["latent"].first.seed, window.session.point
    shown = seed.text()
    for typed in ("-12", "-1", "4294967296", "1.5", "1e3"):
        window.message_bar.hide()
        seed.setFocus()
        seed.selectAll()
        QApplication.clipboard().setText(typed)  # letters are shortcuts, but they can be pasted
        qtbot.keyClick(seed, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(seed, Qt.Key.Key_Return)
        assert seed.text() == shown, typed
        assert window.session.point == before, typed
        assert window.message_bar.isVisible(), typed
        assert f"'{typed}' is not a seed" in window.message_bar.label.text()
    # letters after a wrong seed do not make it another
    window.message_bar.hide()
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClicks(seed, "-12ab")
    assert window.session.point == before
    assert "is not a seed" in window.message_bar.label.text()
    # no step and no drag leads from a seed to none
    window.session.edit_point("seed", with_seed(DEFAULT_POINT, 0))
    seed.setFocus()
    qtbot.keyClick(seed, Qt.Key.Key_Down)
    assert seed.text() == "0"
    assert seed.minimum() == 0
