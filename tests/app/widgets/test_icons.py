"""The icons of buttons."""

from __future__ import annotations

import gc
import json
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from zscape.app.widgets import theme
from zscape.app.widgets.icons import FOLDER, icon

NAMES = sorted(json.loads((FOLDER / "icons.json").read_text()))
TEXT, FAINT, ON = QColor("#1d1d20"), QColor("#a8a8b0"), QColor("#ff0000")


def colours(name, side, ratio=1.0, mode=QIcon.Mode.Normal, state=QIcon.State.Off):
    """The opaque colours of an icon's picture, and its size in pixels."""
    image = icon(name, TEXT, FAINT, ON).pixmap(QSize(side, side), ratio, mode, state).toImage()
    seen = {image.pixelColor(x, y).name() for y in range(image.height()) for x in range(image.width())
            if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    return seen, image.width()


@pytest.mark.usefixtures("qapp")
def test_every_icon_has_a_picture():
    assert all(TEXT.name() in colours(name, 36)[0] for name in NAMES), NAMES


def test_an_icon_has_the_colour_of_its_state(qapp):
    assert FAINT.name() in colours("play", 18, mode=QIcon.Mode.Disabled)[0]
    assert ON.name() in colours("play", 18, state=QIcon.State.On)[0]


def test_an_icon_is_drawn_for_the_screens_scale(qapp):
    assert colours("grid", 16, 2.0)[1] == 32


def test_a_name_without_an_icon_is_an_error(qapp):
    with pytest.raises(KeyError):
        icon("nonesuch", TEXT, FAINT)


def test_nothing_is_collected_while_all_icons_are_drawn_again(monkeypatch, qapp):
    collects = []

    def widgets():
        collects.append(gc.isenabled())
        return []

    monkeypatch.setattr(theme, "QApplication", SimpleNamespace(allWidgets=widgets))
    theme.recolour()
    assert collects == [False]
    assert gc.isenabled()
