"""A run shared by several processes, on one machine or many: `torchrun -m zscape train CONFIG`.

Each process draws the random numbers of the whole batch and works on its own rows of it; gradients are averaged before every
optimiser step, so that N processes take the same steps as one would on the whole batch (P. Goyal et al., "Accurate, Large
Minibatch SGD", 2017, section 2). Gradients are averaged explicitly and not by DistributedDataParallel, whose hooks do not support
gradient penalties; Karras et al. (2020) do the same. Batch-norm statistics are those of each process's rows.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from torch.distributed.distributed_c10d import Store

ASK_AGAIN = 0.02
"""Seconds between two checks whether the first process has heard this one."""


@dataclass(frozen=True)
class Processes:
    """The processes that share a run. rank: index of this process, from 0. count: their number. Only the first writes files."""

    rank: int = 0
    count: int = 1

    @property
    def first(self) -> bool:
        """Whether this is the process that writes files."""
        return self.rank == 0

    def rows(self, tensor: Tensor) -> Tensor:
        """Return this process's rows of the whole batch [B, ...]: every `count`-th one."""
        return tensor[self.rank :: self.count]

    def of(self, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return `rows` of every tensor."""
        return {name: self.rows(each) for name, each in tensors.items()}

    def average(self, module: nn.Module) -> None:
        """Replace the gradients of `module` by their mean over all processes."""
        if self.count > 1:
            _together([parameter.grad for parameter in module.parameters() if parameter.grad is not None], self.count)

    def average_tensor(self, tensor: Tensor) -> None:
        """Replace a tensor by its mean over all processes."""
        if self.count > 1:
            _together([tensor], self.count)

    def begin_alike(self, modules: Iterable[nn.Module]) -> None:
        """Give every process the weights of the first."""
        if self.count > 1:
            for module in modules:
                for tensor in module.state_dict().values():
                    torch.distributed.broadcast(tensor, 0)

    def check(self, batch: int) -> None:
        """Raise ZscapeError if the batch cannot be shared evenly."""
        if batch % self.count or batch // self.count < 2:
            raise ZscapeError(
                f"A batch of {batch} cannot be shared by {self.count} processes evenly: set batch to a multiple of {self.count}, "
                f"{2 * self.count} at least."
            )


ALONE = Processes()


def _together(gradients: list[Tensor], count: int) -> None:
    """Replace gradients by their mean over the processes, in one exchange."""
    flat = torch.cat([each.flatten() for each in gradients])
    try:
        torch.distributed.all_reduce(flat)
    except RuntimeError as error:
        raise ZscapeError("Another process of this run has ended; the last checkpoint is kept.") from error
    flat /= count
    for each, mean in zip(gradients, torch.split(flat, [each.numel() for each in gradients]), strict=True):
        each.copy_(mean.view_as(each))


def is_first() -> bool:
    """Whether this is the process that writes files and reports progress, also before `joined`."""
    return int(os.environ.get("RANK", "0")) == 0 or not launched()


def launched() -> bool:
    """Whether torchrun has started this process as one of several."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1 and "MASTER_ADDR" in os.environ


def restarted() -> bool:
    """Whether torchrun has restarted the processes after one of them failed."""
    return launched() and int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")) > 0


def own_device(device: str) -> str:
    """Return the device of this process: with several GPUs, each process of a machine uses its own."""
    if launched() and device in ("auto", "cuda") and torch.cuda.is_available():
        return f"cuda:{int(os.environ.get('LOCAL_RANK', '0')) % torch.cuda.device_count()}"
    return device


@contextmanager
def joined(device: str) -> Iterator[Processes]:
    """Connect the processes that torchrun has started, and disconnect them at the end; yields ALONE without torchrun.

    device: that of this process; gradients are exchanged by NCCL between GPUs, otherwise by Gloo. Raises ZscapeError if the
    processes do not find each other.
    """
    if not launched():
        yield ALONE
        return
    from torch.distributed.rendezvous import rendezvous

    try:
        store, rank, count = next(rendezvous("env://"))
        backend = "nccl" if device.startswith("cuda") else "gloo"
        torch.distributed.init_process_group(backend, store=_agreed(store, rank, count), rank=rank, world_size=count)
    except (RuntimeError, ValueError) as error:
        line = str(error).splitlines()[0]
        raise ZscapeError(f"The processes of this run did not find each other ({line}): check torchrun's options.") from error
    try:
        yield Processes(torch.distributed.get_rank(), torch.distributed.get_world_size())
    finally:
        torch.distributed.destroy_process_group()


def _agreed(store: Store, rank: int, count: int) -> Store:
    """Return a part of `store` that only the current processes use.

    After a failure torchrun starts new processes on the same store, which still holds the addresses of the dead ones; a process
    that reads one of these finds nobody there. So the first process asks under a new name, and goes on with those that have
    answered this time; answers to earlier questions are ignored.
    """
    from torch.distributed.distributed_c10d import PrefixStore

    mine = secrets.token_hex(8)
    if rank == 0:
        store.set("asked", mine)
        answers = [f"{mine}/{other}" for other in range(1, count)]
        store.wait(answers)
        store.set(f"{mine}/heard", " ".join(store.get(each).decode() for each in answers))
        return PrefixStore(mine, store)
    while True:
        asked = store.get("asked").decode()
        store.set(f"{asked}/{rank}", mine)
        if store.check([f"{asked}/heard"]) and mine in store.get(f"{asked}/heard").decode().split():
            return PrefixStore(asked, store)
        time.sleep(ASK_AGAIN)
