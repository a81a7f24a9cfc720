"""The input of `zscape animate`: a timeline, kept points of a session, points of a file, or a ready-made film."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tyro.conf import Positional

from zscape.app.cli.notices import notice
from zscape.app.cli.options import Flag, MaybeFloat, MaybePath, ModelName, Text, option
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.files.made_with import MadeWith
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space
    from zscape.models.timeline.follow import Following
    from zscape.models.timeline.timeline import Timeline

SECONDS_A_POINT = 1.5
MOMENTS = 30.0
"""The most keys per second of a track driven by sound."""

SOURCES = {"shelf": "SESSION", "points": "X.npz", "ready": "classes|random|noise"}
OF_SOURCES = {
    "shelf_name": ("shelf",),
    "seed": ("ready",),
    "hold": ("shelf", "points"),
    "easing": ("shelf", "points"),
    "way": ("shelf", "points"),
    "loop": ("shelf", "points"),
}
"""Options that apply to only some kinds of input."""

NOISE_SPEED = 40.0
"""The speed of a noise loop in degrees per second."""

FOLLOW_HELP = (
    "What the sound drives: level, bass, mid, high or onsets, then a direction, INPUT.LABEL, truncation, seed.NUMBER or "
    '"unit edits.strength", and its values in silence and at the loudest: bass:smile=0..2.'
)


@dataclass(frozen=True)
class FilmOptions:
    """What moves, how long, and by which sound."""

    file: Positional[Annotated[Path | None, option("[FILE]")]] = None
    """The timeline: a JSON file, or a film of one point that Zscape wrote."""
    shelf: MaybePath = None
    """A session, or a picture or film that carries one: through its kept points."""
    shelf_name: Text = ""
    """Which of the session's shelves; by default the one that was shown."""
    points: MaybePath = None
    """An npz file of latents, such as `zscape encode` writes: through its points."""
    ready: Annotated[Literal["", "classes", "random", "noise"], option("{classes,random,noise}")] = ""
    """Ready-made: one point through all classes, a loop through random ones, or a random closed curve that never pauses."""
    seed: int = 0
    """Seed of what is ready-made."""
    model: ModelName = ""
    """A model's name or file; by default the one that the film, session or points name, else the bundled one."""
    seconds: MaybeFloat = None
    """How long it lasts; by default what the timeline says, 1.5 s from each point to the next, or 6 s."""
    hold: float = 0.0
    """How long each of the points stands still, in seconds."""
    easing: Text = "smooth"
    """How time is distributed from point to point: smooth, linear, hold, or a curve such as 0.42,0,1,1."""
    way: Literal["slerp", "lerp", "spline"] = "slerp"
    """From point to point along the great circle, straight, or along a curve through all of them (with --easing linear)."""
    loop: Flag = False
    """Return to the first of the points."""
    even: Flag = False
    """Let the picture change by the same amount in every frame; this is measured first."""
    fps: float = 30.0
    """Frames a second, 1 to 120."""
    sound: MaybePath = None
    """A sound file under an .mp4 or .webm."""
    whole_sound: Flag = False
    """Make the film as long as the sound; in place of --seconds."""
    follow: Annotated[tuple[str, ...], option("CURVE:TARGET=LOW..HIGH ...", FOLLOW_HELP)] = ()
    units: MaybePath = None
    """A file of unit edits saved in the Layers view: what is changed inside the network, all the time."""


