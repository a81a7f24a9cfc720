"""The search over everything the window can do: actions, what lists offer, and every button on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCompleter,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from zscape.app.widgets.greyed import why_greyed
from zscape.app.widgets.numbers.number_list import NumberList
from zscape.app.window.commands.actions import Actions
from zscape.app.window.commands.found_line import BETWEEN, FoundLine
from zscape.app.window.focus_order import SECOND

BY_HAND = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
ModelIndex = QModelIndex | QPersistentModelIndex
LEAST, MOST = 320, 560
"""Pixels of the width of the list of what was found: as wide as its lines, with the reasons in them."""
EDGE = 24
"""Pixels beside the words of a line: its padding and the scroll bar."""


@dataclass(frozen=True)
class Command:
    """One thing to find. words: what it is called. keys: its shortcut, "" where it has none. lacks: why it cannot be done now,
    "" where that is not known, None where it can be done.
    """

    words: str
    run: Callable[[], object]
    keys: str = ""
    lacks: str | None = None

    @property
    def line(self) -> str:
        """How it is listed."""
        return f"{self.words}{BETWEEN}{self.keys}".rstrip()

    @property
    def able(self) -> bool:
        """Whether it can be done now."""
        return self.lacks is None


class FoundLines(QStringListModel):
    """The lines in the list of what was found. What cannot be done now is greyed, and says why where that is known."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._greyed: dict[str, str] = {}

    def show_found(self, found: Iterable[Command]) -> None:
        """List these, in this order."""
        found = list(found)
        self._greyed = {each.line: each.lacks for each in found if each.lacks is not None}
        self.setStringList([each.line for each in found])

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEnabled if super().data(index) in self._greyed else flags

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = super().data(index)
        if role == Qt.ItemDataRole.ToolTipRole:  # whole, where the list has no room for it
            return self._greyed.get(line)
        if role == Qt.ItemDataRole.DisplayRole and self._greyed.get(line):
            return f"{line}{BETWEEN}{self._greyed[line]}"
        return super().data(index, role)


