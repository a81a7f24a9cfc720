"""`zscape evaluate`: the measures of a model."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zscape.app.cli.notices import notice
from zscape.app.cli.options import Device, Flag, MaybeDataName, MaybeInt, ModelName
from zscape.app.cli.table import table
from zscape.app.cli.usage import UsageError

if TYPE_CHECKING:
    from zscape.models.data.dataset import Dataset
    from zscape.models.evaluation.report import Report
    from zscape.models.files.spec import Spec


@dataclass(frozen=True)
class Evaluate:
    """Measure a model against real pictures: its samples, and its encoder."""

    model: ModelName = ""
    """A model's name or file; the bundled one by default."""
    data: MaybeDataName = None
    """A data set's name, a folder or an npz; by default what the model was trained on, or for digits the bundled ones."""
    json: Flag = False
    """Print one JSON object with every measure and its conditions."""
    samples: MaybeInt = None
    """How many images to draw, the classes in turn; 10000 by default."""
    natural: Flag = False
    """Draw each class as often as it occurs in the data, so that class balance adds nothing to the distances."""
    truncation: float = 1.0
    """A factor on z: below 1 gives more typical and less varied images."""
    seed: int = 0
    """Seed of the random numbers."""
    quick: Flag = False
    """Fewer images (2000) and fewer encoder inputs: half a minute."""
    record: Flag = False
    """Write the measures and their conditions into the model's file."""
    device: Device = "auto"

    def run(self) -> int:
        """Measure and print the results."""
        from dataclasses import replace

        from zscape.app.cli.show import say_loading, show

        say_loading()
        from zscape.models.errors import ZscapeError
        from zscape.models.evaluation.evaluate import measure_model
        from zscape.models.evaluation.report import record
        from zscape.models.evaluation.run import QUICK, Settings
        from zscape.models.files.checkpoint import load_model
        from zscape.models.files.library import default_name, find

        usual = QUICK if self.quick else Settings()
        try:
            settings = replace(
                usual,
                samples=usual.samples if self.samples is None else self.samples,
                natural=self.natural,
                truncation=self.truncation,
                seed=self.seed,
            )
        except ZscapeError as error:
            raise UsageError(str(error)) from error
        path = find(self.model or default_name())
        model = load_model(path)
        report = show(measure_model(model, self._data(model.spec), settings, self.device), "Nothing was written.")
        if self.json:
            print(json.dumps(report.plain()))
        else:
            _print(report)
        if self.record:
            record(path, report)
            print(f"The measures were written into {path}.", file=sys.stderr)
        return 0

    def _data(self, spec: Spec) -> Dataset:
        from zscape.models.data.sources import load
        from zscape.models.evaluation.reference import default_data

        if self.data:
            return load(self.data)
        data = default_data(spec)
        if data.name != spec.data:
            trained = spec.data or "data unknown"
            notice(f"{spec.name} was trained on {trained}, which is not here: it is measured on {data.name}.")
        return data


def _print(report: Report) -> None:
    """Print a table of the measures of the model and of real pictures; below it the conditions, and what was skipped and why."""
    from zscape.models.files.measure_names import label_of

    rows = [("", report.model, "real")]
    rows += [(label_of(f.name), f.text(f.value), f.text(f.real)) for f in report.figures]
    table(rows)
    print("\nConditions")
    for conditions in dict.fromkeys(figure.conditions for figure in report.figures):
        names = ", ".join(label_of(f.name) for f in report.figures if f.conditions == conditions)
        print(f"  {names}: {conditions}")
    if report.left_out:
        print("\nLeft out")
        for name, reason in report.left_out.items():
            print(f"  {label_of(name)}: {reason}")
    missing = report.conditions["missing"]
    if missing:
        print(f"\nNo pictures of {', '.join(missing)} in the held-out part of {report.data}: these classes are not measured.")
    print(f"\n{report.seconds:.0f} s, seed {report.conditions['seed']}, classifier: {report.conditions['classifier']}")
