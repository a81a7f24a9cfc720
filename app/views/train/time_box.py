"""The choice of a run's duration: the steps that fit into it are computed from a timed trial."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

MINUTES = (3, 10, 60)
"""Typical durations in minutes: for a look, for a coffee, for a good model."""
STEPS = "steps"
"""The value of the entry for a typed number of steps."""
USUAL = ("As proposed", None)
TYPED = ("As set below", STEPS)


def options(typed: bool) -> list[tuple[str, object]]:
    """The entries and their seconds. typed: whether the user has set the steps."""
    times: list[tuple[str, object]] = [(f"about {minutes} minutes", 60.0 * minutes) for minutes in MINUTES]
    return [USUAL, *times, *([TYPED] if typed else [])]


def rounded(steps: float) -> int:
    """A number of steps rounded down to two digits, at least 1."""
    whole = max(1, int(steps))
    unit: int = 10 ** max(0, len(str(whole)) - 2)
    return whole // unit * unit


class TimeBox(QComboBox):
    """currentData(): seconds, None for the proposed time, STEPS if the steps count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for words, value in options(False):
            self.addItem(words, value)
