"""Opening a model and refining a latent need no part of torch's compiler, which takes a second to import."""

import subprocess
import sys

from zscape.models.files.library import listing


def test_opening_a_model_imports_no_compiler():
    paths = [str(entry.path) for entry in listing() if entry.origin == "bundled"]
    assert len(paths) > 4
    code = (
        "import sys, torch; from pathlib import Path; from zscape.models.files.checkpoint import load_model\n"
        f"for path in {paths}:\n"
        "    load_model(Path(path))\n"
        "    heavy = {'torch._dynamo', 'torch._inductor', 'sympy'} & set(sys.modules); assert not heavy, (path, heavy)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_refining_a_latent_imports_no_compiler():
    code = (
        "import sys, zscape; model = zscape.open('mnist');"
        "model.encode(model.draw(model.points(1)), refine=2);"
        "heavy = {'torch._dynamo', 'torch._inductor', 'sympy'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
