"""How long a run will take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.views.train.live import duration
from zscape.app.work.training_run import measured_pace, same_shape

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec
    from zscape.models.training.config import TrainConfig


@dataclass(frozen=True)
class Estimate:
    """batch: images a step. pace: images a second, 0 where it is not known. here: whether it was measured on this computer."""

    batch: int = 1
    pace: float = 0.0
    here: bool = False

    def words(self, steps: int) -> str:
        """How long `steps` steps take, "" where it is not known."""
        if not self.pace:
            return ""
        where = "as fast as the last such run here" if self.here else "on one or two cores, less with a graphics card"
        return f"About {duration(max(0, steps) * self.batch / self.pace)}, {where}."


def generator_estimate(config: TrainConfig, folder: Path) -> Estimate:
    """Of a generator's run: the pace of the newest run of such networks in `folder`, else the preset's own."""
    pace = measured_pace(folder, lambda spec: same_shape(config, spec), encoder=False)
    return Estimate(config.batch, pace or config.pace, pace > 0)


def encoder_estimate(spec: Spec | None, folder: Path) -> Estimate:
    """The same of an encoder's run, for the model of `spec` (None: not known)."""
    from zscape.models.training.encoder_settings import EncoderSettings

    def fits(each: Spec) -> bool:
        return spec is not None and (each.family, each.config) == (spec.family, spec.config)

    pace = measured_pace(folder, fits, encoder=True)
    return Estimate(EncoderSettings.batch, pace or EncoderSettings.pace, pace > 0)
