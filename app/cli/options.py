"""The option types of verbs, as `--help` shows them: a default is shown if it is informative."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from tyro.conf import arg


def _default(value: str) -> str:
    """The text for the default `value` in the help: empty if it is not a real value, such as None."""
    return "" if value in ("None", "False", "", "''") else f"(default: {value})"


def option(metavar: str | None = None, text: str | None = None) -> object:
    """How an option is shown. metavar: stands for its value; text: its help, instead of its docstring."""
    return arg(metavar=metavar, help=text, help_behavior_hint=_default)


Flag = Annotated[bool, option()]
Text = Annotated[str, option("TEXT")]
ModelName = Annotated[str, option("MODEL")]
DataName = Annotated[str, option("DATA")]
Classes = Annotated[str, option("CLASSES")]
Size = Annotated[str, option("WxH")]
Device = Annotated[str, option("DEVICE", "Where to compute: auto, cpu, cuda or mps.")]
MaybeText = Annotated[str | None, option("TEXT")]
MaybeModelName = Annotated[str | None, option("MODEL")]
MaybeDataName = Annotated[str | None, option("DATA")]
MaybePath = Annotated[Path | None, option("PATH")]
MaybeInt = Annotated[int | None, option("INT")]
MaybeFloat = Annotated[float | None, option("FLOAT")]
