"""The example notebook: its cells run one after the other, in a folder with packages named like ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_every_cell_runs_beside_folders_called_models_and_app(tmp_path):
    for name in ("models", "app"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("OWN = True\n")
    cells = [cell for cell in json.loads(NOTEBOOK.read_text())["cells"] if cell["cell_type"] == "code"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells)
    script = tmp_path / "notebook.py"
    script.write_text(text + "\n\nimport models, app\nassert models.OWN and app.OWN\n")
    environment = {**os.environ, "PYTHONSAFEPATH": "", "ZSCAPE_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine.png").stat().st_size > 1000
    assert len(cells) > 8
