"""The mouse wheel over fields changes none that does not have the keyboard focus."""

from PySide6.QtCore import QPoint, QPointF, QSignalBlocker, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSpinBox,
    QWidget,
)

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.views import VIEWS
from zscape.app.widgets.focus_ring import watch

TURN = QPoint(0, -120)


def value_of(field):
    return (
        field.currentIndex()
        if isinstance(field, QComboBox)
        else field.text()
        if isinstance(field, QAbstractSpinBox)
        else field.value()
    )


def fields_in(area):
    kinds = (QAbstractSpinBox, QComboBox, QAbstractSlider)
    return [each for kind in kinds for each in area.findChildren(kind) if not isinstance(each, QScrollBar)]


def turn(field):
    """Turn the wheel over `field` in its window, as the mouse does; returns whether the field was under the mouse."""
    middle = field.mapToGlobal(field.rect().center())
    hit = QApplication.widgetAt(middle)
    if hit is not field and not field.isAncestorOf(hit):
        return False
    window = field.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(window.mapFromGlobal(middle)), TURN)
    return True


def test_the_wheel_changes_no_field_that_has_not_the_keyboard(window, qtbot):
    window.resize(1280, 1000)
    turned = set()
    for name in VIEWS:
        window.show_view(name)
        QApplication.processEvents()
        for field in fields_in(window):
            if not field.isVisible():
                continue
            window.centre.take_focus()
            before = value_of(field)
            with QSignalBlocker(field):  # a change must fail this test, not open a file dialog
                hit = turn(field)
            if hit:
                turned.add(field)
                assert not field.hasFocus(), (name, field)
                assert value_of(field) == before, (name, field)
    kinds = {type(field) for field in turned}
    assert len(turned) > 15
    assert any(issubclass(kind, QComboBox) for kind in kinds)
    assert any(issubclass(kind, QAbstractSpinBox) for kind in kinds)
    assert any(issubclass(kind, QAbstractSlider) for kind in kinds)
    assert window.session.point == DEFAULT_POINT


def test_the_wheel_over_a_field_scrolls_the_area_around_it(qtbot):
    """Also over fields without a guard of their own, in a window that is watched."""
    content = QWidget()
    form = QFormLayout(content)
    combo, spin, slider = QComboBox(), QSpinBox(), QSlider(Qt.Orientation.Horizontal)
    combo.addItems(list("abc"))
    combo.setCurrentIndex(1)
    for words, field in (("combo", combo), ("spin", spin), ("slider", slider)):
        form.addRow(words, field)
    filler = QWidget()
    filler.setFixedHeight(2000)
    form.addRow(filler)
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    with qtbot.waitExposed(area):
        area.show()
    watch(area)
    area.setFocus()
    for field in (combo, spin, slider):
        before = value_of(field)
        area.verticalScrollBar().setValue(0)
        assert turn(field)
        assert value_of(field) == before
        assert area.verticalScrollBar().value() > 0
        assert not field.hasFocus()


def test_the_wheel_changes_a_field_that_has_the_keyboard_and_dialogs_are_watched_too(window, qtbot):
    columns = window.views["class-sweep"].columns
    columns.setFocus()
    assert turn(columns)
    assert columns.value() == 9
    window.actions_by_name["save_picture"].trigger()
    dialog = window.findChild(QDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.path.setFocus()
    before = dialog.scale.value()
    assert turn(dialog.scale)
    assert dialog.scale.value() == before
    dialog.reject()
