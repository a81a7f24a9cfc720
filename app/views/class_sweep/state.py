"""What the class sweep view keeps."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.view_state import ViewState, check_columns


@dataclass(frozen=True)
class ClassSweepState(ViewState):
    """columns: tiles from one class to the next."""

    columns: int = 10

    view = "class-sweep"

    def __post_init__(self) -> None:
        check_columns(self.columns)
