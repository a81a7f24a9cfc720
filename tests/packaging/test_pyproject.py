"""What pyproject.toml lists by hand is complete: packages, resources, and what has to be installed."""

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

import pytest
from import_graph import imports_in
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
FOLDERS = {"zscape": "zscape", "app": "zscape.app", "models": "zscape.models", "resources": "zscape.resources"}
"""The folders that are installed, and the names by which they are imported."""
SOURCES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def package_of(path):
    """The name by which a file's folder is imported."""
    folder, *inner = path.relative_to(ROOT).parent.parts
    return ".".join([FOLDERS[folder], *inner])


def pinned():
    """Each distribution of constraints.txt with its version."""
    lines = (line.split("#")[0].strip() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines())
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines if line)}


def requirements(*extras):
    """The requirements of the program itself and of `extras`."""
    asked = [*PROJECT["project"]["dependencies"]]
    for extra in extras:
        asked += PROJECT["project"]["optional-dependencies"][extra]
    return [Requirement(line) for line in asked]


def test_every_package_is_listed():
    assert sorted(SETUPTOOLS["packages"]) == sorted({package_of(path) for path in SOURCES})
    assert {name: folder for folder, name in FOLDERS.items()} == SETUPTOOLS["package-dir"]


def test_every_folder_of_modules_is_a_package():
    without = {path.parent for path in SOURCES if not (path.parent / "__init__.py").is_file()}
    assert not without, f"no __init__.py in {without}: a wheel would lack them"


def test_every_resource_matches_a_pattern():
    if not (ROOT / ".git").exists():
        pytest.skip("no git repository: which files belong to the project is not known")
    listed = subprocess.run(["git", "ls-files", "resources"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [PurePosixPath(line).relative_to("resources") for line in listed.splitlines() if not line.endswith(".py")]
    patterns = [PurePosixPath(pattern) for pattern in SETUPTOOLS["package-data"]["zscape.resources"]]
    left_out = [name for name in names if not any(name.match(str(p)) and len(name.parts) == len(p.parts) for p in patterns)]
    assert names
    assert not left_out, f"in no wheel: {left_out}"


def test_what_is_imported_is_asked_for():
    imported = set()
    for path in SOURCES:
        for node, _ in imports_in(path.read_text("utf-8")):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif node.module and not node.level:
                imported.add(node.module.split(".")[0])
    owners = packages_distributions()
    asked = {canonicalize_name(requirement.name) for requirement in requirements("data", "maps", "control")}
    for name in sorted(imported - sys.stdlib_module_names - {"zscape"}):
        # An optional package that is not installed here may also have the other usual name.
        names = {canonicalize_name(owner) for owner in owners.get(name, [name, f"python-{name}"])}
        assert names & asked, f"{name} is imported, but no dependency brings it"


@pytest.mark.parametrize("requirement", requirements("dev", "data", "maps", "sound"), ids=lambda requirement: requirement.name)
def test_what_is_asked_for_has_a_tested_version(requirement):
    version = pinned().get(canonicalize_name(requirement.name))
    assert version, f"constraints.txt has no {requirement.name}"
    assert requirement.specifier.contains(version), f"constraints.txt has {version}, not {requirement}"
