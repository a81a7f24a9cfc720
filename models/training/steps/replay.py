"""Training steps on a CUDA device as CUDA graphs: the kernels of a step are recorded once and then launched together.

A step of networks as small as these is thousands of kernels of a few microseconds each, and Python takes several times as long to
launch them one by one as the device takes to run them (docs/speed.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from zscape.models.training.steps.step_inputs import StepInputs, StepKind

Figures = dict[str, Tensor]
"""What was measured, by name, each [], on the device."""
Work = Callable[[StepInputs], Iterator[Figures]]
"""The work of one step in parts, on tensors of the device, without waiting for it. Yields what each part has measured."""

WARM_UP = 2
"""Number of steps of a kind run normally before one is recorded: libraries initialise in the first ones."""


@dataclass(frozen=True)
class Recorded:
    """A recorded step: where it reads its inputs, and where it writes its figures."""

    graph: torch.cuda.CUDAGraph
    inputs: StepInputs
    figures: list[Figures]


class Replay:
    """Runs steps on `device`, and replays them once each kind of step is recorded.

    The work must do the same for all steps of a kind, whatever the numbers in their inputs. Steps that cannot be recorded are run
    normally, with the same result. notice: a line that says so, "" as long as all can be recorded.
    """

    def __init__(self, work: Work, device: torch.device) -> None:
        self.work, self.device = work, device
        self.stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
        self.pool: Any = None
        self.recorded: dict[StepKind, Recorded] = {}
        self.met: Counter[StepKind] = Counter()
        self.records = True
        self.notice = ""

    def __call__(self, inputs: StepInputs) -> list[Figures]:
        """Run one step; return what its parts have measured, valid until the next step."""
        with torch.cuda.device(self.device):
            if inputs.kind not in self.recorded and self.met[inputs.kind] >= WARM_UP and self.records:
                self._record(inputs)
            known = self.recorded.get(inputs.kind)
            if known is None:
                return self._as_usual(inputs)
            for name, tensor in inputs.tensors.items():
                known.inputs[name].copy_(tensor)
            known.graph.replay()
            return known.figures

    def _as_usual(self, inputs: StepInputs) -> list[Figures]:
        # On the stream that is recorded later: gradients are accumulated on the stream on which that began.
        self.met[inputs.kind] += 1
        usual = torch.cuda.current_stream()
        self.stream.wait_stream(usual)
        with torch.cuda.stream(self.stream):
            figures = list(self.work(inputs.to(self.device)))
        usual.wait_stream(self.stream)
        return figures

    def _record(self, inputs: StepInputs) -> None:
        graph, held = torch.cuda.CUDAGraph(), inputs.to(self.device)
        # Other threads, such as the window's, may use the device meanwhile: only this thread is restricted to recordable
        # operations.
        try:
            with torch.cuda.graph(graph, pool=self.pool, stream=self.stream, capture_error_mode="thread_local"):
                figures = list(self.work(held))
        except RuntimeError as error:  # too little memory, or an operation that synchronises on this device or driver
            torch.cuda.synchronize()
            self.records = False
            self.notice = unrecorded(error)
            return
        self.pool = graph.pool()  # shared by all kinds: two steps never run at once
        self.recorded[inputs.kind] = Recorded(graph, held, figures)


def unrecorded(error: RuntimeError) -> str:
    """Return a message, in one line, for a run whose steps cannot be recorded because of `error`."""
    little = isinstance(error, torch.OutOfMemoryError)
    why = "the GPU has too little memory for it; a smaller batch may help" if little else (str(error).splitlines() or ["?"])[0]
    return f"The steps of this run are launched one by one, which is slower, as they cannot be recorded here: {why.rstrip('.')}."
