"""Which MIDI controller moves what, remembered for the person."""

from __future__ import annotations

import json

from zscape.app.state.settings import Settings

MAP = "midi"
"""The setting."""


class ControllerMap:
    """Controller -> path of what it moves. What was kept and cannot be read is as if there were none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        try:
            found = json.loads(settings.text(MAP) or "{}")
        except (ValueError, RecursionError):
            found = {}
        self._moves = {str(key): str(path) for key, path in found.items()} if isinstance(found, dict) else {}

    def path(self, controller: str) -> str:
        """What a controller moves, "" for nothing."""
        return self._moves.get(controller, "")

    def of(self, path: str) -> list[str]:
        """The controllers that move `path`."""
        return [each for each, moves in self._moves.items() if moves == path]

    def give(self, controller: str, path: str) -> None:
        """Have `controller` move `path`, and nothing else."""
        self._keep({**self._moves, controller: path})

    def forget(self, path: str) -> None:
        """Have no controller move `path`."""
        self._keep({each: moves for each, moves in self._moves.items() if moves != path})

    def _keep(self, moves: dict[str, str]) -> None:
        self._moves = moves
        self._settings.keep(MAP, json.dumps(moves))
