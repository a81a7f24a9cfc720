"""Contact sheets: some frames of a film side by side, each with its time, as PNG, SVG or PDF."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.media.images import LARGEST, save_png
from zscape.models.progress import Progress, Work

Frame = NDArray[np.uint8]
SUFFIXES = (".png", ".svg", ".pdf")
MOST = 400
"""Maximum number of frames on a sheet."""
GAP = 16
"""Pixels around each frame."""
LINE = 20
"""Height in pixels of the caption below each frame."""
LETTERS = 13
PAPER, INK = 255, 64


@dataclass(frozen=True)
class _Sheet:
    """Frames uint8 [H, W, 3] of one size, and their places. columns: number of frames side by side."""

    frames: Sequence[Frame]
    captions: Sequence[str]
    columns: int
    metadata: Mapping[str, str]

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        height, width = self.frames[0].shape[:2]
        return sheet_size((width, height), len(self.frames), self.columns)

    def places(self) -> list[tuple[int, int]]:
        """Return the upper left corner (x, y) of each frame."""
        height, width = self.frames[0].shape[:2]
        spots = [divmod(k, self.columns) for k in range(len(self.frames))]
        return [(GAP + column * (width + GAP), GAP + row * (height + LINE + GAP)) for row, column in spots]


def sheet_size(frame: tuple[int, int], count: int, columns: int) -> tuple[int, int]:
    """Return (width, height) in pixels of a sheet of `count` frames of size (width, height)."""
    across, down = min(columns, count), -(-count // columns)
    return across * (frame[0] + GAP) + GAP, down * (frame[1] + LINE + GAP) + GAP


def is_contact_sheet(path: str | Path) -> bool:
    """Whether the suffix is that of a contact sheet rather than a film."""
    return Path(path).suffix.lower() in SUFFIXES


def check_contact_sheet(path: str | Path, frame: tuple[int, int], count: int, columns: int) -> None:
    """Raise ZscapeError if no sheet of `count` frames of size (width, height) can be written to `path`."""
    if not is_contact_sheet(path):
        raise ZscapeError(f"{path}: a contact sheet ends in {', '.join(SUFFIXES)}.")
    if not (1 <= count <= MOST and 1 <= columns <= MOST):
        raise ZscapeError(f"A contact sheet has 1 to {MOST} frames in 1 to {MOST} columns, not {count:,} in {columns:,}.")
    width, height = sheet_size(frame, count, columns)
    if width * height > LARGEST:
        raise ZscapeError(
            f"{path}: {width} x {height} pixels are more than {LARGEST // 1_000_000} megapixels; "
            f"choose fewer frames or a smaller size"
        )


def write_contact_sheet(
    path: str | Path,
    frames: Iterable[Frame],
    captions: Sequence[str],
    columns: int = 4,
    metadata: Mapping[str, str] | None = None,
) -> Work[Path]:
    """Write frames uint8 [H, W, 3], all of one size, with a caption below each, and return the path.

    All three formats keep every pixel exactly; captions in SVG and PDF are text. metadata: texts stored in a PNG. Raises
    ZscapeError for anything `check_contact_sheet` refuses, for no frames, and if the place cannot be written.
    """
    path = Path(path)
    taken: list[Frame] = []
    for frame in frames:
        taken.append(np.ascontiguousarray(frame))
        if len({each.shape for each in taken}) > 1:
            raise ZscapeError(f"{path}: the frames of a contact sheet are of one size.")
        check_contact_sheet(path, (frame.shape[1], frame.shape[0]), len(taken), columns)
        yield Progress(len(taken), len(captions), "Drawing frames")
    if not taken:
        raise ZscapeError(f"{path}: there are no frames to write")
    write: dict[str, Callable[[Path, _Sheet], None]] = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    sheet = _Sheet(taken, [*captions, *[""] * len(taken)][: len(taken)], columns, metadata or {})
    write[path.suffix.lower()](path, sheet)
    return path


def _png(path: Path, sheet: _Sheet) -> None:
    picture = Image.new("RGB", sheet.size, (PAPER,) * 3)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(LETTERS)
    for frame, words, (x, y) in zip(sheet.frames, sheet.captions, sheet.places(), strict=True):
        picture.paste(Image.fromarray(frame), (x, y))
        pen.text((x, y + frame.shape[0] + LINE - 4), words, fill=(INK,) * 3, font=font, anchor="ls")
    save_png(path, np.asarray(picture), metadata=sheet.metadata)


def _svg(path: Path, sheet: _Sheet) -> None:
    width, height = sheet.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="rgb({PAPER},{PAPER},{PAPER})"/>',
        f'<g font-family="sans-serif" font-size="{LETTERS}" fill="rgb({INK},{INK},{INK})">',
    ]
    for frame, words, (x, y) in zip(sheet.frames, sheet.captions, sheet.places(), strict=True):
        packed = io.BytesIO()
        Image.fromarray(frame).save(packed, "PNG")
        data = base64.b64encode(packed.getvalue()).decode()
        size = f'width="{frame.shape[1]}" height="{frame.shape[0]}"'
        parts.append(f'<image x="{x}" y="{y}" {size} image-rendering="pixelated" href="data:image/png;base64,{data}"/>')
        parts.append(f'<text x="{x}" y="{y + frame.shape[0] + LINE - 4}">{escape(words)}</text>')
    with replacing(path) as temporary:
        temporary.write_text("\n".join([*parts, "</g>", "</svg>", ""]), encoding="utf-8")


def _pdf(path: Path, sheet: _Sheet) -> None:
    """Write PDF 1.4 (ISO 32000-1): 72 points per inch at 96 pixels per inch, lossless pictures, captions in Helvetica."""
    width, height = sheet.size
    ink = INK / 255
    drawn = [f"0.75 0 0 0.75 0 0 cm {ink:.3f} g"]
    for number, (frame, words, (x, y)) in enumerate(zip(sheet.frames, sheet.captions, sheet.places(), strict=True)):
        down, across = frame.shape[:2]
        drawn.append(f"q {across} 0 0 {down} {x} {height - y - down} cm /I{number} Do Q")
        said = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F {LETTERS} Tf {x} {height - y - down - LINE + 4} Td ({said}) Tj ET")
    images = "".join(f"/I{number} {number + 6} 0 R " for number in range(len(sheet.frames)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width * 0.75:g} {height * 0.75:g}]/Contents 4 0 R"
        f"/Resources<</Font<</F 5 0 R>>/XObject<<{images}>>>>>>".encode(),
        _stream("", "\n".join(drawn).encode("cp1252", "replace")),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for frame in sheet.frames:
        said = (
            f"/Type/XObject/Subtype/Image/Width {frame.shape[1]}/Height {frame.shape[0]}/ColorSpace/DeviceRGB/BitsPerComponent 8"
        )
        objects.append(_stream(said, frame.tobytes()))
    data, starts = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    parts = [data]
    place = len(data)
    for number, body in enumerate(objects, 1):
        starts.append(place)
        parts.append(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
        place += len(parts[-1])
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    count = len(objects) + 1
    parts.append(f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R>>\n".encode())
    parts.append(f"startxref\n{place}\n%%EOF\n".encode())
    with replacing(path) as temporary:
        temporary.write_bytes(b"".join(parts))


def _stream(said: str, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return f"<<{said}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed + b"\nendstream"
