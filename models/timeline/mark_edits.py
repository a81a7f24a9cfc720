"""What one does to the marks of a timeline by hand, and what they say at a moment. Every function returns a new timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zscape.models.inputs.classes import Classes
from zscape.models.inputs.latent import Latent, LatentValue
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.stops import hold_stop, stops
from zscape.models.timeline.timeline import SAME, Timeline

if TYPE_CHECKING:
    from zscape.models.inputs.space import Space


def add_mark(timeline: Timeline, mark: Mark) -> Timeline:
    """With `mark` as the last one: of two at one moment the later covers the earlier."""
    return replace(timeline, marks=(*timeline.marks, mark))


def add_card(timeline: Timeline, card: Mark) -> Timeline:
    """With a title card, and room for it: the stop nearest to its start is held for its time more, under the card.

    So nothing of what moves is covered, and other texts go with what they stand over. A timeline
    without stops, which moves numbers of the sheet only, is covered.
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
    """With `mark` in the place of another."""
    return replace(timeline, marks=(*timeline.marks[:place], mark, *timeline.marks[place + 1 :]))


def delete_mark(timeline: Timeline, place: int) -> Timeline:
    """Without the mark at `place`; the time that a card was given stays."""
    return replace(timeline, marks=(*timeline.marks[:place], *timeline.marks[place + 1 :]))


def marks_at(timeline: Timeline, time: float, space: Space) -> tuple[Mark, ...]:
    """The marks at `time`, in the order in which they are drawn, saying what they say then: cards first, captions over them.

    One that lasts as long as the timeline is there at its end too.
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
    """What stands for {class}, {seed} and {time} at `time`.

    class: the label of the heaviest class, "" if the model has none. seed: of the nearer of the two keys that the latent is
    between, "" for one that comes from no single seed. time: in seconds, to a tenth.
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
