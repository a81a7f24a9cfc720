"""Model files: safetensors with the spec in the header. Nothing in a file is trusted before it is checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.families.base import Discriminator, Encoder, Family, Generator
from zscape.models.files.atomic import replacing
from zscape.models.files.header import KEY, spec_json, spec_of
from zscape.models.files.reading import read_whole
from zscape.models.files.spec import FORMAT, Spec
from zscape.models.files.tensor_file import Entry, Header, read_header
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.space import Space

DTYPES = {"F16": torch.float16, "F32": torch.float32, "I64": torch.int64, "U8": torch.uint8}
"""Dtypes that Zscape writes."""

NAMES = {dtype: name for name, dtype in DTYPES.items()}


@dataclass(eq=False)
class Model:
    """A spec with its networks, on one device and in evaluation mode, and the known directions of its space."""

    spec: Spec
    generator: Generator
    encoder: Encoder | None = None
    discriminator: Discriminator | None = None
    directions: tuple[Direction, ...] = ()

    @cached_property
    def space(self) -> Space:
        """The space it draws from, with its directions."""
        return self.spec.space.with_directions(self.directions)

    @property
    def parts(self) -> dict[str, nn.Module]:
        """Its networks, by the prefix of their tensors' names in a file."""
        named = {"generator": self.generator, "encoder": self.encoder, "discriminator": self.discriminator}
        return {name: part for name, part in named.items() if part is not None}


def family_config(name: str, config: Mapping[str, Any], where: str) -> tuple[Family, Any]:
    """Return the family called `name` and its config, built from plain values.

    Raises ZscapeError, starting with `where`, for an unknown family, and for settings that are unknown or out of range.
    """
    if name not in FAMILIES:
        raise ZscapeError(f"{where}: no family is called {name!r}; there are: {', '.join(FAMILIES)}.")
    family = FAMILIES[name]
    known = [field.name for field in fields(family.config)]
    if unknown := [key for key in config if key not in known]:
        raise ZscapeError(f"{where}: {name} has no setting {unknown[0]!r}; it has: {', '.join(known)}.")
    try:
        return family, msgspec.convert(dict(config), family.config)
    except msgspec.ValidationError as error:
        raise ZscapeError(f"{where}: {error}.") from error


def build(family: Family, config: Any, part: str) -> nn.Module:
    """Build the untrained network of one part: generator, encoder or discriminator. Raises ZscapeError if the family has none."""
    make = {"generator": family.generator, "encoder": family.encoder, "discriminator": family.discriminator}[part]
    if make is None:
        raise ZscapeError(f"The family {family.name} has no {part}.")
    return make(config)


def save_tensors(path: Path, tensors: Mapping[str, Tensor], texts: Mapping[str, str]) -> None:
    """Write CPU tensors and texts as safetensors, atomically. Raises ZscapeError if the place cannot be written.

    Written here because the safetensors library copies every tensor and holds the GIL: a window beside a training run would
    freeze for a second at each checkpoint.
    """
    entries: dict[str, Any] = {"__metadata__": dict(texts)}
    end = 0
    for name, tensor in tensors.items():
        begin, end = end, end + tensor.nbytes
        entries[name] = Entry(NAMES[tensor.dtype], tuple(tensor.shape), (begin, end))
    header = msgspec.json.encode(entries)
    header += b" " * (-len(header) % 8)  # so that the tensors are aligned
    with replacing(path) as temporary, temporary.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        for tensor in tensors.values():
            file.write(bytes_of(tensor))


def bytes_of(tensor: Tensor) -> memoryview:
    """Return the bytes of a CPU tensor of any shape and type, row by row; not copied if it is contiguous."""
    return tensor.contiguous().view(-1).view(torch.uint8).numpy().data


def load_tensors(path: Path, header: Header) -> dict[str, Tensor]:
    """Read the tensors of a file whose header has been checked. Raises ZscapeError if the file has changed or cannot be read."""
    for name, entry in header.tensors.items():
        if entry.dtype not in DTYPES:
            raise ZscapeError(f"{path}: tensor {name!r} is of type {entry.dtype}; Zscape reads {', '.join(DTYPES)}.")
    try:
        data = bytearray(read_whole(path))
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name and the permissions.") from error
    if len(data) != header.start + max((entry.data_offsets[1] for entry in header.tensors.values()), default=0):
        raise ZscapeError(f"{path} changed while it was read: try again.")
    return {name: _tensor(data, header.start, entry) for name, entry in header.tensors.items()}


def _tensor(data: bytearray, start: int, entry: Entry) -> Tensor:
    begin, end = entry.data_offsets
    if begin == end:
        return torch.empty(entry.shape, dtype=DTYPES[entry.dtype])
    count = (end - begin) // DTYPES[entry.dtype].itemsize
    # Copy, because the bytes need not be aligned: the header may have any length.
    flat = torch.frombuffer(data, dtype=torch.uint8, count=end - begin, offset=start + begin).clone()
    return flat.view(DTYPES[entry.dtype]).view(entry.shape) if count else flat.view(entry.shape)


