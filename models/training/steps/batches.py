"""The endless sequence of shuffled batches of a run."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from zscape.models.data.dataset import Dataset


class Batches:
    """Batch number `step` of a data set, for any step, so that a resumed run needs no other state.

    Epochs follow one another without a gap, so every image comes once per epoch whatever the batch size. The order within an
    epoch depends only on the seed and the epoch's number. classes 1: the labels are ignored.
    """

    def __init__(self, data: Dataset, classes: int, size: int, seed: int, device: torch.device) -> None:
        self.size, self.seed, self.classes, self.device = size, seed, classes, device
        self.images = torch.tensor(data.images).permute(0, 3, 1, 2).contiguous().to(device)  # uint8 [N, C, H, W]
        self.labels = torch.tensor(data.labels) if classes > 1 else torch.zeros(len(data), dtype=torch.int64)
        self.rows = one_hot(self.labels, classes).float().to(device)
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

    def _from(self, position: int) -> Tensor:
        """Return the indices of the images from `position` of the sequence to the end of its epoch."""
        epoch, offset = divmod(position, len(self.labels))
        if epoch != self._epoch:
            shuffler = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
            self._epoch, self._order = epoch, torch.randperm(len(self.labels), generator=shuffler)
        return self._order[offset:]

    def numbers(self, step: int) -> Tensor:
        """Return the indices of the pictures in the batch of `step`: [B] on the CPU."""
        position, end = step * self.size, (step + 1) * self.size
        parts: list[Tensor] = []
        while position < end:
            parts.append(self._from(position)[: end - position])
            position += len(parts[-1])
        return torch.cat(parts)

    def classes_of(self, numbers: Tensor) -> Tensor:
        """Return the classes [B, K] of pictures with indices [B], as one-hot rows, on the CPU."""
        return one_hot(self.labels[numbers], self.classes).float()

    def pictures(self, numbers: Tensor) -> tuple[Tensor, Tensor]:
        """Return pictures float [B, C, H, W] in [-1, 1] and their classes, one-hot [B, K], for indices [B] on the device."""
        return self.images[numbers] / 127.5 - 1, self.rows[numbers]

    def __getitem__(self, step: int) -> tuple[Tensor, Tensor]:
        """Return the pictures of the batch of `step` and their classes, on the device."""
        return self.pictures(self.numbers(step).to(self.device))
