"""The timeline of a film: as texts inside the film, and back from one, or from a JSON file."""

from __future__ import annotations

from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.media.metadata import read_metadata
from zscape.models.timeline.text import LARGEST, model_of, read_timeline, timeline_text
from zscape.models.timeline.timeline import Timeline

TIMELINE, MODEL = "timeline", "model"
"""The names of the texts: the timeline as JSON, and the name of the model that it moves."""
BOM = "\ufeff"
"""What some editors put in front of text."""


def film_texts(timeline: Timeline, model: str) -> dict[str, str]:
    """What a film of `timeline` with the model of that name carries."""
    return {TIMELINE: timeline_text(timeline), MODEL: model}


def timeline_in(path: Path) -> tuple[Timeline, str]:
    """The timeline in a JSON file or in a film that carries one, and the name of its model, "" where that is not said.

    Raises ZscapeError, beginning with the path, where it cannot be read, holds none, or what it holds is none.
    """
    try:
        with path.open("rb") as file:
            start = file.read(64)
        if start.removeprefix(BOM.encode()).lstrip()[:1] in (b"{", b"["):
            with path.open(encoding="utf-8") as given:
                text, model = given.read(LARGEST + 2).removeprefix(BOM), ""
        else:
            texts = read_metadata(path)
            if TIMELINE not in texts:
                raise ZscapeError(f"{path}: there is no timeline in it; choose a film that Zscape wrote, or a timeline as JSON.")
            text, model = texts[TIMELINE], texts.get(MODEL, "")
    except (OSError, UnicodeDecodeError) as error:
        raise ZscapeError(f"{path}: cannot be read as text ({getattr(error, 'strerror', None) or 'not UTF-8'}).") from error
    try:
        timeline = read_timeline(text)
    except ZscapeError as error:
        raise ZscapeError(f"{path}: {error}") from error
    return timeline, model or model_of(text)


def of_another(file: str, model: str, shown: str) -> str:
    """What a person is told where what is in `file` was made with the model of one name and is shown by another."""
    return f"{file} was made with the model {model!r}: in {shown!r} its points show something else."
