"""The header: menus, model and device, undo, a search over every action, light or dark theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QImage, QPaintEvent, QPixmap, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.theme import set_icon
from zscape.app.window.commands.actions import MENUS, SUBMENUS, Actions
from zscape.app.window.commands.palette import Command, SearchField, between

HEIGHT = 40
DEVICES = {"auto": "Auto", "cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}
OPEN_TEXT = "Open model…"
ICON = 20
"""The side of a model's picture, in pixels."""
SPACE = 8
"""The space that Qt leaves at both sides of it."""
OPEN = "open"
"""The data of the list entry that opens a model file."""


class ModelBox(QComboBox):
    """opened(): its list is about to be shown. closed(): the list was closed."""

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """As in Qt, but if there is too little space, only the model's name is drawn, elided if needed."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        field = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        room = field.width() - (0 if option.currentIcon.isNull() else ICON + SPACE)
        if option.fontMetrics.horizontalAdvance(option.currentText) > room:
            name = option.currentText.partition("   ")[0]
            option.currentText = option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class Header(QWidget):
    """model_chosen(path), device_chosen(name); list_opened(files): the user opens the list of models."""

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
        for name in MENUS:
            row.addWidget(self._menu_button(name))
        row.addSpacing(12)
        self.models = ModelBox()
        self.models.opened.connect(lambda: self.list_opened.emit(self.listed()))
        between(self.models, 120, 272)
        self.models.setAccessibleName("Model")
        self.models.setToolTip("Which model draws")
        self.models.setPlaceholderText("Loading…")
        self.models.activated.connect(self._choose_model)
        self.devices = QComboBox()
        between(self.devices, 72, 88)
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
        for action, icon in ((undo, "undo"), (redo, "redo")):
            button = self._button(icon)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        row.addStretch(1)
        self.search = SearchField(actions)
        self.search.sources.append(self._choices)
        row.addWidget(self.search, 100)
        row.addSpacing(4)
        self.themes = self._button("theme-light-dark", MenuButton())
        self.themes.setToolTip("Light, dark, or as the system is")
        self.themes.setAccessibleName("Theme")
        menu = QMenu(self.themes)
        menu.addActions([actions[name] for name in ("light", "dark", "system")])
        menu.aboutToShow.connect(actions.show_marks)
        self.themes.setMenu(menu)
        self.help = self._button("help-circle-outline")
        self.help.setToolTip(actions["help"].toolTip())
        self.help.setAccessibleName("Help")
        self.help.clicked.connect(actions["help"].trigger)
        row.addWidget(self.themes)
        row.addWidget(self.help)

    def _menu_button(self, name: str) -> QToolButton:
        button = MenuButton()
        button.setText(f"&{name}")
        button.setToolTip(f"{name} menu (Alt+{name[0]})")
        button.setAccessibleName(f"{name} menu")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        self._fill(menu, name)
        below = [each for each in SUBMENUS if each.startswith(f"{name}/")]
        if below:
            menu.addSeparator()
        for each in below:
            self._fill(menu.addMenu(each.partition("/")[2]), each)
        button.setMenu(menu)
        return button

    def _fill(self, menu: QMenu, name: str) -> None:
        """Fill the menu, and when it opens, add what views and panels have registered after the first paint."""
        entries = self._actions.menus[name]
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._add(menu, entries))
        menu.aboutToShow.connect(self._actions.show_marks)
        self._add(menu, entries)

    def _add(self, menu: QMenu, entries: list[QAction]) -> None:
        """Add the missing entries, with a separator above each group."""
        there = menu.actions()
        for each in entries:
            if each not in there:
                if self._actions.begins(each):
                    menu.addSeparator()
                menu.addAction(each)

    def _button(self, icon: str, button: QToolButton | None = None) -> QToolButton:
        button = button or QToolButton()
        button.setFixedSize(28, 28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons.append((button, icon))
        return button

    def _choices(self) -> list[Command]:
        """The entries of the header's lists, for the search."""
        found = []
        for title, box, choose in (
            ("Model", self.models, self._choose_model),
            ("Device", self.devices, lambda index: self.device_chosen.emit(self.devices.itemData(index))),
        ):
            model = box.model()
            for index in range(box.count()):
                free = bool(model.flags(model.index(index, 0)) & Qt.ItemFlag.ItemIsEnabled)
                if box.itemText(index) and box.itemData(index) != OPEN:
                    lacks = None if free else str(box.itemData(index, Qt.ItemDataRole.ToolTipRole) or "")
                    found.append(Command(f"{title}: {box.itemText(index)}", partial(_choose, box, index, choose), lacks=lacks))
        return found

    def draw_icons(self) -> None:
        """Called after the first paint, because loading icons is slow."""
        for button, icon in self._icons:
            set_icon(button.defaultAction() or button, icon)

    def show_models(self, entries: list[tuple[str, Path | None]], current: Path | None) -> None:
        """Fill the list with (words, file) and select the open model; no file: a model that was just trained."""
        with QSignalBlocker(self.models):
            self.models.clear()
            for words, path in entries:
                self.models.addItem(words, path)
                tip = str(path) if path else "Newly trained: open it here from its file once that is written"
                self.models.setItemData(self.models.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            self.models.insertSeparator(self.models.count())
            self.models.addItem(OPEN_TEXT, OPEN)
            blank = QPixmap(ICON, ICON)  # keeps the names aligned, with or without a picture
            blank.fill(Qt.GlobalColor.transparent)
            for index in range(self.models.count()):
                self.models.setItemIcon(index, QIcon(blank))
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
        """Disable the devices that are not available."""
        model = self.devices.model()
        assert isinstance(model, QStandardItemModel)
        for device in available:
            if self.devices.findData(device) < 0:
                self.devices.addItem(device.upper(), device)
        for index in range(self.devices.count()):
            device = self.devices.itemData(index)
            there = device == "auto" or device in available
            model.item(index).setEnabled(there)
            reason = f"The fastest available: {available[0].upper()}" if device == "auto" else ""
            self.devices.setItemData(
                index, reason if there else f"torch finds no {device.upper()} device here", Qt.ItemDataRole.ToolTipRole
            )
        self.devices.setCurrentIndex(max(0, self.devices.findData(chosen)))


def _choose(box: QComboBox, index: int, choose: Callable[[int], None]) -> None:
    """As the user does in the list itself."""
    box.setCurrentIndex(index)
    choose(index)
