"""An open model in a notebook: its description, and the runner that computes its images."""

from __future__ import annotations

import threading
from typing import Any

from zscape.models.files.checkpoint import Model as Inner
from zscape.models.files.spec import Spec
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.base import Input


class OpenModel:
    """The description of an open model, and the runner that draws with it on one device."""

    def __init__(self, inner: Inner, device: str = "auto") -> None:
        self.inner = inner
        self._device = device
        self._runner: GeneratorRunner | None = None
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        """What is copied, or sent to another process: the copy creates its own runner."""
        return {"inner": self.inner, "_device": self._device}

    def __setstate__(self, state: dict[str, Any]) -> None:
        OpenModel.__init__(self, state["inner"], state["_device"])

    @property
    def name(self) -> str:
        """Name of the model."""
        return self.spec.name

    @property
    def spec(self) -> Spec:
        """Description stored with the model: its data, its measures, how it was made."""
        return self.inner.spec

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Inputs of the generator, in order."""
        return self.spec.inputs

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(height, width, channels) of its images."""
        channels, height, width = self.spec.image_shape
        return height, width, channels

    def __repr__(self) -> str:
        height, width, channels = self.image_shape
        colour = "grey" if channels == 1 else "colour"
        return f"<zscape model {self.name!r}: {', '.join(map(repr, self.inputs))} -> {width} x {height}, {colour}>"

    @property
    def runner(self) -> GeneratorRunner:
        """Runner that computes the images, created on first use."""
        with self._lock:
            if self._runner is None:
                self._runner = GeneratorRunner(self.inner, self._device)
            return self._runner
