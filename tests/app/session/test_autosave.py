"""Automatic saving when nothing can be written."""

from zscape.app.state.autosave import Autosave
from zscape.app.state.saved_session import SessionFile
from zscape.models.errors import ZscapeError


def test_what_cannot_be_written_is_told_also_after_the_end(qapp):
    """A log-out asks for it once more, after the window was closed."""

    def write(saved):
        raise ZscapeError("The disk is full.")

    lines = []
    autosave = Autosave(SessionFile, write)
    autosave.failed.connect(lines.append)
    assert not autosave.flush()
    autosave.stop()
    assert not autosave.flush()
    assert lines == ["The disk is full."]
