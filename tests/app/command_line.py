"""Runs the command line in tests, and provides a model for it."""

import torch
from recipes import inputs

from zscape.app.cli.main import main
from zscape.models.families.dcgan import DCGAN, DCGANConfig
from zscape.models.files.checkpoint import Model, save_model
from zscape.models.files.spec import Spec

CONFIG = DCGANConfig(z_size=6, classes=10, hidden=16, generator_maps=(8, 4), discriminator_maps=(4, 4))


def fails(capsys, code, *words):
    """The single line on stderr of a call that exits with `code`."""
    assert main([*map(str, words)]) == code
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def write_model(path):
    """Write a small untrained model of CONFIG with all parts to a file; returns the file's path as a string."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        networks = (DCGAN.generator(CONFIG), DCGAN.encoder(CONFIG), DCGAN.discriminator(CONFIG))
    config = {name: getattr(CONFIG, name) for name in CONFIG.__dataclass_fields__}
    spec = Spec("tiny", "dcgan", config, inputs(6, tuple("0123456789")), (1, 28, 28), data="digits")
    save_model(path, Model(spec, *(network.eval() for network in networks)))
    return str(path)


def instead(line, options):
    """The words of the command `line` with `options` at the end, replacing options of the same names."""
    given = {word for word in options if word.startswith("--")}
    kept, dropped = [], False
    for word in line:
        if word.startswith("--"):
            dropped = word in given
        if not dropped:
            kept.append(word)
    return [*kept, *options]
