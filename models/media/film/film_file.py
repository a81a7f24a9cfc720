"""Reads and writes the timeline of a film: texts inside the film, or a JSON file."""

from __future__ import annotations

from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.made_with import MadeWith
from zscape.models.files.reading import BOM, check_file
from zscape.models.media.metadata import read_metadata
from zscape.models.timeline.text import LARGEST, made_with, read_timeline, timeline_text
from zscape.models.timeline.timeline import Timeline

TIMELINE, MODEL, RUN = "timeline", "model", "run"
"""Names of the texts: the timeline as JSON, the name of its model, and the model's training run (`Spec.run`)."""


def film_texts(timeline: Timeline, model: str, run: str = "") -> dict[str, str]:
    """Return the texts for a film of `timeline` with the model of that name. run: identifies that model, "" if unknown."""
    return {TIMELINE: timeline_text(timeline), MODEL: model, **({RUN: run} if run else {})}


def timeline_in(path: Path) -> tuple[Timeline, MadeWith]:
    """Read the timeline, and what is recorded of its model, from a JSON file or a film that carries one.

    A film may also be a folder of pictures. Raises ZscapeError, starting with the path, if the file cannot be read or holds no
    valid timeline.
    """
    try:
        if path.is_dir():  # a film as a folder of pictures; the first one carries the timeline
            path = min((each for each in path.iterdir() if each.suffix.lower() == ".png"), default=path)
        check_file(path)
        with path.open("rb") as file:
            start = file.read(64)
        if start.removeprefix(BOM).lstrip()[:1] in (b"{", b"["):
            with path.open(encoding="utf-8-sig") as given:
                text, model = given.read(LARGEST + 1), MadeWith()
        else:
            texts = read_metadata(path)
            if TIMELINE not in texts:
                raise ZscapeError(f"{path}: there is no timeline in it; choose a film that Zscape wrote, or a timeline as JSON.")
            text, model = texts[TIMELINE], MadeWith(texts.get(MODEL, ""), texts.get(RUN, ""))
    except (OSError, UnicodeDecodeError) as error:
        raise ZscapeError(f"{path} cannot be read as text ({getattr(error, 'strerror', None) or 'not UTF-8'}).") from error
    try:
        timeline = read_timeline(text)
    except ZscapeError as error:
        raise ZscapeError(f"{path}: {error}") from error
    return timeline, model if model.said else MadeWith(*made_with(text))


def of_another(file: str, model: str, shown: str) -> str:
    """Return the message for content of `file` made with one model and shown by another."""
    if model == shown:
        return f"{file} was made with another model named {model!r}: in this one its points show something else."
    return f"{file} was made with the model {model!r}: in {shown!r} its points show something else."
