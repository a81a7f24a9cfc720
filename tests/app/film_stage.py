"""Writes a film as the command line does."""

from recipes import recipe

from zscape.models.inference.films.frames import frames
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_file import film_texts
from zscape.models.progress import finish
from zscape.models.sweeps.single import Single

POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (3, 4)]


def write_film(path, model, timeline, name="tiny", run=""):
    """Write a film as `zscape animate` does: without a session."""
    runner = GeneratorRunner(model, "cpu")
    drawn = frames(runner, Single(timeline.base), timeline, 3)
    return finish(write_animation(path, drawn, 10, 3, metadata=film_texts(timeline, name, run)))
