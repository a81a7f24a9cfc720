"""A simulated mouse drag with the left button."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from zscape.app.window.main_window import MainWindow

MOVES_A_SECOND = 120


def drag_along(
    window: MainWindow, place: Callable[[float], QPoint], seconds: float, moved: Callable[[float], None] = lambda _: None
) -> float:
    """Press at place(0), be at place(t) after t seconds, and release after `seconds`; returns how long it took.

    place: in the window. moved(now): called after each move with the time before it, by `time.perf_counter`.
    """
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest

    handle, left, plain = window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    began = time.perf_counter()

    def move() -> None:
        now = time.perf_counter()
        if now - began > seconds:
            timer.stop()
            loop.quit()
            return
        QTest.mouseMove(handle, place(now - began))
        moved(now)

    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(round(1000 / MOVES_A_SECOND))
    timer.timeout.connect(move)
    QTest.mousePress(handle, left, plain, place(0.0))
    timer.start()
    loop.exec()
    length = time.perf_counter() - began
    QTest.mouseRelease(handle, left, plain, place(length))
    return length
