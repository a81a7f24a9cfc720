"""The wheel is complete: installed far from its sources, it does what the checkout does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"


def run(*command, cwd, **env):
    """The output of a command; if it fails, the test fails with that output."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def tracked(*under):
    """The files of the repository, relative to its root, including new ones but none that git ignores."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git repository: which files belong to the project is not known")
    return [
        name
        for name in run("git", "ls-files", "-z", "-co", "--exclude-standard", *under, cwd=ROOT).split("\0")
        if name and (ROOT / name).is_file()
    ]


BUILD = """
import importlib, tomllib
from pathlib import Path
backend = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["build-system"]["build-backend"]
# Compressing and decompressing the models takes long.
importlib.import_module(backend).build_wheel("..", {"--build-option": ["--compression=stored"]})
"""
"""What pip does to build a wheel, in one process instead of four."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with only the installed wheel, built from a copy of the sources so that no build/ stays in the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in tracked("pyproject.toml", "README.md", "LICENSE", "zscape", "app", "models", "resources"):
        copy = folder / "sources" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-c", BUILD, cwd=folder / "sources")
    (wheel,) = folder.glob("zscape-*.whl")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-cache-dir")
    run(*pip, "install", "--no-compile", "--no-index", "--no-deps", "--target", folder / "site", wheel, cwd=folder)
    return folder / "site"


def test_every_resource_is_in_the_wheel(site):
    names = [Path(name).relative_to("resources") for name in tracked("resources")]
    assert Path("mnist.safetensors") in names
    for name in names:
        assert (site / "zscape/resources" / name).read_bytes() == (RESOURCES / name).read_bytes(), name


def test_the_types_and_the_licence_are_in_the_wheel(site):
    assert (site / "zscape/py.typed").is_file()
    (licence,) = site.glob("zscape-*.dist-info/licenses/LICENSE")
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()


CODE = """
import runpy
import sys
import zscape.app, zscape.resources
from zscape.app.cli.main import main
from zscape.models.training.config import load_config, presets
for name in presets():
    load_config(name)
    print("preset", name)
codes = main(["models"]), main(["sample", "--count", "4", "--out", "x.png"])
sys.argv = [command, "screenshot", "--view", "image", "--out", "window.png"]
try:
    runpy.run_path(command, run_name="__main__")
except SystemExit as stop:
    codes = *codes, stop.code
print("codes", *codes)
for name, module in sys.modules.items():
    if name.partition(".")[0] == "zscape":
        print("file", module.__file__)
"""


def test_the_wheel_alone_runs_with_its_presets_models_and_window(site, tmp_path, home):
    code = f"command = {str(site / 'bin' / 'zscape')!r}\n{CODE}"
    # In an empty folder, where the only zscape that is found is that of the wheel.
    said = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(site), ZSCAPE_HOME=str(home))
    told = [line.split(" ", 1) for line in said.splitlines() if " " in line]
    files = [Path(rest) for word, rest in told if word == "file"]
    assert len(files) > 50
    assert [file for file in files if not file.is_relative_to(site)] == []
    assert {rest for word, rest in told if word == "preset"} == {path.stem for path in (RESOURCES / "presets").glob("*.toml")}
    assert all(name in said for name in ("mnist", "fashion-mnist", "mnist-dcgan"))
    assert ["codes", "0 0 0"] in told
    with Image.open(tmp_path / "x.png") as picture:
        assert picture.size >= (28, 28)
    with Image.open(tmp_path / "window.png") as picture:
        assert picture.size == (1280, 720)