def between(widget: QWidget, least: int, most: int) -> None:
    """Let `widget` be `least` to `most` pixels wide, as the window has room."""
    widget.setMinimumWidth(least)
    widget.setMaximumWidth(most)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class SearchField(QLineEdit):
    """Finds a command by any words of its name, in any order, and does it.

    sources: each tells, as the search begins, what there is to find besides the actions and the buttons that are seen.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.sources: list[Callable[[], Iterable[Command]]] = []
        self._by_line: dict[str, Command] = {}
        self._lines = FoundLines(self)
        self._show_keys()
        actions.keys_changed.connect(self._show_keys)
        self.setAccessibleName(actions["search"].text())
        between(self, 104, 184)
        self.returnPressed.connect(lambda: self._run(self.text()))
        self.textEdited.connect(self._list)

    def _show_keys(self) -> None:
        self.setPlaceholderText(f"Search actions   {self._actions.keys('search')}".rstrip())
        self.setToolTip(self._actions["search"].toolTip())

    def _list(self, typed: str) -> None:
        """What fits; where nothing does, a line that says so."""
        nothing = Command(f"Nothing here is called \u201c{typed}\u201d", lambda: None, lacks="")
        self._lines.show_found(self._found(typed) or [nothing])
        popup = self.completer().popup() if self.completer() is not None else None
        if popup is not None:
            popup.setMinimumWidth(min(max(LEAST, popup.sizeHintForColumn(0) + EDGE), MOST))

    def _found(self, typed: str) -> list[Command]:
        """Those with all words typed; those that begin as typed come first, what cannot be done or stands in a menu last."""
        wanted = typed.casefold()
        fit = [each for line, each in self._by_line.items() if all(word in line.casefold() for word in wanted.split())]
        begins = {each.line: each.line.casefold().startswith(wanted) for each in fit}
        return sorted(fit, key=lambda each: (not begins[each.line], not each.able, each.line.count(": "), each.line))

    def start(self) -> None:
        """Take the keyboard and show everything there is."""
        self._gather()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.clear()
        self._list("")
        self.completer().setCompletionPrefix("")
        self.completer().complete()

    def _gather(self) -> None:
        """Find what there is now."""
        window = self.window()
        found = [*_of_actions(self._actions), *chain.from_iterable(source() for source in self.sources)]
        found += of_buttons(window) if isinstance(window, QMainWindow) else ()
        self._by_line = {}
        known: set[str] = set()
        found.sort(key=lambda each: not each.able)
        for each in found:  # a button that does what an action does is not listed beside it
            words = each.words.casefold()
            if not known.intersection((words, words.rpartition(": ")[2])):
                known.add(words)
                self._by_line[each.line] = each
        if self.completer() is None:
            self._add_completer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_HAND:
            self._gather()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.start()

    def _add_completer(self) -> None:
        """Made when it is first wanted: its list takes time that the first paint has not."""
        found = QCompleter(self._lines, self)
        found.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        found.setMaxVisibleItems(12)
        if (popup := found.popup()) is not None:
            popup.setObjectName("found")
            popup.setMinimumWidth(LEAST)
            popup.setItemDelegate(FoundLine(popup))  # after it is the completer's: that gives it one of its own
            popup.style().polish(popup)  # for its name: Qt would lay the lines out first and dress them then
            popup.installEventFilter(self)
        found.activated.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and isinstance(watched, QWidget):
            beyond = watched.geometry().right() - self.screen().availableGeometry().right()
            if beyond > 0:  # Qt takes the list for as narrow as the field
                watched.move(watched.x() - beyond, watched.y())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _choose(self, line: str) -> None:
        """A line of the list was clicked; or Enter was pressed on it, which the field has been told too, and has done it."""
        if self.text() == line:
            self._run(line)

    def _run(self, typed: str) -> None:
        command = self._by_line.get(typed)
        if command is None and typed:
            command = next(iter(self._found(typed)), None)
        if command is not None and command.able:
            self.clear()
            self.clearFocus()
            command.run()


def _of_actions(actions: Actions) -> Iterator[Command]:
    for name, action in actions.by_name.items():
        yield Command(_plain(action.text()), action.trigger, actions.keys(name), actions.lacks(name))


def of_buttons(window: QMainWindow) -> Iterator[Command]:
    """Every button that is seen in a dock or in the shown view, what its menu offers, and each number of a list with sliders,
    with the name of its place. What a menu ticks has also the name of the menu: its own would not say what becomes of it.
    """
    middle = window.centralWidget()
    stack = middle.findChild(QStackedWidget) if middle is not None else None
    places: list[tuple[str, QWidget | None]] = [(dock.windowTitle(), dock) for dock in window.findChildren(QDockWidget)]
    places.append(("View", stack.currentWidget() if stack is not None else None))
    for title, place in places:
        for button in place.findChildren(QAbstractButton) if place is not None else ():
            name = _plain(button.accessibleName() or button.text())
            if not (name and button.isVisible()) or button.property(SECOND):
                continue
            menu = button.menu() if isinstance(button, QToolButton) else None
            if menu is None:
                yield Command(f"{title}: {name}", button.click, lacks=why_greyed(button))
            for entry in menu.actions() if menu is not None else ():
                if entry.text():
                    what = f"{name}: " if entry.isCheckable() else ""  # what is chosen, such as what is locked
                    lacks = why_greyed(entry) if button.isEnabled() else why_greyed(button)
                    yield Command(f"{title}: {what}{_plain(entry.text())}", partial(_trigger, entry), lacks=lacks)
        for rows in place.findChildren(NumberList) if place is not None else ():
            if rows.isVisible():
                for index, number in enumerate(rows.entries):
                    yield Command(f"{title}: {number.label}", partial(rows.focus_on, index), lacks=why_greyed(rows))


def _trigger(action: QAction) -> None:
    action.trigger()


def _plain(words: str) -> str:
    """The name of an action or a button as it is read: without the mark of its letter and the dots behind."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
