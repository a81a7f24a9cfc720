"""All dialogs have a button that closes them, react to Escape, and have at most one button that Enter presses."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPushButton

from zscape.app.panels.directions.maker import DirectionDialog
from zscape.app.window.commands.shortcuts import ShortcutsPage
from zscape.app.window.export.dialog import ExportDialog
from zscape.app.window.export.exports import ExportsDialog
from zscape.app.window.help.help_page import HelpPage
from zscape.app.window.live_performance.control_page import ControlPage
from zscape.app.window.timeline.dialogs.animate_dialog import AnimateDialog
from zscape.app.window.timeline.dialogs.easing_dialog import EasingDialog
from zscape.app.window.timeline.dialogs.noise_dialog import NoiseDialog
from zscape.app.window.timeline.dialogs.random_dialog import RandomDialog
from zscape.app.window.timeline.dialogs.sound_dialog import SoundDialog
from zscape.models.progress import Progress

ENDING = (QDialogButtonBox.ButtonRole.AcceptRole, QDialogButtonBox.ButtonRole.RejectRole)


def exports(window):
    """The dialog of exports with one in progress."""

    def work(see):
        while True:
            yield Progress(1, 4, "Writing")

    window.context.exports.add("Export", window.settings.folder / "a.gif", work)
    return ExportsDialog(window, window.context.exports, window.session)


def about(window):
    window.actions_by_name["about"].trigger()
    return next(each for each in window.findChildren(QDialog) if each.windowTitle() == "About Zscape")


DIALOGS = {
    AnimateDialog: lambda window: AnimateDialog(window, 2),
    ControlPage: lambda window: ControlPage(window.live_tools.remote, window.settings, window),
    DirectionDialog: lambda window: DirectionDialog(window.context, window),
    EasingDialog: lambda window: EasingDialog(window, window.context, "smooth", lambda *_: None),
    ExportDialog: lambda window: ExportDialog(window, window.settings, "x", (28, 28), ("Style wave",)),
    ExportsDialog: exports,
    HelpPage: lambda window: HelpPage(window.actions_by_name, window),
    NoiseDialog: NoiseDialog,
    RandomDialog: RandomDialog,
    ShortcutsPage: lambda window: ShortcutsPage(window.actions_by_name, window),
    SoundDialog: lambda window: SoundDialog(window, "A sound", ("level",), (), (), lambda *_: None),
    QDialog: about,
}


def test_every_dialog_is_tested():
    ours = {each for each in QDialog.__subclasses__() if each.__module__.startswith("zscape.")}
    assert ours | {QDialog} == set(DIALOGS)


def test_each_has_a_button_that_ends_it_escape_and_one_default(qtbot, window):
    for make in DIALOGS.values():
        dialog = make(window)
        with qtbot.waitExposed(dialog):
            dialog.show()
        box, what = dialog.findChild(QDialogButtonBox), dialog.windowTitle()
        ending = [button for button in box.buttons() if box.buttonRole(button) in ENDING]
        assert any(box.buttonRole(button) == ENDING[1] for button in ending), what
        for button in box.buttons():
            assert dialog.rect().contains(QRect(button.mapTo(dialog, button.rect().topLeft()), button.size())), what
        for button in ending:  # the accepting button is highlighted
            assert (button.property("role") == "primary") == (box.buttonRole(button) == ENDING[0]), what
        for button in dialog.findChildren(QPushButton):
            assert button in ending or not button.isDefault(), f"{what}: Enter presses {button.text()}"
        qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
        if dialog.isVisible():  # the first Escape only left the field
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), what
        for export in window.context.exports.exports:
            window.context.exports.cancel(export)


def test_close_ends_the_list_of_exports_and_not_the_exports(qtbot, window):
    dialog = exports(window)
    dialog.show()
    box = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(box.button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    (export,) = window.context.exports.exports
    assert not export.over
    window.context.exports.cancel(export)
    qtbot.waitUntil(lambda: export.over, timeout=10_000)
