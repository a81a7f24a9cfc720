"""Every verb of the command line. A new verb is a dataclass with a `run() -> int` in this folder, and a line here."""

from typing import Annotated

from tyro.conf import subcommand

from zscape.app.cli.verbs.animate import Animate
from zscape.app.cli.verbs.bench import Bench
from zscape.app.cli.verbs.compare import Compare
from zscape.app.cli.verbs.data import Data
from zscape.app.cli.verbs.directions import Directions
from zscape.app.cli.verbs.encode import Encode, Restyle
from zscape.app.cli.verbs.evaluate import Evaluate
from zscape.app.cli.verbs.map import Map
from zscape.app.cli.verbs.models import Models
from zscape.app.cli.verbs.neighbours import Neighbours
from zscape.app.cli.verbs.paint import Paint
from zscape.app.cli.verbs.sample import Sample
from zscape.app.cli.verbs.sweep import Sweep
from zscape.app.cli.verbs.train import Train, TrainEncoder
from zscape.app.cli.verbs.type import Type
from zscape.app.cli.verbs.window import Gui, Screenshot

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
