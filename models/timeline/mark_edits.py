"""Manual edits of the marks of a timeline, and their text at a given time. Every edit returns a new timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.stops import hold_stop, stops
from zscape.models.timeline.timeline import SAME, Timeline

if TYPE_CHECKING:
    from zscape.models.inputs.space import Space


def add_mark(timeline: Timeline, mark: Mark) -> Timeline:
    """Return the timeline with `mark` added last: of two marks at the same time, the later one covers the earlier."""
    return replace(timeline, marks=(*timeline.marks, mark))


def add_card(timeline: Timeline, card: Mark) -> Timeline:
    """Add a title card and make room for it: the stop nearest to its start is held longer by the card's length.

    So no motion is covered, and other texts stay with what they are over. In a timeline without stops, which only moves numbers
    of the sheet, the card covers the picture.
    """
    found = [each for each in stops(timeline) if not each.closes]
    if not found:
        return add_mark(timeline, card)
    stop = min(found, key=lambda each: min(abs(each.start - card.start), abs(each.end - card.start)))
    at = stop.start if abs(stop.start - card.start) <= abs(stop.end - card.start) else stop.end
    held = hold_stop(timeline, stop, stop.hold + card.seconds)
    marks = (
        replace(each, start=each.start + card.seconds) if at - SAME <= each.start <= stop.end + SAME else each
        for each in held.marks
    )
    return add_mark(replace(held, marks=tuple(marks)), replace(card, start=at))


def set_mark(timeline: Timeline, place: int, mark: Mark) -> Timeline:
    """Return the timeline with the mark at `place` replaced by `mark`."""
    return replace(timeline, marks=(*timeline.marks[:place], mark, *timeline.marks[place + 1 :]))


def delete_mark(timeline: Timeline, place: int) -> Timeline:
    """Return the timeline without the mark at `place`; time held for a card stays."""
    return replace(timeline, marks=(*timeline.marks[:place], *timeline.marks[place + 1 :]))


def marks_at(timeline: Timeline, time: float, space: Space) -> tuple[Mark, ...]:
    """Return the marks at `time` in drawing order, with their text at that time: cards first, captions over them.

    A mark that lasts as long as the timeline is also shown at its end.
    """
    time, end = timeline.wrapped(time), timeline.seconds
    found = [
        each
        for each in timeline.marks
        if each.start - SAME <= time and (time < each.end - SAME or each.end > end - SAME)
        if each.text.strip() or each.kind == "card"
    ]
    if not found:
        return ()
    words = words_at(timeline, time, space)
    said = []
    for each in sorted(found, key=lambda mark: mark.kind == "caption"):
        text = each.text
        for name, word in words.items():
            text = text.replace("{" + name + "}", word)
        said.append(replace(each, text=text))
    return tuple(said)


def words_at(timeline: Timeline, time: float, space: Space) -> dict[str, str]:
    """Return the values of {class}, {seed} and {time} at `time`.

    class: label of the heaviest class, "" if the model has none. seed: that of the nearer of the two keys around `time`, "" if
    the latent does not come from a single seed. time: in seconds, to one decimal.
    """
    recipe = timeline.at(time, space)
    classes, latent = space.first(Classes), space.first(Latent)
    label = classes.labels[classes.heaviest(recipe.value(classes))] if classes is not None else ""
    seed = ""
    if latent is not None:
        keys = dict(timeline.tracks).get(latent.name, ())
        near = min(keys, key=lambda key: abs(key.time - time), default=None)
        value = near.value if near is not None else recipe.value(latent)
        if isinstance(value, LatentValue) and value.seed is not None:
            seed = str(value.seed)
    return {"class": label, "seed": seed, "time": f"{time:.1f} s"}
