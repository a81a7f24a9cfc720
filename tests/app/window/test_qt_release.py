"""PySide6 6.12.0 loses a reference to None in each void call on Python 3.11 and soon crashes: the release must be another."""

import sys

import PySide6
from PySide6.QtWidgets import QPushButton


def test_void_calls_keep_their_references_to_none(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    for number in range(1000):
        button.setEnabled(bool(number % 2))
    before = sys.getrefcount(None)
    for number in range(50_000):
        button.setEnabled(bool(number % 2))
    assert abs(sys.getrefcount(None) - before) < 1000


def test_the_release_is_one_that_is_known_to_work():
    assert PySide6.__version_info__[:2] < (6, 12)
