"""Title cards and the holds that make room for them. Every function returns a new timeline."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from zscape.models.timeline.edits import LEAST, retimed, with_length
from zscape.models.timeline.mark_edits import add_card
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.stops import Stop, hold_stop, stops
from zscape.models.timeline.timeline import SAME, Timeline


def move_card(timeline: Timeline, place: int, card: Mark) -> Timeline:
    """Return the timeline with the card at `place` replaced by `card`, which has another start or length.

    The time held for the old card is removed. If the new one starts at a stop, that stop is held for it, as by `add_card`;
    between stops it covers the motion.
    """
    before = timeline.marks[place]
    stop = _held_for(timeline, before)
    opened = replace(timeline, marks=_others(timeline, place))
    start = card.start
    if stop is not None:
        opened = _without_hold(opened, stop, before)
        if start > before.start + SAME:
            start = max(before.start, start - before.seconds) if start >= before.end - SAME else start
    if _stop_at(opened, start) is not None:
        *others, made = (held := add_card(opened, replace(card, start=start))).marks
        return replace(held, marks=_with(tuple(others), place, made))
    start = min(start, max(0.0, opened.seconds - card.seconds))
    return replace(opened, marks=_with(opened.marks, place, replace(card, start=start)))


def with_length_beside_cards(timeline: Timeline, seconds: float) -> Timeline:
    """Return the timeline with another length, except for cards that a stop is held for, which keep their length.

    If there is not enough time for them, they are shortened with the rest.
    """
    held = sorted({(each.start, each.end) for each in timeline.marks if each.kind == "card" and _held_for(timeline, each)})
    apart = all(first[1] <= second[0] + SAME for first, second in pairwise(held))
    still = sum(end - start for start, end in held)
    moving = timeline.seconds - still
    if not held or not apart or moving < LEAST or seconds - still < LEAST:
        return with_length(timeline, seconds)
    factor = (seconds - still) / moving

    def to(time: float) -> float:
        before = sum(min(time, end) - start for start, end in held if time > start)
        return before + (time - before) * factor

    return retimed(timeline, to, seconds)


def _held_for(timeline: Timeline, card: Mark) -> Stop | None:
    """Return the stop whose hold makes room for `card`."""
    for each in stops(timeline):
        if each.start - SAME <= card.start and card.end <= each.end + SAME:
            return each
    return None


def _stop_at(timeline: Timeline, time: float) -> Stop | None:
    return next((each for each in stops(timeline) if not each.closes and abs(each.start - time) <= SAME), None)


def _without_hold(timeline: Timeline, stop: Stop, card: Mark) -> Timeline:
    """Return the timeline without the time that `stop` was held for `card`, which has been removed."""
    held = hold_stop(timeline, stop, max(0.0, stop.hold - card.seconds))
    inside = (card.end - SAME <= each.start <= stop.end + SAME for each in timeline.marks)
    marks = (
        replace(each, start=each.start - card.seconds) if was else each for each, was in zip(held.marks, inside, strict=True)
    )
    return replace(held, marks=tuple(marks))


def _others(timeline: Timeline, place: int) -> tuple[Mark, ...]:
    return (*timeline.marks[:place], *timeline.marks[place + 1 :])


def _with(marks: tuple[Mark, ...], place: int, mark: Mark) -> tuple[Mark, ...]:
    return (*marks[:place], mark, *marks[place:])
