"""Opening a model and refining a latent need no part of torch's compiler, which takes a second to import."""

import subprocess
import sys

from zscape.models.files.library import listing

CODE = """
import sys
from pathlib import Path
import torch, zscape
from zscape.models.files.checkpoint import load_model

def check(what):
    heavy = {"torch._dynamo", "torch._inductor", "sympy"} & set(sys.modules)
    assert not heavy, (what, heavy)

for path in sys.argv[1:]:
    load_model(Path(path))
    check(path)
model = zscape.open("mnist")
model.encode(model.draw(model.points(1)), refine=2)
check("refining")
"""


def test_opening_a_model_and_refining_a_latent_import_no_compiler():
    paths = [str(entry.path) for entry in listing() if entry.origin == "bundled"]
    assert len(paths) > 4
    subprocess.run([sys.executable, "-c", CODE, *paths], check=True, timeout=60)
