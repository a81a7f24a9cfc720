"""Everything a person can do by name: menus, shortcuts, the search field and the help all read this list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.theme import set_icon


@dataclass(frozen=True)
class ActionSpec:
    """name: for code. text: in menus. tip: what it does. keys: its shortcut. menu: where it stands, "" for the search only."""

    name: str
    text: str
    tip: str
    keys: str = ""
    menu: str = ""
    icon: str = ""


SPECS = (
    ActionSpec("open_model", "Open model…", "Open a model file Zscape wrote", "Ctrl+O", "File", "mdi6.folder-open-outline"),
    ActionSpec("worlds", "Choose a model…", "See the models that come with Zscape as pictures, and choose one", "", "File"),
    ActionSpec("open_session", "Open session…", "Go on where a saved session stopped", "Ctrl+Shift+O", "File"),
    ActionSpec("save_session", "Save session", "Save everything on screen in its file, to go on later", "Ctrl+S", "File"),
    ActionSpec("save_session_as", "Save session as…", "Save everything on screen in another file", "Ctrl+Shift+S", "File"),
    ActionSpec("save_picture", "Save picture…", "Save the sheet on screen as a PNG that opens here again", "Ctrl+P", "File"),
    ActionSpec("export", "Export animation…", "Save a loop of the sheet on screen as a film", "Ctrl+E", "File"),
    ActionSpec("film", "Export film…", "Save what the timeline plays as a film", "", "File"),
    ActionSpec("exports", "Exports…", "See how far the exports are, and where the files went", "", "File"),
    ActionSpec("encode", "Encode folder…", "Find the latents of all pictures in a folder and save them as npz", "", "File"),
    ActionSpec("quit", "Quit", "Save the state of the window and close it", "Ctrl+Q", "File"),
    ActionSpec("paste", "Paste", "Paste a picture to restyle or paint on, or a point to go to", "Ctrl+V", "Edit"),
    ActionSpec("copy", "Copy picture", "Copy the sheet on screen", "Ctrl+C", "Edit"),
    ActionSpec("copy_recipe", "Copy recipe", "Copy the current point as text; pasted in any window it is a point again",
               "Ctrl+Shift+C", "Edit"),
    ActionSpec("roll", "Re-roll", "Draw a fresh latent from a random seed", "R", "Edit", "mdi6.dice-5-outline"),
    ActionSpec("keep", "Keep point", "Keep the current point on the shelf", "K", "Edit", "mdi6.bookmark-outline"),
    ActionSpec("reset", "Reset coordinates", "Put every coordinate back to what the seed gives", "Shift+R", "Edit"),
    ActionSpec("animate", "Animate the shelf…", "Play the kept points, one after the other", "", "Animate"),
    ActionSpec("film_classes", "Class sweep", "The classes run through a sheet", "", "Animate"),
    ActionSpec("film_styles", "Style sweep", "A wave of styles runs along a sheet", "", "Animate"),
    ActionSpec("film_random", "Random loop…", "From the current point through random ones and back", "", "Animate"),
    ActionSpec("film_point", "Through the classes", "The current point in every class: a face in each mood", "", "Animate"),
    ActionSpec("film_type", "Type that changes", "The word in the type view on its way through styles", "", "Animate"),
    ActionSpec("film_reveal", "Restyle reveal", "The picture in Restyle, as it was found, and in every class", "", "Animate"),
    ActionSpec("film_ages", "Through the checkpoints…", "The point at every age of the run in Compare, as a file", "", "Animate"),
    ActionSpec("timeline", "Timeline", "Show or hide the timeline below the picture", "Ctrl+T", "Animate"),
    ActionSpec("play", "Play or pause", "Play the timeline in the view that is shown, or stop it", "P", "Animate"),
    ActionSpec("record", "Record", "Make keys of what you do by hand; once more ends the take", "Shift+P", "Animate"),
    ActionSpec("even", "Even out the timeline", "Move its keys so that every frame changes as much", "", "Animate"),
    ActionSpec("film", "Export film…", "Save what the timeline plays as GIF, WebP, APNG or MP4", "", "Animate"),
    ActionSpec("full_screen", "Full screen", "Fill the screen with the window", "F11", "View"),
    ActionSpec("zoom_in", "Zoom in", "Enlarge the picture; as the wheel does over it", "Ctrl++", "View"),
    ActionSpec("zoom_out", "Zoom out", "Make the picture smaller again", "Ctrl+-", "View"),
    ActionSpec("fit", "Fit picture", "Show the whole picture as large as there is room", "Ctrl+0", "View"),
    ActionSpec("light", "Light theme", "Dark words on light grey", "", "View"),
    ActionSpec("dark", "Dark theme", "Light words on dark grey", "", "View"),
    ActionSpec("system", "Theme of the system", "Light or dark as the system is", "", "View"),
    ActionSpec("next_panel", "Next panel", "Give the keyboard to the next panel, in reading order", "F6", "View"),
    ActionSpec("previous_panel", "Previous panel", "Give the keyboard to the panel before", "Shift+F6", "View"),
    ActionSpec("search", "Search actions", "Find anything the window can do by its name", "Ctrl+K", "Help"),
    ActionSpec("help", "Words, views and keys", "What each word means, what each view is for, every shortcut", "F1", "Help"),
    ActionSpec("tour", "Tour", "See in a minute what the window can do", "", "Help"),
    ActionSpec("about", "About Zscape", "Version and licence", "", "Help"),
)  # fmt: skip
"""Undo, redo, and those that show a view or a panel are made where those are known, and join the list."""

MENUS = ("File", "Edit", "View", "Animate", "Help")


class Actions:
    """The actions of one window and what each was made from, by name. The text of an action may say more than its spec's: what
    undo would take back.
    """

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self.by_name: dict[str, QAction] = {}
        self.specs: dict[str, ActionSpec] = {}
        self.menus: dict[str, list[QAction]] = {menu: [] for menu in MENUS}

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def add_all(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Make every action of SPECS; `slots` says what each does."""
        for spec in SPECS:
            self.add(spec, slots[spec.name])

    def add(self, spec: ActionSpec, slot: Callable[[], object]) -> QAction:
        """Make one action."""
        action = QAction(spec.text, self._owner)
        action.triggered.connect(lambda: slot())
        return self.adopt(spec, action)

    def adopt(self, spec: ActionSpec, action: QAction, after: str = "") -> QAction:
        """Take in an action made elsewhere. after: the name of the one it follows in its menu, "" for the end."""
        keys = QKeySequence(spec.keys)
        action.setShortcut(keys)
        action.setToolTip(spec.tip + (f" ({keys.toString(QKeySequence.SequenceFormat.NativeText)})" if spec.keys else ""))
        action.setStatusTip(spec.tip)
        self._owner.addAction(action)
        self.by_name[spec.name] = action
        self.specs[spec.name] = spec
        if spec.menu:
            menu = self.menus[spec.menu]
            menu.insert(menu.index(self.by_name[after]) + 1 if after else len(menu), action)
        return action

    def draw_icons(self) -> None:
        """Give actions their icons: after the first paint, because loading the set takes a while."""
        for name, spec in self.specs.items():
            if spec.icon:
                set_icon(self.by_name[name], spec.icon)
