"""The `zscape` command: parses the verb and its options, runs it, and turns errors into one line and an exit code.

Exit codes: 0 success; 2 wrong usage; 1 any other error, with one line on stderr that says what is wrong and what to do.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from zscape.app.cli import notices
from zscape.app.cli.places import placed
from zscape.app.cli.usage import UsageError, check_once, in_one_line
from zscape.models.errors import ZscapeError

DEBUG = "--debug"
NARROWEST = 40
"""The least columns for which output is laid out; a narrower terminal breaks the lines."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (sys.argv's by default) and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in words
    _prepare_streams()
    words = [word for word in words if word != DEBUG]
    notices.forget()
    try:
        _check_folder()
        if words in ([], ["gui"]):  # directly to the window: the option parser would cost 100 ms of the time to the first paint
            from zscape.app.window.startup.start import run

            return run()
        if words == ["--version"]:
            from importlib.metadata import version

            print(f"zscape {version('zscape')}")
            return 0
        code = _parse(words).run()
        notices.tell()
        return code
    except SystemExit as stop:  # from the parser: 0 after --help, 2 for wrong usage
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:  # the reader of our output has ended (`zscape models | head -1`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _say("Stopped.", debug)
    except UsageError as error:
        _say(str(error), debug)
        return 2
    except ZscapeError as error:
        return _say(str(error), debug)
    except MemoryError:
        return _say("The memory is full: ask for fewer images at a time.", debug)
    except OSError as error:
        return _say(
            f"{error.filename or 'The output'}: {error.strerror or error}. Check the path, its permissions and the disk.", debug
        )
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return _say(f"{what} (this is a bug in Zscape: run again with {DEBUG} and report it)", debug)


def entry() -> None:
    """The console script entry point."""
    sys.exit(main())


def _prepare_streams() -> None:
    """Escape characters that the terminal's encoding lacks, such as a file name that is not UTF-8, instead of failing.

    A stream that is closed, as under some services, takes everything and shows nothing.
    """
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _check_folder() -> None:
    """Raise ZscapeError if the current folder was deleted: torch's library would end the process."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise ZscapeError("The current folder no longer exists: change to another one.") from error


class Runnable(Protocol):
    """A verb with its options."""

    def run(self) -> int:
        """Run it and return the exit code."""


def _parse(words: list[str]) -> Runnable:
    import tyro

    from zscape.app.cli.verbs import Verb

    if shutil.get_terminal_size().columns < NARROWEST:  # the help would have a letter per line, or no end
        os.environ["COLUMNS"] = str(NARROWEST)

    options = (tyro.conf.OmitArgPrefixes, tyro.conf.FlagCreatePairsOff, tyro.conf.ConsolidateSubcommandArgs)
    about = (
        "Explore the latent space of conditional image generators. Without a command, zscape opens the window. "
        "zscape --version tells the version."
    )

    def read(given: list[str]) -> Runnable:
        verb: Runnable = tyro.cli(Verb, prog="zscape", description=about, args=given, config=options)
        return placed(verb, given)

    def help_of(command: list[str]) -> str:
        shown = io.StringIO()
        with contextlib.suppress(SystemExit), contextlib.redirect_stdout(shown), contextlib.redirect_stderr(io.StringIO()):
            read([*command, "--help"])
        return shown.getvalue()

    check_once(words)
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            return read(words)
    except SystemExit as stop:
        if stop.code and said.getvalue():
            raise UsageError(in_one_line(said.getvalue(), words, help_of)) from stop
        raise


def _say(line: str, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    notices.forget()
    print("zscape: " + " ".join(line.split()), file=sys.stderr)
    return 1


if __name__ == "__main__":
    entry()
