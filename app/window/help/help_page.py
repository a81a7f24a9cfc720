"""The help page: the glossary, the views, every shortcut; filtered while typing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from zscape.app.views import VIEWS
from zscape.app.widgets.controls.search_field import search_field
from zscape.app.window.commands.actions import Actions
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.resources import sections

SIZE = (560, 720)
NOTHING = "Nothing here has these words. Try a shorter one."
MORE_KEYS = (
    ("On a sheet: from tile to tile", "Arrows"),
    ("On a sheet: go to the tile", "Enter"),
    ("On a sheet: copy the tile", "C"),
    ("On the pad: move the point, zoom, reset", "Arrows (Shift: less), + −, Home"),
    ("On the latent's tiles: paint, change, reset", "Space, + −, Del"),
    ("In a list of numbers: from one to the next, change", "↑ ↓, ← →"),
    ("In a field: leave it as it was", "Esc"),
    ("On the units of a layer: move, select more, all, none, reset", "Arrows, Shift+Arrows or Space, Ctrl+A, Esc, Del"),
    ("On the shelf: move, remove", "Ctrl+Arrows, Del"),
    ("On the timeline: in point, out point at the playhead", "I, O"),
    ("On a track of the timeline: move a key, add one, change a number", "Ctrl+Arrows, Ins, ↑ ↓"),
    ("On a text of the timeline: move, longer or shorter", "Ctrl+Arrows, Shift+Arrows"),
    ("On the curves of a sound: from one to the next, what it drives", "↑ ↓, Enter"),
    ("On the drawing pad: move the pen, draw, erase", "Arrows, Shift+Arrows, Ctrl+Shift+Arrows"),
    ("On the crop box: move, scale, turn, as proposed", "Arrows, + −, [ ], Home"),
)
"""Keys of single controls, which belong to no action."""


@dataclass(frozen=True)
class Entry:
    """One entry of the page. chapter: its heading. html: what is shown. text: what is searched."""

    chapter: str
    html: str
    text: str


def entries(actions: Actions) -> list[Entry]:
    """Every entry, in the order of the page."""
    found: list[Entry] = []
    for word, said in sections("words").items():
        body = re.sub(r"\*(.+?)\*", r"<i>\1</i>", re.sub(r"`(.+?)`", r"<code>\1</code>", escape(said))).replace("\n\n", "<br>")
        found.append(Entry("Words", f"<p><b>{escape(word)}</b><br>{body}</p>", f"{word} {re.sub('[*`]', '', said)}"))
    found += [_row("Views", entry.title, entry.tip) for entry in VIEWS.values()]
    tiles = ", ".join(action.text[0].lower() + action.text[1:] for action in TILE_ACTIONS.values())
    found.append(_row("Tiles", "Every tile", f"can be dragged; a right click offers: {tiles}."))
    for name, action in actions.by_name.items():
        if not action.shortcut().isEmpty():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            found.append(_row("Shortcuts", keys, actions.specs[name].text))
    found += [_row("Shortcuts", keys, words) for words, keys in MORE_KEYS]
    return found


def _row(chapter: str, name: str, words: str) -> Entry:
    return Entry(chapter, f"<p><b>{escape(name)}</b>&nbsp;&nbsp; {escape(words)}</p>", f"{name} {words}")


class HelpPage(QDialog):
    """A separate window, so that it can stay open beside the main window."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.resize(SIZE[0], min(SIZE[1], max(parent.height() - 64, 320)))
        self._entries = entries(actions)
        self.search = search_field("Find a word, a view or a key", "Find in the help", "Shows only what has these words")
        self.search.textChanged.connect(self._show)
        self.page = QTextBrowser()
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.page.viewport().setAutoFillBackground(False)
        self.page.setAccessibleName("Help text")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.tour = QPushButton("Take the tour")
        self.tour.setToolTip(actions.specs["tour"].tip)
        self.tour.clicked.connect(self.close)
        self.tour.clicked.connect(actions["tour"].trigger)
        buttons.addButton(self.tour, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the search
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show("")

    def _show(self, searched: str) -> None:
        words = searched.casefold().split()
        shown = [entry for entry in self._entries if all(word in entry.text.casefold() for word in words)]
        if words:  # entries that begin with the typed words come first
            shown.sort(key=lambda entry: not entry.text.casefold().startswith(words[0]))
        html, chapter = "", ""
        for entry in shown:
            if entry.chapter != chapter:
                chapter = entry.chapter
                html += f"<h3>{chapter}</h3>"
            html += entry.html
        self.page.setHtml(html or f"<p>{NOTHING}</p>")
