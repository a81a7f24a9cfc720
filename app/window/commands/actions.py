"""All actions of the window by name: the source of the menus, the shortcuts, the search field and the help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from zscape.app.state.settings import Settings
from zscape.app.widgets.greyed import REASON
from zscape.app.widgets.keyed import put_in_force
from zscape.app.widgets.theme import set_icon


@dataclass(frozen=True)
class ActionSpec:
    """name: used in code. text: in menus. tip: what it does. keys: its shortcut.

    menu: its menu, such as "View", or a submenu, such as "View/Panels"; "" for the search only. first: whether it begins a group,
    so that a separator is above it. lacks: the reason shown while it is disabled; "" if it never is.
    """

    name: str
    text: str
    tip: str
    keys: str = ""
    menu: str = ""
    icon: str = ""
    first: bool = False
    lacks: str = ""


SPECS = (
    ActionSpec("open_model", "Open model…", "Open a model file Zscape wrote", "Ctrl+O", "File", "folder-open-outline"),
    ActionSpec("choose_model", "Choose a model…", "See the models that come with Zscape as pictures, and choose one", "", "File"),
    ActionSpec("open_session", "Open session…", "Continue a saved session", "Ctrl+Shift+O", "File"),
    ActionSpec("save_session", "Save session", "Save everything on screen in its file, to continue later", "Ctrl+S",
               "File", first=True),
    ActionSpec("save_session_as", "Save session as…", "Save everything on screen in another file", "Ctrl+Shift+S", "File"),
    ActionSpec("save_picture", "Save picture…", "Save the sheet on screen as a PNG that opens here again",
               "Ctrl+P", "File", first=True),
    ActionSpec("export", "Export sheet as film…", "Save a loop of the sheet on screen as a film", "Ctrl+E", "File"),
    ActionSpec("film", "Export film…", "Save what the timeline plays as a film", "", "File"),
    ActionSpec("exports", "Exports…", "See how far the exports are, and where the files went", "", "File"),
    ActionSpec("encode", "Encode folder…", "Find the latents of all pictures in a folder and save them as npz",
               "", "File", first=True),
    ActionSpec("quit", "Quit", "Save the state of the window and close it", "Ctrl+Q", "File", first=True),
    ActionSpec("paste", "Paste", "Paste a picture to restyle or paint on, or a point to go to", "Ctrl+V", "Edit", first=True),
    ActionSpec("copy", "Copy picture", "Copy the sheet on screen", "Ctrl+C", "Edit"),
    ActionSpec("copy_recipe", "Copy recipe", "Copy the current point as text; pasted in any window it is a point again",
               "Ctrl+Shift+C", "Edit"),
    ActionSpec("roll", "Re-roll", "Draw a fresh latent from a random seed", "R", "Edit", "dice-5-outline", first=True),
    ActionSpec("keep", "Keep point", "Keep the current point on the shelf", "K", "Edit", "bookmark-outline"),
    ActionSpec("reset", "Reset coordinates", "Put every coordinate back to what the seed gives", "Shift+R", "Edit"),
    ActionSpec("control", "OSC and MIDI…", "Control everything from other programs and instruments", "", "Edit", first=True),
    ActionSpec("shortcuts", "Shortcuts…", "See the keys of every action, and choose others", "", "Edit"),
    ActionSpec("animate", "Animate the shelf…", "Play the kept points, one after the other", "", "Animate"),
    ActionSpec("film_classes", "Class sweep", "The classes run through a sheet", "", "Animate"),
    ActionSpec("film_styles", "Style sweep", "A wave of styles runs along a sheet", "", "Animate"),
    ActionSpec("film_random", "Random loop…", "From the current point through random ones and back", "", "Animate"),
    ActionSpec("film_noise", "Noise loop…", "From the current point on a random curve and back, without a stop", "", "Animate"),
    ActionSpec("film_point", "Through the classes", "The current point in every class: a face in each mood", "", "Animate"),
    ActionSpec("film_type", "Type that changes", "The word in the Type view, moving through styles", "", "Animate"),
    ActionSpec("film_reveal", "Restyle reveal", "The picture in Restyle, as it was found, and in every class", "", "Animate"),
    ActionSpec("film_ages", "Through the checkpoints…", "The point at all checkpoints in Compare, as a file", "", "Animate"),
    ActionSpec("timeline", "Timeline", "Show or hide the timeline below the picture", "Ctrl+T", "Animate", first=True),
    ActionSpec("play", "Play or pause", "Play the timeline in the view that is shown, or stop it", "P", "Animate"),
    ActionSpec("record", "Record", "Record what you do by hand as keys; once more ends the take", "Shift+P", "Animate"),
    ActionSpec("sound", "Sound…", "Have numbers and directions follow a sound file on the timeline", "", "Animate"),
    ActionSpec("drift", "Drift", "Let the current point walk; it waits while you change something", "D", "Animate", first=True),
    ActionSpec("even", "Even change", "Play so that the picture changes by the same amount in every frame", "", "Animate"),
    ActionSpec("film", "Export film…", "Save what the timeline plays as a film", "", "Animate", first=True),
    ActionSpec("full_screen", "Full screen", "Fill the screen with the window", "F11", "View"),
    ActionSpec("second", "Second window", "Fill another screen, a projector, with the picture or the sheet", "Shift+F11", "View"),
    ActionSpec("second_sheet", "Second window: picture or sheet", "Switch between the two there (Space)", "", "View"),
    ActionSpec("zoom_in", "Zoom in", "Enlarge the picture, as the wheel over it does", "Ctrl++", "View", first=True),
    ActionSpec("zoom_out", "Zoom out", "Make the picture smaller again", "Ctrl+-", "View"),
    ActionSpec("fit", "Fit picture", "Show the whole picture as large as there is room", "Ctrl+0", "View"),
    ActionSpec("light", "Light theme", "Dark text on light grey", "", "View/Theme"),
    ActionSpec("dark", "Dark theme", "Light text on dark grey", "", "View/Theme"),
    ActionSpec("system", "Theme of the system", "Light or dark, as the system is", "", "View/Theme"),
    ActionSpec("next_panel", "Next panel", "Move the keyboard to the next panel, in reading order", "F6", "View", first=True),
    ActionSpec("previous_panel", "Previous panel", "Move the keyboard to the previous panel", "Shift+F6", "View"),
    ActionSpec("search", "Search actions", "Find anything the window can do by its name", "Ctrl+K", "Help"),
    ActionSpec("help", "Words, views and keys", "What each word means, what each view is for, every shortcut", "F1", "Help"),
    ActionSpec("tour", "Tour", "See in a minute what the window can do", "", "Help"),
    ActionSpec("about", "About Zscape", "Version and licence", "", "Help", first=True),
)  # fmt: skip
"""Undo, redo, and the actions that show a view or a panel are created elsewhere and added to the list."""

MENUS = ("File", "Edit", "View", "Animate", "Help")
SUBMENUS = ("View/Views", "View/Panels", "View/Theme")
"""Placed at the end of their menu, before the last separator: inline, the menu would be higher than a small screen."""

SHOWING = {"film_classes": "class-sweep", "film_styles": "style-sweep", "film_point": "class-sweep", "film_type": "type"}
"""Actions that are disabled while the model cannot fill the view given here."""

KEYS = "keys "
"""The prefix of the settings of changed shortcuts; the name of the action follows."""
NO_KEYS = "none"
"""The value of such a setting if the shortcut was removed."""


class Actions(QObject):
    """The actions of one window and their specs, by name. The text of an action may say more than its spec: for undo, what it
    undoes. menus: the contents of each of MENUS and SUBMENUS.

    settings: remember the shortcuts that the user has changed. keys_changed(): the user has changed some.
    """

    keys_changed = Signal()

    def __init__(self, owner: QWidget, settings: Settings) -> None:
        super().__init__(owner)
        self._owner, self._settings = owner, settings
        self.by_name: dict[str, QAction] = {}
        self.specs: dict[str, ActionSpec] = {}
        self.menus: dict[str, list[QAction]] = {menu: [] for menu in (*MENUS, *SUBMENUS)}
        self._marks: dict[str, Callable[[], bool]] = {}
        self._lacks: dict[str, str] = {}
        self._keys: dict[str, str] = {}  # name -> shortcut as text; asking every action for it each time would be slow
        self._first: set[QAction] = set()  # the actions that begin a group

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def add_all(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Create every action of SPECS; `slots` maps names to what they do."""
        for spec in SPECS:
            self.add(spec, slots[spec.name])

    def add(self, spec: ActionSpec, slot: Callable[[], object]) -> QAction:
        """Create one action."""
        action = QAction(spec.text, self._owner)
        action.triggered.connect(lambda: slot())
        return self.adopt(spec, action)

    def adopt(self, spec: ActionSpec, action: QAction, after: str = "") -> QAction:
        """Add an action created elsewhere. after: the name of the action before it in its menu, "" for the end."""
        self._show_keys(spec, action, self._first_keys(spec))
        action.enabledChanged.connect(lambda: self._show_tip(spec, action) if isValid(action) else None)  # not during deletion
        self._owner.addAction(action)
        self.by_name[spec.name] = action
        self.specs[spec.name] = spec
        if spec.first:
            self._first.add(action)
        if spec.menu:
            menu = self.menus[spec.menu]
            menu.insert(menu.index(self.by_name[after]) + 1 if after else len(menu), action)
        return action

    def mark(self, name: str, on: Callable[[], bool]) -> None:
        """Show a check mark at the action called `name` if `on()` is true when its menu opens."""
        self.by_name[name].setCheckable(True)
        self._marks[name] = on

    def explain(self, name: str, reason: str) -> None:
        """Show why the action called `name` is disabled as its tip; "" for its usual tip, once it is enabled."""
        self._lacks[name] = reason
        self._show_tip(self.specs[name], self.by_name[name])

    def lacks(self, name: str) -> str | None:
        """Why the action called `name` is disabled, "" if unknown, None if it is enabled."""
        return None if self.by_name[name].isEnabled() else self._reason(self.specs[name])

    def _reason(self, spec: ActionSpec) -> str:
        return self._lacks.get(spec.name, "") or spec.lacks

    def show_marks(self) -> None:
        """Update the check marks, because a menu is about to open."""
        for name, on in self._marks.items():
            self.by_name[name].setChecked(on())

    def begins(self, action: QAction) -> bool:
        """Whether `action` begins a group in its menu."""
        return action in self._first

    def _first_keys(self, spec: ActionSpec) -> QKeySequence:
        """The shortcut of a new action. The user's choice has priority over the defaults of other actions: of two actions with
        the same keys Qt would run neither.
        """
        own = self._settings.text(KEYS + spec.name)
        if own not in ("", NO_KEYS) and not said(QKeySequence(own)):
            own = ""  # the settings file is damaged
        keys = QKeySequence("" if own == NO_KEYS else own or spec.keys)
        if keys.isEmpty():
            return keys
        wanted = said(keys)
        for name in [each for each, taken in self._keys.items() if taken == wanted]:
            if not own or self._settings.text(KEYS + name):
                return QKeySequence()
            self._show_keys(self.specs[name], self.by_name[name], QKeySequence())
        return keys

    def _show_keys(self, spec: ActionSpec, action: QAction, keys: QKeySequence) -> None:
        action.setShortcut(keys)
        self._keys[spec.name] = said(keys)
        put_in_force({spec.name: said(keys)})
        self._show_tip(spec, action)

    def _show_tip(self, spec: ActionSpec, action: QAction) -> None:
        keys, reason = self._keys[spec.name], "" if action.isEnabled() else self._reason(spec)
        action.setProperty(REASON, reason)
        action.setToolTip(reason or spec.tip + (f" ({keys})" if keys else ""))
        action.setStatusTip(reason or spec.tip)

    def keys(self, name: str) -> str:
        """The shortcut of an action, as the system writes it, "" if it has none."""
        return self._keys[name]

    def set_keys(self, wanted: Mapping[str, QKeySequence]) -> None:
        """Set and remember shortcuts, all at once, so that two actions can swap theirs."""
        for name, keys in wanted.items():
            spec = self.specs[name]
            usual = keys == QKeySequence(spec.keys)
            own = keys.toString(QKeySequence.SequenceFormat.PortableText) or NO_KEYS
            self._settings.keep(KEYS + name, "" if usual else own)
            self._show_keys(spec, self.by_name[name], keys)
        self.keys_changed.emit()

    def draw_icons(self) -> None:
        """Set the icons of the actions; done after the first paint, because loading them is slow."""
        for name, spec in self.specs.items():
            if spec.icon:
                set_icon(self.by_name[name], spec.icon)


def said(keys: QKeySequence) -> str:
    """A shortcut as the system writes it: Ctrl+K."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
