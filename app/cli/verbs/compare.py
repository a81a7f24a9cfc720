"""`zscape compare`: one point by two models, or by every checkpoint of a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tyro.conf import Positional

from zscape.app.cli.drawing import check_truncation
from zscape.app.cli.notices import notice
from zscape.app.cli.options import Classes, Device, Size, option
from zscape.app.cli.usage import UsageError, check_options
from zscape.models.errors import ZscapeError
from zscape.models.files.typed_path import typed_path

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.tiles import Tiles


@dataclass(frozen=True)
class Compare:
    """Draw one point with two models, side by side with a heat map of the difference; or with every checkpoint of a run."""

    models: Positional[Annotated[tuple[str, ...], option("MODEL [MODEL] | RUN")]]
    """Two models, by name or file: the point is one of the first. Or the folder of one run, or of models of one kind."""
    out: Path
    """Two models: X.png. A run: a film X.mp4 (or .webm .gif .webp .apng) or a contact sheet X.png, X.svg, X.pdf."""
    seed: int = 0
    """The point."""
    classes: Classes = ""
    """Which classes, by name or number, one row each: 0,3; the first one by default."""
    truncation: float = 1.0
    """A factor on the latent: below 1 is more typical and less varied."""
    scale: Literal[1, 4, 16] = 1
    """How many times the difference is amplified: more shows finer differences."""
    size: Size = "512x512"
    """For a run: width x height of a frame in pixels."""
    seconds: float = 6.0
    """For a film: how long it lasts, in seconds."""
    fps: float = 25.0
    """For a film: frames a second, 1 to 120."""
    pictures: int = 12
    """For a contact sheet: at most how many checkpoints, evenly spaced."""
    columns: int = 4
    """For a contact sheet: how many side by side."""
    device: Device = "auto"

    def run(self) -> int:
        """Draw and write the result."""
        if not 1 <= len(self.models) <= 2:
            raise UsageError("Name two models, or the folder of one run.")
        check_truncation(self.truncation)
        if len(self.models) == 2:
            check_options(self, dict.fromkeys(("size", "seconds", "fps", "pictures", "columns"), "the folder of one run"))
            return self._pair()
        check_options(self, {"scale": "two models"})
        return self._ages()

    def _points(self, space: Space) -> Tiles:
        """The point in each requested class."""
        from zscape.models.inputs.blending import truncated
        from zscape.models.inputs.kinds.classes import Classes
        from zscape.models.inputs.recipe import Recipe
        from zscape.models.sweeps.tiles import Tiles

        point = truncated(Recipe.seed(self.seed), self.truncation, space)
        classes = space.first(Classes)
        if self.classes and classes is None:
            raise UsageError("This model has no classes: leave out --classes.")
        if not self.classes or classes is None:
            return Tiles(point)
        every = [point.with_value(classes.name, classes.only(classes.number(word))) for word in self.classes.split(",")]
        return Tiles(every[0], tuple(every[1:]))

    def _pair(self) -> int:
        from zscape.models.files.atomic import check_place
        from zscape.models.files.library import find
        from zscape.models.inference.films.side_by_side import SideBySide
        from zscape.models.inputs.adapting import note_line
        from zscape.models.media.images import save_png

        if self.out.suffix.lower() != ".png":
            raise UsageError(f"--out {self.out}: two models make a picture, whose name must end in .png.")
        check_place(self.out)
        model, other = (_loaded(find(name)) for name in self.models)
        draw = SideBySide(model, other, self.device, scale=self.scale)
        picture = draw(self._points(model.space))
        save_png(self.out, picture, max(1, round(560 / picture.shape[1])))
        if draw.notes:
            notice(f"{other.spec.name}: {note_line(draw.notes)}.")
        if draw.apart is not None:
            mean, largest = (100 * each for each in draw.apart)
            print(f"They differ by {mean:.1f} % on average, by {largest:.0f} % where they differ most.")
        else:
            left, right = (f"{each.spec.image_shape[2]} × {each.spec.image_shape[1]}" for each in (model, other))
            print(f"Pictures of {left} and of {right} pixels have no difference to show.")
        print(f"The picture is at {self.out}")
        return 0

    def _ages(self) -> int:
        from zscape.app.cli.show import say_loading, show
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        say_loading()
        from zscape.models.files.run_checkpoints import checkpoints, folder_of
        from zscape.models.inference.films.ages import AgesFilm, write_ages
        from zscape.models.media.film.contact_sheet import check_contact_sheet, is_contact_sheet
        from zscape.models.media.film.film_formats import check_animation
        from zscape.models.media.film.fitting import Fitting, size_of

        try:
            fitting = Fitting(size_of(self.size))
            if is_contact_sheet(self.out):
                check_options(self, dict.fromkeys(("seconds", "fps"), "a film"))
                check_contact_sheet(self.out, fitting.size, self.pictures, self.columns)
            else:
                check_options(self, dict.fromkeys(("pictures", "columns"), "a contact sheet: .png, .svg or .pdf"))
                check_animation(self.out, fitting.size[::-1], self.fps, exact=True)
        except ZscapeError as error:
            raise UsageError(str(error)) from error
        path = _run_named(self.models[0])
        folder = folder_of(path)
        if folder is None:
            raise UsageError(f"{self.models[0]} is one model: name a second one to compare it with, or the folder of a run.")
        found = checkpoints(folder)
        if found.words:
            notice(found.words)
        space = found.ages[-1].spec.space
        film = AgesFilm(fitting.frame, self.seconds, self.fps, self.pictures, self.columns)
        show(write_ages(self.out, found.ages, self._points(space), space, film, self.device))
        print(f"{'The contact sheet' if is_contact_sheet(self.out) else 'The film'} is at {self.out}")
        return 0


def _run_named(name: str) -> Path:
    from zscape.models.files.library import find

    return typed_path(name) if typed_path(name).is_dir() else find(name)


def _loaded(path: Path) -> Model:
    """The model in a file, with its directions."""
    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.directions import directions_of

    model = load_model(path)
    return replace(model, directions=directions_of(model.spec))
