"""The look of the window: two palettes of neutral greys with one accent colour, one small style sheet, one set of icons."""

from __future__ import annotations

import gc
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from zscape.app.widgets.icons import FOLDER as ARROWS
from zscape.app.widgets.icons import icon

LESS = 21
"""The minimum height of buttons that Qt makes 3 pixels higher than the style sheet says, so that all fields and buttons match."""

ICON = "icon_name"
"""The property with the name of a button's icon, so that it can be drawn again in other colours."""


@dataclass(frozen=True)
class Colours:
    """The colours of one theme.

    base: of fields. canvas: behind pictures. line: between areas. dim: for explanations. faint: for disabled text.
    accent_hover: for widgets in the accent colour under the mouse. on_accent: for text on either.
    """

    window: str
    base: str
    canvas: str
    line: str
    hover: str
    text: str
    dim: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str


LIGHT = Colours(
    "#f7f7f8", "#ffffff", "#e9e9eb", "#d9d9dd", "#ececef", "#1d1d20", "#66666e", "#a8a8b0", "#2563d4", "#1d51b3", "#ffffff",
)  # fmt: skip
DARK = Colours(
    "#222326", "#2c2d31", "#18191b", "#3a3b40", "#34353a", "#e8e8ea", "#a0a0a8", "#606168", "#6b9dff", "#8db3ff", "#101114",
)  # fmt: skip


def is_dark(name: str) -> bool:
    """Whether the theme called `name` is dark; for "system" on this computer now."""
    return name == "dark" or (name == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)


def apply(name: str) -> None:
    """Apply theme `name` to the whole application: light, dark or system."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    colours = DARK if is_dark(name) else LIGHT
    app.setPalette(_palette(colours))
    app.setStyleSheet(style_sheet(colours, app.font().pointSizeF()))
    recolour()


def set_up(app: QApplication) -> None:
    """Set what both themes share: the Qt style and the font, with digits of equal width."""
    app.setStyle("fusion")
    font = QFont(app.font())
    if hasattr(font, "setFeature"):
        font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)  # few entries have one, for use on buttons
    app.setWindowIcon(QIcon(str(ARROWS / "zscape.png")))


def set_icon(target: QAbstractButton | QAction, name: str, side: int = 18) -> None:
    """Show icon `name` of resources/icons on `target`, in the theme's colours from now on."""
    target.setProperty(ICON, name)
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(side, side))
    _draw_icon(target)


