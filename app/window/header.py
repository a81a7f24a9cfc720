"""The header: menus, which model and device, undo, a search over every action, light or dark."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from zscape.app.widgets.theme import set_icon
from zscape.app.window.actions import Actions

HEIGHT = 40
DEVICES = {"auto": "Auto", "cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}
OPEN_TEXT = "Open model file…"
ICON = 20
"""Side of the picture of a model."""
OPEN = "open"
"""What stands in the list of models for the choice of a file."""


def _between(widget: QWidget, least: int, most: int) -> None:
    """Let `widget` be `least` to `most` pixels wide, as the window has room."""
    widget.setMinimumWidth(least)
    widget.setMaximumWidth(most)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class SearchField(QLineEdit):
    """Finds an action by any part of its name and does it."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._by_words: dict[str, QAction] = {}
        self._words = QStringListModel(self)
        self.setPlaceholderText("Search actions   Ctrl+K")
        self.setToolTip(actions["search"].toolTip())
        self.setAccessibleName(actions["search"].text())
        _between(self, 104, 184)
        self.returnPressed.connect(lambda: self._run(self.text()))
        self.textEdited.connect(self._list)

    def _list(self, words: str) -> None:
        """Everything there is to find; where nothing fits, a line that says so."""
        fits = not words or any(words.lower() in name.lower() for name in self._by_words)
        self._words.setStringList(sorted(self._by_words) if fits else [f"Nothing here is called \u201c{words}\u201d"])

    def start(self) -> None:
        """Take the keyboard and show everything there is."""
        self._by_words = {}
        for action in self._actions.by_name.values():
            if action.isEnabled():
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                words = action.text().replace("&", "").rstrip("…")
                self._by_words[f"{words}   {keys}".rstrip()] = action
        if self.completer() is None:
            self._add_completer()
        self._list("")
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.clear()
        self.completer().setCompletionPrefix("")
        self.completer().complete()

    def _add_completer(self) -> None:
        """Made when it is first wanted: its list takes time that the first paint has not."""
        found = QCompleter(self._words, self)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setMaxVisibleItems(12)
        if (popup := found.popup()) is not None:
            popup.setObjectName("found")
            popup.setMinimumWidth(288)
        found.activated.connect(self._run, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _run(self, words: str) -> None:
        action = self._by_words.get(words)
        if action is None and words:
            matches = [each for name, each in sorted(self._by_words.items()) if words.lower() in name.lower()]
            action = matches[0] if matches else None
        if action is not None:
            self.clear()
            self.clearFocus()
            action.trigger()


class ModelBox(QComboBox):
    """opened(): its list is about to be seen. closed(): the list is gone."""

    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setIconSize(QSize(ICON, ICON))

    def showPopup(self) -> None:
        self.opened.emit()
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.closed.emit()


class Header(QWidget):
    """model_chosen(path), device_chosen(name); list_opened(files): a person looks at the models."""

    model_chosen = Signal(object)
    device_chosen = Signal(str)
    list_opened = Signal(object)

    def __init__(self, actions: Actions, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._actions = actions
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        for name, entries in actions.menus.items():
            row.addWidget(self._menu_button(name, entries))
        row.addSpacing(12)
        self.models = ModelBox()
        self.models.opened.connect(lambda: self.list_opened.emit(self.listed()))
        _between(self.models, 120, 272)
        self.models.setAccessibleName("Model")
        self.models.setToolTip("Which model draws")
        self.models.setPlaceholderText("Loading…")
        self.models.activated.connect(self._choose_model)
        self.devices = QComboBox()
        _between(self.devices, 72, 88)
        self.devices.setAccessibleName("Device")
        self.devices.setToolTip("Where the networks run; Auto takes the fastest")
        for device, words in DEVICES.items():
            self.devices.addItem(words, device)
        self.devices.activated.connect(lambda index: self.device_chosen.emit(self.devices.itemData(index)))
        row.addWidget(self.models, 100)
        row.addSpacing(4)
        row.addWidget(self.devices, 50)
        row.addSpacing(12)
        self._icons: list[tuple[QToolButton, str]] = []
        for action, icon in ((undo, "mdi6.undo"), (redo, "mdi6.redo")):
            button = self._button(icon)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        row.addStretch(1)
        self.search = SearchField(actions)
        row.addWidget(self.search, 100)
        row.addSpacing(4)
        self.themes = self._button("mdi6.theme-light-dark")
        self.themes.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.themes.setToolTip("Light, dark, or as the system is")
        self.themes.setAccessibleName("Theme")
        menu = QMenu(self.themes)
        menu.addActions([actions[name] for name in ("light", "dark", "system")])
        self.themes.setMenu(menu)
        self.help = self._button("mdi6.help-circle-outline")
        self.help.setToolTip(actions["help"].toolTip())
        self.help.setAccessibleName("Help")
        self.help.clicked.connect(actions["help"].trigger)
        row.addWidget(self.themes)
        row.addWidget(self.help)

    def _menu_button(self, name: str, entries: list[QAction]) -> QToolButton:
        button = QToolButton()
        button.setText(f"&{name}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(f"{name} menu (Alt+{name[0]})")
        button.setAccessibleName(f"{name} menu")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        # Filled as it opens: views and panels add their actions after the first paint.
        menu.aboutToShow.connect(lambda: menu.addActions([each for each in entries if each not in menu.actions()]))
        menu.addActions(entries)
        button.setMenu(menu)
        return button

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(28, 28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons.append((button, icon))
        return button

    def draw_icons(self) -> None:
        """After the first paint: loading the icons takes a while."""
        for button, icon in self._icons:
            set_icon(button.defaultAction() or button, icon)

    def show_models(self, entries: list[tuple[str, Path | None]], current: Path | None) -> None:
        """Fill the chooser with (words, file) and choose the open one; no file: a model that has only just been trained."""
        with QSignalBlocker(self.models):
            self.models.clear()
            for words, path in entries:
                self.models.addItem(words, path)
                tip = str(path) if path else "Newly trained: open it here from its file once that is written"
                self.models.setItemData(self.models.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            self.models.insertSeparator(self.models.count())
            self.models.addItem(OPEN_TEXT, OPEN)
            self.models.setCurrentIndex(next((index for index, (_, path) in enumerate(entries) if path == current), -1))

    def listed(self) -> list[Path]:
        """The files of the models in the list."""
        files = [self.models.itemData(index) for index in range(self.models.count())]
        return [each for each in files if isinstance(each, Path)]

    def show_icon(self, path: Path, picture: QImage) -> None:
        """Show a model's picture beside its name."""
        places = [index for index in range(self.models.count()) if self.models.itemData(index) == path]
        index = places[0] if places else -1
        if index >= 0 and not picture.isNull():
            mode = Qt.TransformationMode.SmoothTransformation
            size = self.models.iconSize() * self.devicePixelRatioF()
            pixmap = QPixmap.fromImage(picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, mode))
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.models.setItemIcon(index, QIcon(pixmap))

    def _choose_model(self, index: int) -> None:
        chosen = self.models.itemData(index)
        if chosen == OPEN:
            self._actions["open_model"].trigger()
        elif chosen is not None:
            self.model_chosen.emit(chosen)

    def show_devices(self, available: list[str], chosen: str) -> None:
        """Grey the devices that are not there."""
        model = self.devices.model()
        assert isinstance(model, QStandardItemModel)
        for device in available:
            if self.devices.findData(device) < 0:
                self.devices.addItem(device.upper(), device)
        for index in range(self.devices.count()):
            device = self.devices.itemData(index)
            there = device == "auto" or device in available
            model.item(index).setEnabled(there)
            reason = f"The fastest there is: {available[0].upper()}" if device == "auto" else ""
            self.devices.setItemData(
                index, reason if there else f"torch finds no {device.upper()} device here", Qt.ItemDataRole.ToolTipRole
            )
        self.devices.setCurrentIndex(max(0, self.devices.findData(chosen)))
