"""A bar that offers the sessions of windows that crashed, one at a time, until the user has answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from zscape.app.state.kept_sessions import model_of
from zscape.app.window.session.keeper import Keeper, when

HEIGHT = 40


class RecoveryBar(QFrame):
    """Shown above the view while there is a session to offer. accepted(SessionFile): the user continues that one."""

    accepted = Signal(object)

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.setObjectName("offer")
        self.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.accept_button = QPushButton("Restore")
        self.accept_button.setToolTip("Continue that session; undo goes back to what is open now")
        self.accept_button.clicked.connect(self._accept)
        self.decline_button = QPushButton("Not now")
        self.decline_button.setToolTip("Leave it where it is: File > Open recent has it")
        self.decline_button.clicked.connect(self._decline)
        row.addWidget(self.label, 1)
        row.addWidget(self.accept_button)
        row.addWidget(self.decline_button)
        self.show_next()

    def show_next(self) -> None:
        """Offer the newest unanswered one; hide if there is none."""
        found = self._keeper.found
        if found:
            model = model_of(found[0].path)
            words = f"Zscape ended unexpectedly {when(found[0].seconds)}. Its session{f' ({model})' * bool(model)} is kept."
            self.label.setText(f"{words} (1 of {len(found)})" if len(found) > 1 else words)
            self.label.setToolTip(str(found[0].path))
        self.setVisible(bool(found))

    def _accept(self) -> None:
        saved = self._keeper.read_found()
        self.show_next()
        if saved is not None:
            self.accepted.emit(saved)

    def _decline(self) -> None:
        self._keeper.pass_over_found()
        self.show_next()
