"""A search over everything the window can do: actions, list entries, and every visible button."""

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
    QAbstractSpinBox,
    QComboBox,
    QCompleter,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from zscape.app.widgets.greyed import why_greyed
from zscape.app.widgets.numbers.number_list import NumberList
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.window.commands.actions import Actions
from zscape.app.window.commands.found_line import BETWEEN, FoundLine
from zscape.app.window.focus_order import SECOND

BY_HAND = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
ModelIndex = QModelIndex | QPersistentModelIndex
LEAST, MOST = 320, 560
"""The minimum and maximum width of the list of results in pixels; between them, it fits its lines."""
EDGE = 24
"""The pixels of a line beside its text: padding and the scroll bar."""


@dataclass(frozen=True)
class Command:
    """One search result. words: its name. keys: its shortcut, "" if none. lacks: why it is disabled, "" if unknown, None if it is
    enabled.
    """

    words: str
    run: Callable[[], object]
    keys: str = ""
    lacks: str | None = None

    @property
    def line(self) -> str:
        """Its text in the list."""
        return f"{self.words}{BETWEEN}{self.keys}".rstrip()

    @property
    def able(self) -> bool:
        """Whether it is enabled."""
        return self.lacks is None


class FoundLines(QStringListModel):
    """The model of the list of results. Disabled entries are grey, with the reason if it is known."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._greyed: dict[str, str] = {}

    def show_found(self, found: Iterable[Command]) -> None:
        """Show these results, in this order."""
        found = list(found)
        self._greyed = {each.line: each.lacks for each in found if each.lacks is not None}
        self.setStringList([each.line for each in found])

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEnabled if super().data(index) in self._greyed else flags

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = super().data(index)
        if role == Qt.ItemDataRole.ToolTipRole:  # the full text, if the list is too narrow for it
            return self._greyed.get(line)
        if role == Qt.ItemDataRole.DisplayRole and self._greyed.get(line):
            return f"{line}{BETWEEN}{self._greyed[line]}"
        return super().data(index, role)


def between(widget: QWidget, least: int, most: int) -> None:
    """Let `widget` be `least` to `most` pixels wide, as far as the window has space."""
    widget.setMinimumWidth(least)
    widget.setMaximumWidth(most)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class SearchField(QLineEdit):
    """Finds a command by any words of its name, in any order, and runs it.

    sources: functions that return further results when the search starts, besides actions and visible buttons.
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
        """List the results; if there are none, a line that says so."""
        nothing = Command(f"Nothing here is called \u201c{typed}\u201d", lambda: None, lacks="")
        self._lines.show_found(self._found(typed) or [nothing])
        popup = self.completer().popup() if self.completer() is not None else None
        if popup is not None:
            popup.setMinimumWidth(min(max(LEAST, popup.sizeHintForColumn(0) + EDGE), MOST))

    def _found(self, typed: str) -> list[Command]:
        """The commands that contain all typed words: those that begin with them first, disabled ones and menu entries last."""
        wanted = typed.casefold()
        fit = [each for line, each in self._by_line.items() if all(word in line.casefold() for word in wanted.split())]
        begins = {each.line: each.line.casefold().startswith(wanted) for each in fit}
        return sorted(fit, key=lambda each: (not begins[each.line], not each.able, each.line.count(": "), each.line))

    def start(self) -> None:
        """Take the focus and list everything."""
        self._gather()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.clear()
        self._list("")
        self.completer().setCompletionPrefix("")
        self.completer().complete()

    def _gather(self) -> None:
        """Collect the current commands."""
        window = self.window()
        found = [*_of_actions(self._actions), *chain.from_iterable(source() for source in self.sources)]
        found += of_buttons(window) if isinstance(window, QMainWindow) else ()
        self._by_line = {}
        known: set[str] = set()
        found.sort(key=lambda each: not each.able)
        for each in found:  # a button that does the same as an action is not listed
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
        """Create the completer when first needed: the first paint has no time for its list."""
        found = QCompleter(self._lines, self)
        found.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        found.setMaxVisibleItems(12)
        if (popup := found.popup()) is not None:
            popup.setObjectName("found")
            popup.setMinimumWidth(LEAST)
            popup.setItemDelegate(FoundLine(popup))  # set after the completer, which sets its own delegate
            popup.style().polish(popup)  # applies the style sheet now: Qt would compute the line heights first
            popup.installEventFilter(self)
        found.activated.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and isinstance(watched, QWidget):
            beyond = watched.geometry().right() - self.screen().availableGeometry().right()
            if beyond > 0:  # Qt makes the list as narrow as the field
                watched.move(watched.x() - beyond, watched.y())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _choose(self, line: str) -> None:
        """A line of the list was clicked. Also called after Enter, when the field has run the command itself."""
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
    """Every visible button in a dock or in the current view, the entries of its menu, and each number, choice and slider, with
    the name of its place. Checkable menu entries also have the name of the menu, because their own would not say what they do.
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
                    what = f"{name}: " if entry.isCheckable() else ""  # what it is for, such as what is locked
                    lacks = why_greyed(entry) if button.isEnabled() else why_greyed(button)
                    yield Command(f"{title}: {what}{_plain(entry.text())}", partial(_trigger, entry), lacks=lacks)
        for field in place.findChildren(QWidget) if place is not None else ():
            if name := _of_field(field):
                yield Command(
                    f"{title}: {name}", partial(field.setFocus, Qt.FocusReason.OtherFocusReason), lacks=why_greyed(field)
                )
        for rows in place.findChildren(NumberList) if place is not None else ():
            if rows.isVisible():
                for index, number in enumerate(rows.entries):
                    yield Command(f"{title}: {number.label}", partial(rows.focus_on, index), lacks=why_greyed(rows))


def _of_field(widget: QWidget) -> str:
    """The name of a visible number, choice or slider, "" for other widgets. Rows of a list are found by their list, and a slider
    with a number beside it is one field.
    """
    if not isinstance(widget, QAbstractSpinBox | QComboBox | QSlider) or not widget.isVisible():
        return ""
    row = widget.parentWidget()
    if isinstance(row, NumberRow):
        view = row.parentWidget()
        listed = view is not None and isinstance(view.parentWidget(), NumberList)
        return "" if listed or widget is not row.slider else widget.accessibleName().removesuffix(" slider")
    return _plain(widget.accessibleName())


def _trigger(action: QAction) -> None:
    action.trigger()


def _plain(words: str) -> str:
    """The name of an action or a button without its mnemonic mark and trailing dots."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
