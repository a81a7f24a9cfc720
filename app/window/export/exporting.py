"""Exports what is on screen: from the choice of a motion to the queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.sound_state import SoundState
from zscape.app.window.export.dialog import TIMELINE, ExportDialog
from zscape.app.window.export.exports import ExportsDialog
from zscape.app.window.export.preview import Preview
from zscape.app.window.export.previewing import Previewing, sheet_of
from zscape.app.window.export.size import Colour
from zscape.app.work.context import Context
from zscape.app.work.exporting.export import Drawing, OwnFilm, save_animation, save_sheet
from zscape.app.work.exporting.export_queue import Export, See
from zscape.models.progress import Work

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.timeline import Timeline


SOME_TIME = 0.37
"""A time within a loop, as a fraction of its length, at which it differs from its start."""


def motions(sweep: Sweep, space: Space, shelf: tuple[Recipe, ...]) -> dict[str, Callable[[float], Timeline]]:
    """The ready-made timelines for a sheet: label -> function from seconds to timeline."""
    from zscape.models.timeline.ready_made import random_loop, round_the_classes, tour, usual

    found: dict[str, Callable[[float], Timeline]] = {}
    if (own := usual(sweep, space, 1.0)) is not None:
        found["The sheet's own loop" if own.sheet else "Its own loop"] = lambda seconds: _made(usual(sweep, space, seconds))
    if len(space.labels) > 1:
        found["Round the classes"] = lambda seconds: round_the_classes(sweep.centre, space, seconds)
    if len(shelf) > 1:
        found["Tour of the shelf"] = lambda seconds: tour(shelf, space, seconds)
    if any(each.random for each in space.inputs):
        found["Random loop"] = lambda seconds: random_loop(sweep.centre, space, seconds)
    return {name: make for name, make in found.items() if _moves(make(1.0), sweep, space)}


def _moves(timeline: Timeline, sweep: Sweep, space: Space) -> bool:
    """Whether the sheet changes at all: one of all classes stands still while the centre moves through them."""
    suiting = timeline.suiting(sweep)
    first, later = (suiting.sweep(sweep, time, space) for time in (0.0, SOME_TIME))
    return list(first.recipes(space)) != list(later.recipes(space))


def _made(timeline: Timeline | None) -> Timeline:
    assert timeline is not None  # it existed for another length
    return timeline


def _lasting(timeline: Timeline, seconds: float) -> Timeline:
    from zscape.models.timeline.edits import with_length

    if seconds == timeline.duration:
        return timeline
    return with_length(timeline, timeline.seconds * seconds / timeline.duration)  # only a part of it may be played


def ask_picture(window: QWidget, context: Context, frame: Frame, saved: SessionFile) -> ExportDialog:
    """Show the dialog, then write the sheet of `frame`."""
    height, width = frame.pixels.shape[:2]
    size, claimed = (width, height), context.exports.is_claimed
    name, preview = saved.view or "zscape", Preview(sheet_of(frame))
    dialog = ExportDialog(window, context.settings, name, size, claimed=claimed, ground=_ground(frame), preview=preview)

    def begin() -> None:
        path, scale, fitting = dialog.chosen, dialog.scale.value(), dialog.size_choice.fitting
        _run(context, "Save picture", path, lambda _: save_sheet(path, frame, scale, saved, fitting), at_once=True)

    dialog.accepted.connect(begin)
    return _open(dialog)


def ask_animation(
    window: QWidget,
    context: Context,
    sweep: Sweep,
    saved: SessionFile,
    proposed: str = "",
    films: Mapping[str, OwnFilm] | None = None,
    drawing: Drawing | None = None,
    shown: Callable[[], Frame | None] = lambda: None,
    painted_by: Sequence[Any] = (),
) -> ExportDialog:
    """Show the dialog, then write a loop of `sweep`, or `sweep` as the timeline moves it, or one of the view's own `films`.

    proposed: the motion to preselect. drawing: as in save_animation. shown(): the sheet as it is on screen. painted_by: the
    widgets that show it, each with a signal `painted`; the preview follows them.
    """
    own = dict(films or {})
    model = context.session.model
    assert model is not None
    rows, columns = sweep.shape(model.space)
    _, height, width = model.spec.image_shape
    size = drawing.size if drawing is not None else (columns * width, rows * height)
    moves = motions(sweep, model.space, context.session.scene.shelf)
    played = context.session.scene.timeline
    if played is not None:
        moves[TIMELINE] = lambda seconds: _lasting(played.suiting(sweep), seconds)
    length = played.duration if played is not None else 0.0
    claimed = context.exports.is_claimed
    ground = drawing.ground if drawing is not None and drawing.ground is not None else _ground(shown())
    preview = Preview()
    name, every = saved.view or "zscape", (*moves, *own)
    state = context.session.scene.view(SoundState)
    sound, in_time = state.path, bool(state.drives)
    dialog = ExportDialog(window, context.settings, name, size, every, length, claimed, ground, preview, own, in_time)
    Previewing(dialog, preview, context, sweep, size, drawing, shown, own).follow_painted(painted_by)
    if proposed:
        dialog.motion.setCurrentText(proposed)
    if proposed == TIMELINE and sound and Path(sound).is_file():
        dialog.sound.path.setText(sound)
        if not dialog.film.has_sound:
            dialog.film.format.setCurrentText("MP4")
    if proposed in own:
        dialog.film.pictures.setValue(own[proposed].pictures)

    def begin() -> None:
        animation, device, motion = dialog.animation, context.session.device or "auto", dialog.motion.currentText()
        path = animation.path
        if motion in own:
            _run(context, "Export", path, lambda see: own[motion].save(animation, saved, device, see))
            show_exports(window, context)
            return
        timeline = moves[motion](animation.seconds)
        if motion == TIMELINE and animation.choices is not None and str(animation.choices.sound or "") == sound != "":
            part = replace(animation.choices, sound_from=timeline.played[0])  # so that what follows the sound stays in sync
            animation = replace(animation, choices=part)
        _run(context, "Export", path, lambda see: save_animation(animation, model, sweep, timeline, saved, device, see, drawing))
        show_exports(window, context)

    dialog.accepted.connect(begin)
    return _open(dialog)


def show_exports(window: QWidget, context: Context) -> ExportsDialog:
    """Show the exports, in a window beside the picture."""
    dialog = window.findChild(ExportsDialog) or ExportsDialog(window, context.exports, context.session)
    dialog.show()
    return dialog


def _ground(shown: Frame | None) -> Colour:
    from zscape.models.media.preparing.surround import ground_of

    return (0, 0, 0) if shown is None else ground_of(shown.pixels[..., 2::-1])  # the channel order there is BGRA


def _open(dialog: ExportDialog) -> ExportDialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _run(context: Context, name: str, path: Path, work: Callable[[See], Work[Any]], at_once: bool = False) -> None:
    export, session = context.exports.add(name, path, work, at_once), context.session

    def tell(over: Export) -> None:
        if over is export:
            context.exports.ended.disconnect(tell)
            session.message.emit(export.line, export.state == "failed")
            if export.state == "done":
                context.settings.keep_recent(path)

    context.exports.ended.connect(tell)
