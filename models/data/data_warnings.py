"""Warns about what is unusual in a data set before something is trained on it."""

from __future__ import annotations

from typing import Protocol

from zscape.models.data.dataset import Resized

FEW = 20
"""Number of pictures below which a network overfits."""
UNEQUAL = 10
"""Maximum ratio of the largest class to the smallest."""
NAMED = 5
"""Maximum number of classes named in a warning."""


class Data(Protocol):
    """The properties of a data set that are needed, as in Dataset."""

    @property
    def name(self) -> str: ...
    @property
    def class_names(self) -> tuple[str, ...]: ...
    @property
    def counts(self) -> tuple[int, ...]: ...
    @property
    def image_shape(self) -> tuple[int, int, int]: ...
    @property
    def colourful(self) -> bool: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def resized(self) -> Resized | None: ...


def data_warnings(data: Data, image_shape: tuple[int, int, int]) -> str:
    """Return sentences about what is unusual in `data` for a model of image_shape (C, H, W); "" if nothing is."""
    return " ".join(each_warning(data, image_shape))


def each_warning(data: Data, image_shape: tuple[int, int, int]) -> list[str]:
    """Return the same sentences one by one."""
    said = list(data.warnings)
    counts = dict(zip(data.class_names, data.counts, strict=True))
    there = {name: count for name, count in counts.items() if count}
    total = sum(counts.values())
    if total < FEW:
        pictures = "1 picture" if total == 1 else f"{total} pictures"
        said.append(f"{data.name} has only {pictures}: a model overfits on so few.")
    if len(counts) == 1:
        said.append(f"{data.name} has one class: the model is trained without classes.")
    if missing := [name for name in counts if name not in there]:
        said.append(f"{data.name} has no pictures of {_few(missing)}: images of these classes will be meaningless.")
    least, most = min(there, key=lambda name: there[name]), max(there, key=lambda name: there[name])
    if there[most] >= UNEQUAL * there[least]:
        said.append(
            f"{least} has {there[least]:,} pictures and {most} {there[most]:,}: the smallest classes will be drawn worst."
        )
    channels, height, width = image_shape
    if data.image_shape[0] > channels:
        if data.colourful:
            said.append(f"{data.name} is in colour and the model is grey: the colours are dropped.")
    elif channels > 1 and not data.colourful:
        said.append(f"The pictures of {data.name} are grey and the model is in colour: a grey one learns them faster.")
    own = data.image_shape[1:]
    smallest, largest = (data.resized.smallest, data.resized.largest) if data.resized else (own, own)
    if not smallest == largest == (height, width):
        before = _size(smallest) if smallest == largest else f"{_size(smallest)} to {_size(largest)}"
        margins = own[0] * width != own[1] * height or (data.resized is not None and data.resized.margins)
        how = ", with a margin in the colour of their edge where the shape differs: nothing is cropped or squashed"
        said.append(f"The pictures of {data.name} are {before} and are resized to {width} × {height}{how if margins else ''}.")
    return said


def _size(size: tuple[int, int]) -> str:
    return f"{size[1]} × {size[0]}"


def _few(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
