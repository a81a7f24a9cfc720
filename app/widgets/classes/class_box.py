"""A combo box of classes; a long list is searched by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from zscape.app.widgets.classes.class_chips import MANY
from zscape.app.widgets.classes.class_search import found


class ClassBox(QComboBox):
    """chosen(index): the user has chosen an entry.

    With more than MANY entries the text can be edited: matching entries are listed below, and Enter selects the best match. Text
    without a match changes nothing.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.activated.connect(self._choose)
        self._last = 0

    def set_names(self, names: Sequence[str]) -> None:
        """Set the entries."""
        if list(names) == [self.itemText(index) for index in range(self.count())]:
            return
        self.setEditable(False)
        self.clear()
        self.addItems(list(names))
        if len(names) > MANY:
            self._let_type()

    def show_index(self, index: int) -> None:
        """Show entry `index` without emitting a signal; text that the user is typing stays."""
        self._last = index
        line = self.lineEdit()
        if line is not None and self.hasFocus() and line.isModified():
            return
        self.setCurrentIndex(index)

    def _let_type(self) -> None:
        self.setEditable(True)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText("Type to find")
        line.editingFinished.connect(self._take_typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.lineEdit()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None and line.isModified():
            completer = self.completer()
            if completer is not None and (popup := completer.popup()) is not None:
                popup.hide()
            self._take_typed()  # Qt would select the first entry that matches in any case
        else:
            super().keyPressEvent(event)

    def _take_typed(self) -> None:
        line = self.lineEdit()
        if line is None or not line.isModified():
            return
        words = line.text().strip()
        matches = found(words, [self.itemText(index) for index in range(self.count())]) if words else []
        line.setModified(False)
        if matches:
            self._choose(matches[0])
        else:
            self.setCurrentIndex(self._last)
            self.setEditText(self.itemText(self._last))

    def _choose(self, index: int) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setModified(False)
        self.setCurrentIndex(index)
        if index != self._last:
            self._last = index
            self.chosen.emit(index)
