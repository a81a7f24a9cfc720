"""Every verb of the command line. A new verb is a dataclass with a `run() -> int` and a line here."""

from typing import Annotated

from tyro.conf import subcommand

from zscape.app.cli.animate import Animate
from zscape.app.cli.bench import Bench
from zscape.app.cli.compare import Compare
from zscape.app.cli.data import Data
from zscape.app.cli.directions import Directions
from zscape.app.cli.encode import Encode, Restyle
from zscape.app.cli.evaluate import Evaluate
from zscape.app.cli.library import Models
from zscape.app.cli.map import Map
from zscape.app.cli.neighbours import Neighbours
from zscape.app.cli.paint import Paint
from zscape.app.cli.sample import Sample
from zscape.app.cli.sweep import Sweep
from zscape.app.cli.train import Train, TrainEncoder
from zscape.app.cli.type import Type
from zscape.app.cli.window import Gui, Screenshot

Verb = (
    Annotated[Gui, subcommand("gui")]
    | Annotated[Models, subcommand("models")]
    | Annotated[Sample, subcommand("sample")]
    | Annotated[Sweep, subcommand("sweep")]
    | Annotated[Animate, subcommand("animate")]
    | Annotated[Compare, subcommand("compare")]
    | Annotated[Encode, subcommand("encode")]
    | Annotated[Restyle, subcommand("restyle")]
    | Annotated[Paint, subcommand("paint")]
    | Annotated[Type, subcommand("type")]
    | Annotated[Directions, subcommand("directions")]
    | Annotated[Map, subcommand("map")]
    | Annotated[Neighbours, subcommand("neighbours")]
    | Annotated[Train, subcommand("train")]
    | Annotated[TrainEncoder, subcommand("train-encoder")]
    | Annotated[Evaluate, subcommand("evaluate")]
    | Annotated[Data, subcommand("data")]
    | Annotated[Screenshot, subcommand("screenshot")]
    | Annotated[Bench, subcommand("bench")]
)
