"""The sessions that a window keeps."""

from recipes import recipe

from zscape.app.state.session_file import load


def kept(home):
    """The sessions that are kept now, whichever window holds them."""
    folder = home / "sessions"
    return [load(path) for path in sorted(folder.glob("*.zscape.json"))] if folder.exists() else []


def shelf(*seeds):
    return tuple(recipe(seeds=((seed, 1.0),)) for seed in seeds)
