"""Texts inside pictures and animations, such as the recipe a picture was made from.

PNG and APNG carry them as iTXt chunks, GIF in an application extension (GIF89a, 26) and WebP in a chunk of its own (RIFF: readers
skip unknown chunks), both as JSON; MP4 and WebM in the container's comment. All but the last are added at the end of a finished
file, before its end mark.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import av

from zscape.models.files.reading import reading

PNG = b"\x89PNG\r\n\x1a\n"
GIF = (b"GIF87a", b"GIF89a")
GIF_BLOCK = b"\x21\xff\x0bZSCAPE  1.0"
WEBP_CHUNK = b"ZSCP"
LIMIT = 16 << 20
"""Maximum size in bytes of texts that are read; recipes have a few thousand."""


def embed(path: Path, texts: Mapping[str, str]) -> None:
    """Add texts to a finished PNG, APNG, GIF or WebP file in place."""
    with path.open("r+b") as file:
        start = file.read(12)
        if start.startswith(PNG):
            file.seek(-12, 2)
            end = file.read(12)
            file.seek(-12, 2)
            for key, value in texts.items():
                file.write(_png_chunk(b"iTXt", key.encode("latin-1", "replace") + b"\0\0\0\0\0" + value.encode()))
            file.write(end)
        elif start.startswith(GIF):
            data = json.dumps(dict(texts)).encode()
            blocks = (data[i : i + 255] for i in range(0, len(data), 255))
            file.seek(-1, 2)
            file.write(GIF_BLOCK + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0\x3b")
        elif start[:4] == b"RIFF" and start[8:] == b"WEBP":
            data = json.dumps(dict(texts)).encode()
            file.seek(0, 2)
            file.write(WEBP_CHUNK + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2))
            size = file.tell() - 8
            file.seek(4)
            file.write(struct.pack("<I", size))
        else:
            raise ValueError(f"{path}: no format that texts can be added to")


def read_metadata(path: str | Path) -> dict[str, str]:
    """Return the texts of a PNG, APNG, GIF, WebP, MP4 or WebM file; empty if there are none.

    From all formats but PNG only texts written by Zscape are read. Raises ZscapeError if the file cannot be read.
    """
    path = Path(path)
    with reading(path):
        with path.open("rb") as file:
            start = file.read(12)
        if start.startswith(PNG):
            return _png_texts(path.read_bytes())
        if start.startswith(GIF):
            return _gif_texts(path.read_bytes())
        if start[:4] == b"RIFF" and start[8:] == b"WEBP":
            return _webp_texts(path.read_bytes())
        return _video_texts(path)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png_texts(data: bytes) -> dict[str, str]:
    texts = {}
    place = len(PNG)
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        key, _, rest = body.partition(b"\0")
        if kind == b"tEXt":
            texts[key.decode("latin-1")] = rest.decode("latin-1")
        elif (
            kind == b"iTXt" and rest[:1] == b"\0"
        ):  # not compressed: method, language and translated keyword come before the text
            texts[key.decode("latin-1")] = rest[2:].split(b"\0", 2)[-1].decode("utf-8", "replace")
        place += 12 + length
    return texts


def _gif_texts(data: bytes) -> dict[str, str]:
    place = data.rfind(GIF_BLOCK)
    parts = b""
    if place >= 0:
        place += len(GIF_BLOCK)
        while place < len(data) and data[place]:
            parts += data[place + 1 : place + 1 + data[place]]
            place += 1 + data[place]
    return _from_json(parts)


def _webp_texts(data: bytes) -> dict[str, str]:
    place = 12
    while place + 8 <= len(data):
        kind, (length,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        if kind == WEBP_CHUNK:
            return _from_json(data[place + 8 : place + 8 + length])
        place += 8 + length + length % 2
    return {}


def _video_texts(path: Path) -> dict[str, str]:
    try:
        with av.open(str(path), format="matroska" if path.suffix.lower() == ".webm" else "mp4") as container:
            texts = {key.lower(): value for key, value in container.metadata.items()}
    except Exception:  # FFmpeg and its wrapper raise many kinds of exceptions
        return {}
    return _from_json(texts.get("comment", "").encode())


def _from_json(data: bytes) -> dict[str, str]:
    if not data or len(data) > LIMIT:
        return {}
    try:
        texts = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return {key: value for key, value in texts.items() if isinstance(value, str)} if isinstance(texts, dict) else {}
