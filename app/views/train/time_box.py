"""How long a run may take: the steps that fit into a time, by what a trial has measured."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

MINUTES = (3, 10, 60)
"""What a person has: for a look, for a coffee, for a good model."""
STEPS = "steps"
"""The value of the entry for steps that were typed."""
USUAL = ("As proposed", None)
TYPED = ("As set below", STEPS)


def options(typed: bool) -> list[tuple[str, object]]:
    """What there is to choose, and the seconds it stands for. typed: whether somebody has set the steps."""
    times: list[tuple[str, object]] = [(f"about {minutes} minutes", 60.0 * minutes) for minutes in MINUTES]
    return [USUAL, *times, *([TYPED] if typed else [])]


def rounded(steps: float) -> int:
    """A number of steps of two figures, not more than `steps`, 1 at the least."""
    whole = max(1, int(steps))
    unit: int = 10 ** max(0, len(str(whole)) - 2)
    return whole // unit * unit


class TimeBox(QComboBox):
    """currentData(): seconds, None for what is proposed, STEPS where the steps count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for words, value in options(False):
            self.addItem(words, value)
