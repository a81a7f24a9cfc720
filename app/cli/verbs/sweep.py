"""`zscape sweep`: a sheet of neighbouring points, as a picture or moving."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tyro.conf import Positional

from zscape.app.cli.drawing import (
    ARRAYS,
    PICTURES,
    check_truncation,
    classes_of,
    open_runner,
    suffix_of,
    unit_values,
    write_images,
)
from zscape.app.cli.notices import notice
from zscape.app.cli.options import Classes, Device, MaybeInt, MaybePath, ModelName, Text, option
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.files.made_with import MadeWith
    from zscape.models.inputs.recipe import Recipe

Kind = Literal[
    "class", "style", "analogy", "plane", "mixing", "direction", "corners", "triangle", "seeds", "polygon", "candidates"
]
KIND_HELP = """class: one z through every class.
style: from one z to another in every class.
analogy: A - B + C.
plane: a flat sheet, along two directions if you name them.
mixing: layers of the styles of some points in others.
direction: along one of the model's directions.
corners: between four points.
triangle: the plane through three.
seeds: one to the right is the next seed, one up 100 further.
polygon: mixtures of classes.
candidates: variations of one point."""
SEED_HELP = """Seeds of the points, 0 1 2 by default.
class: z.
style: the z of both ends.
analogy: A, B and C.
plane: the middle, then two directions.
mixing: the rows, then the columns.
direction: a row each.
corners, triangle: A, B, C, D.
candidates: the point, then which variations."""


@dataclass(frozen=True)
class Sweep:
    """Draw a sheet of neighbouring points, as a picture or an animation."""

    kind: Positional[Annotated[Kind, option(text=KIND_HELP)]]
    out: Path
    """Where to: X.png, X.npz, or moving: .gif .webp .apng .mp4 .webm."""
    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    rows: MaybeInt = None
    """Rows of the sheet, and of analogy, plane, corners, triangle, seeds, polygon its columns; along a direction 1 by default."""
    columns: MaybeInt = None
    """Columns of a class or style sweep, of style mixing, of candidates, or along a direction."""
    seed: Annotated[tuple[int, ...], option("S ...", SEED_HELP)] = ()
    shelf: MaybePath = None
    """A session, or a picture or film that carries one: its kept points in place of the first seeds."""
    classes: Classes = ""
    """The class of each point, 3 or 3,3,5, but for class and style, which show all. polygon: its corners."""
    direction: Annotated[tuple[str, ...], option("NAME ...")] = ()
    """Along which direction, or which two of a plane: ones that the model has in the window, such as "stroke width"."""
    directions: MaybePath = None
    """A file of directions that `zscape directions` or the window has written, used in addition."""
    keep: Annotated[tuple[str, ...], option("NAME ...")] = ()
    """Along directions: others whose attributes are held, as with the locks in the window."""
    extent: float = 3.0
    """How far a strip or a plane extends to each side, in standard deviations."""
    temperature: float = 0.35
    """How far candidates are from the point: from 0, the same, to 1, anything."""
    layers: Text = ""
    """mixing: coarse (the default), middle, fine, or numbers of layers: 0,2 or 3-5. Directions of styles: all by default."""
    way: Literal["slerp", "lerp"] = "slerp"
    """How a style sweep goes: along the great circle, or straight."""
    truncation: float = 1.0
    """A factor on the latent: below 1 is more typical and less varied."""
    seconds: float = 4.0
    """How long one loop of a moving sheet lasts."""
    fps: float = 25.0
    """Frames a second of a moving sheet, 1 to 120; a GIF is exact at 10, 20, 25 and 50."""
    scale: int = 0
    """Enlarge each pixel this many times; 0 makes the sheet about 560 pixels wide (npz is never enlarged)."""
    units: MaybePath = None
    """A file of unit edits saved in the Layers view: what is changed inside the network, in all points."""
    device: Device = "auto"

    def run(self) -> int:
        """Draw and write the sheet."""
        from zscape.models.media.film.animation import write_animation
        from zscape.models.media.film.film_formats import FORMATS, RATES, check_animation, frame_count

        suffix = suffix_of(self.out, (*PICTURES, *ARRAYS, *(name for name in FORMATS if name)))
        if self.scale < 0 or self.scale > 32:
            raise UsageError("--scale must be from 1 to 32, or 0 to have it chosen.")
        check_truncation(self.truncation)
        self._check_options()
        moving = suffix not in (*PICTURES, *ARRAYS)
        if not moving:
            check_options(self, dict.fromkeys(("seconds", "fps"), f"a moving sheet: {' '.join(filter(None, FORMATS))}"))
        if suffix in ARRAYS:
            check_options(self, {"scale": "a picture or a moving sheet"})
        if not (RATES[0] <= self.fps <= RATES[1] and 0 < self.seconds <= 600):
            raise UsageError(f"--fps must be from {RATES[0]:g} to {RATES[1]:g}, --seconds above 0 and at most 600.")

        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.app.cli.asked_film import model_named
        from zscape.models import inputs as kinds
        from zscape.models.directions.lock import going_along
        from zscape.models.inference.drawn import drawn
        from zscape.models.inference.films.frames import frames
        from zscape.models.media.film.film_file import film_texts, of_another
        from zscape.models.media.latents_file import made_by
        from zscape.models.sweeps.asked import sweep_of
        from zscape.models.timeline.ready_made import usual

        kept, made = self._kept()
        runner = open_runner(self.model or (model_named(made, self.shelf) if self.shelf else ""), self.device, self.directions)
        space = runner.model.space
        if not made.fits(runner.model.spec) and made.name != self.model:
            notice(of_another(str(self.shelf), made.name, runner.model.spec.name))
        labels = classes_of(self.classes, space) if self.classes else ()
        units = unit_values(self.units, runner)
        try:
            sweep = sweep_of(
                self.kind,
                space,
                self.seed,
                labels,
                self.columns,
                self.rows,
                self.way,
                self.truncation,
                units,
                layers=self.layers,
                direction=self.direction,
                extent=self.extent,
                points=kept,
                temperature=self.temperature,
                also=going_along(self.direction, space.directions, self.keep) if self.keep else None,
            )
        except ZscapeError as error:
            raise UsageError(str(error)) from error
        points = sweep.points(space)
        width = points.columns * runner.model.spec.image_shape[2]
        scale = self.scale or max(1, round(560 / width))
        if moving:
            height = points.rows * runner.model.spec.image_shape[1]
            try:
                check_animation(self.out, (height, width), self.fps, scale)
            except ZscapeError as error:
                raise UsageError(str(error)) from error
        if not moving:
            images = show(drawn(runner, points))
            arrays: dict[str, Any] = dict(points)
            classes = space.first(kinds.Classes)
            c = arrays.pop(classes.name) if classes is not None else None
            weights = {"labels": c.argmax(1), "c": c} if c is not None else {}
            arrays = {**made_by(runner.model.spec), **weights, **arrays}
            write_images(self.out, suffix, images, points.rows, points.columns, scale, arrays)
        else:
            timeline = usual(sweep, space, self.seconds)
            assert timeline is not None  # every named sweep has a timeline
            count = max(2, frame_count(self.out, self.seconds, self.fps))
            texts = film_texts(timeline, runner.model.spec.name, runner.model.spec.run)
            show(write_animation(self.out, frames(runner, sweep, timeline, count), self.fps, count, scale, texts))
        print(f"The sheet is at {self.out}")
        return 0

    def _check_options(self) -> None:
        """Raise UsageError for an option that does not apply to this kind of sheet."""
        from zscape.models.sweeps import options

        given = [each.name for each in fields(self) if getattr(self, each.name) != each.default]
        try:
            options.check_options(self.kind, given, "--")
        except ZscapeError as error:
            raise UsageError(str(error)) from error

    def _kept(self) -> tuple[list[Recipe], MadeWith]:
        """The first kept points of the session, as many as the sheet needs, and the model that it was made with."""
        from zscape.models.files.made_with import MadeWith

        if self.shelf is None:
            return [], MadeWith()
        from zscape.app.cli.asked_film import kept_points
        from zscape.models.sweeps.asked import SEEDS

        kept, made = kept_points(self.shelf)
        if not kept:
            raise ZscapeError(f"{self.shelf}: no points are kept there; keep some on the shelf (K), or give seeds.")
        most = 1 if self.kind == "plane" else SEEDS.get(self.kind, len(kept))
        return kept[:most], made