def asked_film(asked: FilmOptions) -> tuple[Timeline, Model]:
    """The timeline and the model that draws it. Raises UsageError for conflicting options, else ZscapeError."""
    from zscape.models.timeline.text import check_timeline
    from zscape.models.timeline.through import easing_of

    given = [each for each in (asked.file, asked.shelf, asked.points, asked.ready) if each]
    if len(given) != 1:
        raise UsageError("Say what moves: a timeline FILE, --shelf SESSION, --points X.npz, or --ready classes|random|noise.")
    _check_options(asked)
    if asked.seconds is not None and not 0 < asked.seconds <= 36_000:
        raise UsageError("--seconds must be above 0 and at most 36,000.")
    if not 0 <= asked.hold <= 36_000:  # also refuses NaN
        raise UsageError("--hold must be from 0 to 36,000 seconds.")
    try:
        easing_of(asked.easing)
    except ZscapeError as error:
        raise UsageError(f"--easing: {error}") from error
    if (asked.follow or asked.whole_sound) and asked.sound is None:
        raise UsageError("--follow and --whole-sound need --sound FILE.")
    followings = _followings(asked)
    if asked.whole_sound:
        from zscape.models.media.audio.sound import sound_seconds

        assert asked.sound is not None
        asked = replace(asked, seconds=sound_seconds(asked.sound))
    if asked.ready:
        model = _model(asked.model)
        timeline = _ready(asked, model.space)
    else:
        read, points, model = _read(asked)
        timeline = read or _through(asked, points, model.space)
    timeline = _with_units(asked.units, timeline, model)
    try:
        check_timeline(timeline, model.space)
    except ZscapeError as error:
        raise ZscapeError(f"{given[0]}: {error}") from error
    timeline = _driven(asked, timeline, model.space, followings)
    if followings and asked.even:
        raise UsageError("--even is for films without --follow: what follows the sound would no longer be in time with it.")
    # What follows a sound stays in time with it only if time is not spread anew.
    return replace(timeline, even=(timeline.even or asked.even) and not followings), model


def _check_options(asked: FilmOptions) -> None:
    """Raise UsageError for an option that does not apply to this input."""
    check_options(
        asked,
        {
            name: " and ".join(f"--{each} {SOURCES[each]}" for each in sources)
            for name, sources in OF_SOURCES.items()
            if not any(getattr(asked, each) for each in sources)
        },
    )


def _with_units(file: Path | None, timeline: Timeline, model: Model) -> Timeline:
    """`timeline` with its unit edits replaced by those in `file`."""
    from zscape.models.files.units_file import load_units
    from zscape.models.inputs.units import UNIT_EDITS

    if file is None:
        return timeline
    base = timeline.base.with_value(UNIT_EDITS, load_units(file, model.spec))
    return replace(timeline, base=base, tracks=tuple(each for each in timeline.tracks if each[0] != UNIT_EDITS))


def _followings(asked: FilmOptions) -> list[Following]:
    from zscape.models.media.audio.sound import CURVES
    from zscape.models.timeline.follow import following_of

    try:
        return [following_of(text, CURVES) for text in asked.follow]
    except ZscapeError as error:
        raise UsageError(f"--follow {error}") from error


def _driven(asked: FilmOptions, timeline: Timeline, space: Space, followings: list[Following]) -> Timeline:
    """The timeline with the tracks driven by the sound."""
    from zscape.models.media.audio.sound import sound_curves
    from zscape.models.timeline.follow import follow
    from zscape.models.timeline.text import LARGEST, check_timeline, timeline_text

    if not followings or asked.sound is None:
        return timeline
    fps = min(asked.fps, MOMENTS)
    curves = sound_curves(asked.sound, fps, timeline.seconds).curves
    for each in followings:
        timeline = follow(timeline, space, each, curves[each.curve].tolist(), fps)
    check_timeline(timeline, space)
    if len(timeline_text(timeline)) > LARGEST:
        raise ZscapeError(
            f"{asked.sound}: what follows it has too many keys to travel in the film; make it shorter, or --fps lower."
        )
    return timeline


def _read(asked: FilmOptions) -> tuple[Timeline | None, list[Recipe], Model]:
    """Either a timeline or points, and their model."""
    from zscape.models.timeline.edits import with_length

    if asked.file is not None:
        from zscape.models.media.film.film_file import timeline_in

        timeline, made = timeline_in(asked.file)
        timeline = with_length(timeline, asked.seconds) if asked.seconds else timeline
        return timeline, [], _model_for(asked, made, asked.file, "is a film of")
    if asked.shelf is not None:
        kept, made = kept_points(asked.shelf, asked.shelf_name)
        return None, _enough(kept, asked.shelf), _model_for(asked, made, asked.shelf, "is of")
    from zscape.models.media.latents_file import MOST, latents_in, made_with_in

    assert asked.points is not None
    model = _model_for(asked, made_with_in(asked.points), asked.points, "holds points of")
    points, total = latents_in(asked.points, model.space)
    if total > MOST:
        raise ZscapeError(f"{asked.points}: a film goes through at most {MOST} points, here are {total:,}; leave some out.")
    return None, _enough(points, asked.points), model