def recolour() -> None:
    """Draw every icon again in the colours of the current palette.

    The garbage collector is off meanwhile: if it collected a closed window, widgets in Qt's list would be deleted.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        targets: set[QObject] = set()
        for widget in QApplication.allWidgets():
            targets.add(widget)
            targets.update(widget.actions())
        for target in targets:
            if target.property(ICON):
                _draw_icon(target)
    finally:
        if collects:
            gc.enable()


def _draw_icon(target: QObject) -> None:
    palette, role = QGuiApplication.palette(), QPalette.ColorRole
    # A checked button has the accent colour.
    on = palette.color(role.HighlightedText) if isinstance(target, QAbstractButton) else None
    disabled = palette.color(QPalette.ColorGroup.Disabled, role.WindowText)
    target.setIcon(icon(target.property(ICON), palette.color(role.WindowText), disabled, on))  # type: ignore[attr-defined]


def _palette(colours: Colours) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for colour, roles in (
        (colours.window, (role.Window, role.Button, role.AlternateBase)),
        (colours.base, (role.Base, role.ToolTipBase)),
        (colours.canvas, (role.Mid,)),
        (colours.line, (role.Midlight, role.Dark, role.Light, role.Shadow)),
        (colours.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText)),
        (colours.dim, (role.PlaceholderText,)),
        (colours.accent, (role.Highlight, role.Link, role.Accent)),
        (colours.on_accent, (role.HighlightedText,)),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.line))
    return palette


def style_sheet(colours: Colours, points: float) -> str:
    """The style sheet. points: the size of the system's font; small text is a ninth smaller, large a third larger."""
    c, arrows = colours, ARROWS.as_posix()
    tick, mark = ("check-dark", "check-light") if colours is DARK else ("check-light", "check-dark")
    return f"""
    QWidget[role="dim"] {{ color: {c.dim}; }}
    QLabel[role="small"] {{ color: {c.dim}; font-size: {points * 8 / 9:.1f}pt; }}
    QLabel[role="title"] {{ font-size: {points * 8 / 9:.1f}pt; font-weight: 600; letter-spacing: 1px; color: {c.dim}; }}
    QLabel[role="large"] {{ font-size: {points * 4 / 3:.1f}pt; }}
    QToolTip {{ color: {c.text}; background: {c.base}; border: 1px solid {c.line}; padding: 4px 6px; }}

    #message {{ background: {c.base}; border: none; border-left: 4px solid {c.accent}; border-bottom: 1px solid {c.line}; }}
    #offer {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #header, #tabs {{ border-bottom: 1px solid {c.line}; }}
    #strip {{ border-top: 1px solid {c.line}; }}
    QStatusBar {{ border-top: 1px solid {c.line}; color: {c.dim}; min-height: 24px; }}
    QStatusBar::item {{ border: none; }}
    QMainWindow::separator {{ background: {c.line}; width: 1px; height: 1px; }}
    QMainWindow::separator:hover {{ background: {c.accent}; }}
    /* Never seen, docks have titles of their own: but Qt draws those of the style three times a dock. */
    QDockWidget {{ titlebar-close-icon: url("{arrows}/down.svg"); titlebar-normal-icon: url("{arrows}/down.svg"); }}

    QTabBar {{ background: transparent; border: none; }}
    QTabBar::tab {{ color: {c.dim}; height: 30px; padding: 0; border: none;
        border-bottom: 2px solid transparent; background: transparent; }}
    QTabBar#pages::tab {{ margin-right: 16px; }}
    #dock-title:hover {{ background: {c.hover}; }}
    QDockWidget#timeline #dock-title {{ border-top: 1px solid {c.line}; }} /* Qt draws none above a dock of a fixed height */
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:disabled {{ color: {c.faint}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}

    QToolButton, QPushButton {{ border: 1px solid transparent; border-radius: 4px; padding: 0 8px;
        min-height: 24px; background: transparent; }}
    QToolButton {{ padding: 0 4px; min-height: {LESS}px; }}
    QPushButton {{ border-color: {c.line}; background: {c.base}; }}
    QToolButton:hover, QPushButton:hover {{ background: {c.hover}; }}
    QToolButton:pressed, QPushButton:pressed {{ background: {c.line}; }}
    QToolButton:checked, QPushButton:checked {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QToolButton:focus, QPushButton:focus {{ border-color: {c.accent}; }}
    QToolButton:checked:hover, QPushButton:checked:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
    QToolButton[role="chip"] {{ padding: 0; }}
    QToolButton[role="framed"] {{ border-color: {c.line}; background: {c.base}; padding: 0 3px;
        min-height: 24px; max-height: 24px; }}
    QToolButton[role="framed"][toolButtonStyle="2"] {{ padding: 0 0 0 8px; }} /* beside an icon Qt leaves room after the words */
    QToolButton[role="framed"]:hover {{ background: {c.hover}; }}
    QToolButton[role="framed"]:pressed {{ background: {c.line}; }}
    QToolButton[role="framed"]:checked {{ background: {c.accent}; border-color: {c.accent}; }}
    QToolButton[role="framed"]:focus {{ border-color: {c.accent}; }}
    QToolButton[role="framed"]:checked:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
    QToolButton[role="under"] {{ padding: 0; min-height: 38px; font-size: {points * 8 / 9:.1f}pt; }}
    QToolButton[role="tiny"] {{ padding: 0; min-height: 18px; min-width: 18px; }}
    QToolButton[role="link"] {{ padding: 0; min-height: 18px; color: {c.accent}; }}
    #found::item {{ padding: 4px 8px; }}
    #found::item:disabled {{ color: {c.dim}; }}
    #found::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    #found {{ border: 1px solid {c.line}; background: {c.base}; outline: none; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {c.faint}; }}
    QToolButton:checked:disabled, QPushButton:checked:disabled, QToolButton[role="framed"]:checked:disabled {{
        background: {c.line}; color: {c.dim}; border-color: {c.line}; }}
    QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QPushButton[role="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
    QPushButton[role="primary"]:pressed {{ background: {c.accent}; border-color: {c.accent}; }}
    QPushButton[role="primary"]:disabled {{ background: {c.line}; color: {c.dim}; border-color: {c.line}; }}

    QLineEdit, QAbstractSpinBox, QComboBox {{ border: 1px solid {c.line}; border-radius: 4px; background: {c.base};
        padding: 0 6px; min-height: 24px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit {{ padding: 0 4px; }}
    QAbstractSpinBox {{ min-height: 24px; max-height: 24px; }} /* else 3 higher, or lower where there is little room */
    QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {c.faint}; }}
    QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border-color: {c.accent}; }}
    QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; min-height: 0; padding: 0; background: transparent; }}
    QAbstractSpinBox[quiet="true"] {{ border-color: transparent; background: transparent; padding: 0 2px; min-height: 20px; }}
    QAbstractSpinBox[quiet="true"]:hover {{ border-color: {c.line}; }}
    QAbstractSpinBox[quiet="true"]:focus {{ border-color: {c.accent}; background: {c.base}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border; width: 18px; border: none;
        background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox::up-arrow {{ image: url("{arrows}/up.svg"); width: 8px; height: 8px; }}
    QAbstractSpinBox::down-arrow {{ image: url("{arrows}/down.svg"); width: 8px; height: 8px; }}
    QAbstractSpinBox::up-arrow:disabled {{ image: url("{arrows}/up-faint.svg"); }}
    QAbstractSpinBox::down-arrow:disabled, QComboBox::down-arrow:disabled {{ image: url("{arrows}/down-faint.svg"); }}
    QAbstractSpinBox[quiet="true"]::up-button, QAbstractSpinBox[quiet="true"]::down-button {{ width: 0; }}
    QAbstractSpinBox[quiet="true"]::up-arrow, QAbstractSpinBox[quiet="true"]::down-arrow {{ image: none; width: 0; height: 0; }}
    QComboBox[role="pictures"] {{ min-height: 44px; }}
    QComboBox::drop-down {{ subcontrol-origin: border; subcontrol-position: center right; width: 20px; border: none; }}
    QComboBox::down-arrow {{ image: url("{arrows}/down.svg"); width: 8px; height: 8px; }}
    QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ color: {c.faint}; background: transparent; }}
    QComboBox QAbstractItemView {{ border: 1px solid {c.line}; background: {c.base}; outline: none;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}

    QCheckBox::indicator {{ width: 12px; height: 12px; border: 1px solid {c.dim}; border-radius: 3px; background: {c.base}; }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
    QCheckBox::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; image: url("{arrows}/{tick}.svg"); }}
    QCheckBox::indicator:disabled {{ border-color: {c.line}; background: transparent; }}
    QCheckBox::indicator:checked:disabled {{ border-color: {c.faint}; background: {c.faint}; }}

    QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {c.dim}; border-radius: 7px; background: {c.base}; }}
    QRadioButton::indicator:hover, QRadioButton::indicator:focus {{ border-color: {c.accent}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {c.accent}; background: {c.on_accent}; }}
    QRadioButton::indicator:disabled {{ border-color: {c.line}; background: transparent; }}

    QSlider {{ min-height: 20px; }}
    QSlider::groove:horizontal {{ height: 2px; background: {c.line}; border-radius: 1px; }}
    QSlider::handle:horizontal {{ width: 10px; height: 10px; margin: -4px 0; border-radius: 5px; background: {c.dim}; }}
    QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {c.accent}; }}
    QSlider::handle:horizontal:disabled {{ background: {c.line}; }}

    QScrollBar:vertical {{ width: 8px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: 8px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: {c.line}; border-radius: 4px; min-height: 24px; min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {c.dim}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QScrollArea, QTextBrowser {{ border: none; background: transparent; }}
    QTreeWidget {{ border: 1px solid {c.line}; border-radius: 4px; background: {c.base}; outline: none; }}
    QTreeWidget::item {{ padding: 4px 6px; }}
    QTreeWidget::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QTreeWidget QHeaderView::section {{ border: none; border-bottom: 1px solid {c.line}; background: {c.base}; color: {c.dim};
        padding: 4px 6px 4px 9px; }}

    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QProgressBar {{ border: none; border-radius: 2px; background: {c.line}; max-height: 4px; min-height: 4px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
    /* Every entry begins at one place, in menus with marks, with icons (none is shown) and without: Qt moves them otherwise. */
    QMenu {{ border: 1px solid {c.line}; background: {c.base}; padding: 4px; icon-size: -4px; }}
    QMenu::item {{ padding: 4px 24px 4px 24px; border-radius: 4px; background-repeat: no-repeat; background-position: left center;
        background-origin: border; }}
    QMenu::item:checked {{ background-image: url("{arrows}/{mark}.svg"); }}
    QMenu::item:selected {{ background-color: {c.accent}; color: {c.on_accent}; }}
    QMenu::item:selected:checked {{ background-image: url("{arrows}/{tick}.svg"); }}
    QMenu::item:disabled {{ color: {c.dim}; }}
    QMenu::indicator {{ width: 0; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    """
