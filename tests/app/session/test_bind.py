"""Bindings: a control and a field of the scene stay equal, without feedback loops, in steps that a user would undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider, QSpinBox
from recipes import columns_of

from zscape.app.state.session import Session
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.class_sweep.state import ClassSweepState
from zscape.app.views.style_sweep.state import StyleSweepState
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.work.bind import Gesture, bind
from zscape.app.work.jobs import JobQueue


@pytest.fixture
def session(qapp):
    return Session()


@pytest.fixture
def jobs(qapp):
    return JobQueue()


def bind_columns(control, session, jobs):
    return bind(
        control,
        session,
        jobs,
        "columns",
        lambda scene: columns_of(scene),
        lambda scene, value: scene.with_view(ClassSweepState(int(value))),
    )


def steps(session):
    return session.undo_stack.count()


@pytest.mark.parametrize("make", [QSpinBox, lambda: QSlider(Qt.Orientation.Horizontal), lambda: NumberRow((0, 100))])
def test_control_and_scene_follow_each_other(qtbot, session, jobs, make):
    control = make()
    qtbot.addWidget(control)
    bind_columns(control, session, jobs)
    assert control.value() == 10
    (control.spin if isinstance(control, NumberRow) else control).setValue(7)
    assert columns_of(session.scene) == 7
    assert steps(session) == 1
    session.edit_view("elsewhere", ClassSweepState(12))
    assert control.value() == 12
    assert steps(session) == 2  # showing a value is not an edit


def test_a_held_slider_is_one_step_and_the_next_hold_another(qtbot, session, jobs):
    row = NumberRow((0, 100))
    qtbot.addWidget(row)
    bind_columns(row, session, jobs)
    for values in ((300, 400, 500), (600, 700)):
        row.slider.sliderPressed.emit()
        for value in values:
            row.slider.setValue(value)
        row.slider.sliderReleased.emit()
    assert steps(session) == 2
    session.undo_stack.undo()
    assert columns_of(session.scene) == 5
    assert row.value() == 5


def test_a_burst_of_the_wheel_is_one_step(qtbot, session, jobs):
    box = QSpinBox()
    qtbot.addWidget(box)
    bind_columns(box, session, jobs)
    for _ in range(5):
        box.stepUp()
    assert columns_of(session.scene) == 15
    assert steps(session) == 1


def test_moves_of_several_rows_of_one_list_are_several_steps(session, jobs):
    gesture = Gesture(session, jobs)
    first, again, other = gesture.move("a"), gesture.move("a"), gesture.move("b")
    assert first == again != other
    gesture.begin()  # a slider held by the mouse
    assert gesture.move("a") == gesture.move("b")


def test_a_move_makes_background_work_rest(qtbot, session, jobs):
    box = QSpinBox()
    qtbot.addWidget(box)
    bind_columns(box, session, jobs)
    assert jobs.seconds_to_quiet() < 0
    box.stepUp()
    assert jobs.seconds_to_quiet() > 0


def test_choices_and_switches(qtbot, session, jobs):
    combo, check = QComboBox(), QCheckBox()
    qtbot.addWidget(combo)
    qtbot.addWidget(check)
    combo.addItems(["slerp", "lerp"])
    ways = ("slerp", "lerp")
    bind(
        combo,
        session,
        jobs,
        "way",
        lambda scene: ways.index(scene.view(StyleSweepState).way),
        lambda scene, index: scene.with_view(StyleSweepState(way=ways[index])),
    )
    bind(
        check,
        session,
        jobs,
        "norm",
        lambda scene: scene.view(ArithmeticState).keep_norm,
        lambda scene, on: scene.with_view(ArithmeticState(keep_norm=on)),
    )
    combo.setCurrentIndex(1)
    check.click()
    assert (session.scene.view(StyleSweepState).way, session.scene.view(ArithmeticState).keep_norm) == ("lerp", False)


def test_after_a_binding_ends_control_and_scene_are_independent(qtbot, session, jobs):
    box = QSpinBox()
    qtbot.addWidget(box)
    bind_columns(box, session, jobs).cut()
    box.setValue(3)
    assert columns_of(session.scene) == 10
    session.edit_view("elsewhere", ClassSweepState(8))
    assert box.value() == 3


def test_a_control_that_has_gone_is_forgotten(qtbot, session, jobs):
    box = QSpinBox()
    bind_columns(box, session, jobs)
    with qtbot.waitSignal(box.destroyed):
        box.deleteLater()
    session.edit_view("elsewhere", ClassSweepState(8))