def fingerprint(tensors: Mapping[str, Tensor]) -> str:
    """Return the SHA-256 of the names, types, shapes and bytes of CPU tensors, in order of name: 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(f"{name} {NAMES[tensor.dtype]} {tuple(tensor.shape)}\n".encode())
        digest.update(bytes_of(tensor))
    return digest.hexdigest()


def save_model(path: Path, model: Model, half: bool = False) -> Spec:
    """Write `model` atomically and return its spec as written (with the hash of its tensors).

    half: store weights of two or more dimensions in half precision (biases and normalisation statistics stay float32). Raises
    ZscapeError if the place cannot be written or a weight is not finite.
    """
    spec, tensors = as_stored(model, half)
    save_stored(path, spec, tensors)
    return spec


def as_stored(model: Model, half: bool = False) -> tuple[Spec, dict[str, Tensor]]:
    """Return what `save_model` writes: the spec with the hash of the tensors, and the tensors.

    Raises ZscapeError for a weight that is not finite.
    """
    tensors = {}
    for part, module in model.parts.items():
        for name, tensor in module.state_dict().items():
            stored = tensor.detach().to("cpu", torch.float16 if half and tensor.dim() > 1 else tensor.dtype).contiguous()
            if not torch.isfinite(stored).all():
                raise ZscapeError(f"The model was not saved: {part}.{name} holds numbers that are not finite.")
            tensors[f"{part}.{name}"] = stored
    return replace(model.spec, sha256=fingerprint(tensors), format=FORMAT), tensors


def save_stored(path: Path, spec: Spec, tensors: Mapping[str, Tensor]) -> None:
    """Write the result of `as_stored`, atomically. Raises ZscapeError if the place cannot be written."""
    save_tensors(path, tensors, {KEY: spec_json(spec)})


class _Unfilled(TorchFunctionMode):
    """Turns the initialisers of torch.nn.init into no-ops.

    The weights from the file replace theirs, and on the meta device torch would load its compiler for them, which takes a second.
    """

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        # kaiming_normal_ is not seen here, but the functions it calls are.
        if getattr(func, "__module__", "") == "torch.nn.init" or getattr(func, "__name__", "") in ("normal_", "uniform_"):
            return args[0] if args else kwargs["tensor"]
        return func(*args, **(kwargs or {}))


def load_model(path: Path, device: str | torch.device = "cpu") -> Model:
    """Load the model in a file, in evaluation mode on `device`, with weights in float32.

    Every name, shape and type is compared with networks on the meta device before any weights are read. Raises ZscapeError for a
    file that is not a model, whose header is wrong, or whose weights are damaged.
    """
    header = read_header(path)
    spec = spec_of(path, header)
    family, config = family_config(spec.family, spec.config, str(path))
    try:
        declared = family.inputs(config, spec.class_names)
    except ZscapeError as error:
        raise ZscapeError(f"{path}: {error} The file is damaged.") from error
    if (spec.inputs, spec.image_shape) != (declared, config.image_shape):
        raise ZscapeError(f"{path}: its inputs and image shape do not fit its config {dict(spec.config)}. The file is damaged.")
    parts = [
        part for part in ("generator", "encoder", "discriminator") if any(key.startswith(f"{part}.") for key in header.tensors)
    ]
    if "generator" not in parts:
        raise ZscapeError(f"{path} holds no generator: choose another model file.")
    with torch.device("meta"), _Unfilled():
        networks = {part: build(family, config, part) for part in parts}
    check_tensors(path, header, networks)
    tensors = load_tensors(path, header)
    if fingerprint(tensors) != spec.sha256:
        raise ZscapeError(f"{path} is damaged: its weights are not those its header was written for. Copy or download it again.")
    for part, network in networks.items():
        wanted = network.state_dict()
        state = {name: tensors[f"{part}.{name}"].to(wanted[name].dtype) for name in wanted}
        if not all(bool(torch.isfinite(tensor).all()) for tensor in state.values()):
            raise ZscapeError(f"{path}: its {part} holds numbers that are not finite. The model is unusable.")
        network.load_state_dict(state, assign=True)
        network.to(device).eval().requires_grad_(False)
    return Model(spec, **networks)  # type: ignore[arg-type]


def check_tensors(path: Path, header: Header, networks: Mapping[str, nn.Module]) -> None:
    """Raise ZscapeError unless the header lists exactly the tensors of `networks`, with their shapes and types (or as half)."""
    wanted = {f"{part}.{name}": tensor for part, network in networks.items() for name, tensor in network.state_dict().items()}
    if odd := sorted(set(wanted) ^ set(header.tensors)):
        raise ZscapeError(f"{path}: tensor {odd[0]!r} is {'missing' if odd[0] in wanted else 'not part of its family'}.")
    for name, tensor in wanted.items():
        entry = header.tensors[name]
        if entry.shape != tuple(tensor.shape):
            raise ZscapeError(f"{path}: tensor {name!r} is {list(entry.shape)}, its config says {list(tensor.shape)}.")
        if entry.dtype not in {NAMES[tensor.dtype], "F16" if tensor.is_floating_point() else ""}:
            raise ZscapeError(f"{path}: tensor {name!r} is of type {entry.dtype}, which Zscape does not read there.")
