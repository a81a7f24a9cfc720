"""Opening a model needs no part of torch's compiler, which takes a second to import."""

import subprocess
import sys

import pytest

from zscape.models.files.library import find


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist", "mnist-dcgan"])
def test_opening_a_model_imports_no_compiler(name):
    code = (
        "import sys, torch; from pathlib import Path; from zscape.models.files.checkpoint import load_model;"
        f"load_model(Path({str(find(name))!r}));"
        "heavy = {'torch._dynamo', 'torch._inductor', 'sympy'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
