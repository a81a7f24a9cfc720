"""Which number each MIDI controller moves, remembered in the settings."""

from __future__ import annotations

import json

from zscape.app.state.settings import Settings

MAP = "midi"
"""The key of the setting."""


class ControllerMap:
    """Controller -> path of the number it moves. A saved map that cannot be read counts as empty."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        try:
            found = json.loads(settings.text(MAP) or "{}")
        except (ValueError, RecursionError):
            found = {}
        self._moves = {str(key): str(path) for key, path in found.items()} if isinstance(found, dict) else {}

    def path(self, controller: str) -> str:
        """The path that a controller moves, "" for none."""
        return self._moves.get(controller, "")

    def of(self, path: str) -> list[str]:
        """The controllers that move `path`."""
        return [each for each, moves in self._moves.items() if moves == path]

    def give(self, controller: str, path: str) -> None:
        """Map `controller` to `path` only."""
        self._keep({**self._moves, controller: path})

    def forget(self, path: str) -> None:
        """Remove all controllers of `path`."""
        self._keep({each: moves for each, moves in self._moves.items() if moves != path})

    def _keep(self, moves: dict[str, str]) -> None:
        self._moves = moves
        self._settings.keep(MAP, json.dumps(moves))
