"""Opening a model, refining a latent and training import nothing of torch's compiler, whose import takes a second."""

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
import zscape.models.training.encoder, zscape.models.training.train
from zscape.models.training.steps.adam import Adam
network = torch.nn.Linear(3, 3)
adam = Adam(network, 0.1)
network(torch.ones(1, 3)).sum().backward()
adam.step()
check("training")
"""


def test_opening_a_model_refining_a_latent_and_training_import_no_compiler():
    paths = [str(entry.path) for entry in listing() if entry.origin == "bundled"]
    assert len(paths) > 4
    subprocess.run([sys.executable, "-c", CODE, *paths], check=True, timeout=60)