def kept_points(path: Path, shelf: str = "") -> tuple[list[Recipe], MadeWith]:
    """The points of the shelf called `shelf` ("": the open one) in a session, or in a picture or film that contains one, and the
    model that it was made with. Raises ZscapeError for other files.
    """
    from zscape.app.state.session_file import load
    from zscape.app.state.shelf_state import shelves
    from zscape.models.files.made_with import MadeWith

    session = load(path)
    made = MadeWith(session.model, session.run)
    if not shelf:
        return list(session.scene.shelf), made
    every = dict(shelves(session.scene))
    if shelf not in every:
        raise ZscapeError(f"{path}: there is no shelf {shelf!r}; there are: {', '.join(every)}.")
    return list(every[shelf]), made


def _enough(points: list[Recipe], path: Path) -> list[Recipe]:
    if len(points) < 2:
        raise ZscapeError(f"{path}: a film goes through two kept points or more, here are {len(points)}.")
    return points


def _through(asked: FilmOptions, points: list[Recipe], space: Space) -> Timeline:
    from zscape.models.timeline.through import easing_of, through

    legs = len(points) if asked.loop else len(points) - 1
    seconds = asked.seconds or legs * SECONDS_A_POINT + len(points) * asked.hold
    try:
        return through(points, space, seconds, asked.hold, easing_of(asked.easing), asked.way, asked.loop)
    except ZscapeError as error:
        raise ZscapeError(f"{asked.shelf or asked.points}: {error}") from error


def _ready(asked: FilmOptions, space: Space) -> Timeline:
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.timeline.noise_loop import noise_loop
    from zscape.models.timeline.ready_made import random_loop, round_the_classes

    centre, seconds = Recipe.seed(asked.seed), asked.seconds or 6.0
    if asked.ready == "noise":
        return noise_loop(centre, space, seconds, NOISE_SPEED, asked.seed)
    make = {"classes": round_the_classes, "random": random_loop}[asked.ready]
    return make(centre, space, seconds)


def _model_for(asked: FilmOptions, made: MadeWith, file: Path, what: str) -> Model:
    """The requested model, else that of `file`; a notice is given if they differ. what: a verb for the contents of the file."""
    from zscape.models.media.film.film_file import of_another

    model = _model(asked.model or model_named(made, file), f"{file} {what}")
    if not made.fits(model.spec) and made.name != asked.model:  # a session refers to a model file by its path
        notice(of_another(str(file), made.name, model.spec.name))
    return model


def model_named(made: MadeWith, file: Path) -> str:
    """The reference for loading the model that `file` was made with: its path if it exists here, else its name.

    Raises ZscapeError if another model of that name is here.
    """
    from zscape.models.files.made_with import OtherModelError

    try:
        return str(made.find()) if made.said else ""
    except OtherModelError as error:
        raise ZscapeError(
            f"{file} was made with another model named {made.name!r} than the one that is here: give the file of its model, or "
            "of the one that is to draw it, by --model."
        ) from error
    except ZscapeError:
        return made.name  # opening it reports what is known


def _model(name: str, whose: str = "") -> Model:
    """The model of that name with its directions. whose: the start of the error message if it cannot be loaded."""
    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.directions import directions_of
    from zscape.models.files.library import default_name, find

    try:
        model = load_model(find(name or default_name()))
    except ZscapeError as error:
        raise ZscapeError(f"{whose} the model {name!r}: {error}" if whose and name else str(error)) from error
    return replace(model, directions=directions_of(model.spec))
