"""Texts inside pictures and animations, such as the recipe a picture was made from.

PNG and APNG carry them as iTXt chunks, GIF in an application extension (GIF89a, 26) and WebP in a chunk of its own (RIFF: readers
skip unknown chunks), both as JSON; MP4 and WebM in the container's comment. All but the last are added at the end of a finished
file, before its end mark.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import av

from zscape.models.files.reading import reading

PNG = b"\x89PNG\r\n\x1a\n"
GIF = (b"GIF87a", b"GIF89a")
GIF_BLOCK = b"\x21\xff\x0bZSCAPE  1.0"
WEBP_CHUNK = b"ZSCP"
LIMIT = 64 << 20
"""Maximum bytes of texts that are read: recipes have a few thousand, sessions with many pictures a few million."""
MOST_CHUNKS = 1_000_000
"""Maximum number of chunks of a file that are looked at: a film of an hour has some 200,000."""


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
                return _png_texts(file)
            if start.startswith(GIF):
                return _gif_texts(file)
            if start[:4] == b"RIFF" and start[8:] == b"WEBP":
                return _webp_texts(file)
        return _video_texts(path)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png_texts(file: IO[bytes]) -> dict[str, str]:
    texts = {}
    for kind, length in _chunks(file, len(PNG), png=True):
        if kind not in (b"tEXt", b"iTXt") or length > LIMIT:
            continue
        key, _, rest = file.read(length).partition(b"\0")
        if kind == b"tEXt":
            texts[key.decode("latin-1")] = rest.decode("latin-1")
        elif rest[:1] == b"\0":  # not compressed: method, language and translated keyword come before the text
            texts[key.decode("latin-1")] = rest[2:].split(b"\0", 2)[-1].decode("utf-8", "replace")
    return texts


def _chunks(file: IO[bytes], place: int, png: bool) -> Iterator[tuple[bytes, int]]:
    """Yield the chunks of a PNG, or else of a WebP, from the offset `place` on: the kind of each, and the length of its data,
    where the file is then positioned. Ends after MOST_CHUNKS, at a PNG's end chunk, and at an invalid kind.
    """
    for _ in range(MOST_CHUNKS):
        file.seek(place)
        start = file.read(8)
        if len(start) < 8:
            return
        length, kind = struct.unpack(">I4s", start) if png else struct.unpack("<4sI", start)[::-1]
        if kind == b"IEND" or not kind.strip().isalnum():
            return
        yield kind, length
        place += 8 + length + (4 if png else length % 2)  # PNG adds a checksum; WebP pads to even lengths


def _gif_texts(file: IO[bytes]) -> dict[str, str]:
    file.seek(max(0, file.seek(0, 2) - LIMIT - LIMIT // 200))  # texts are the last block: no need to read a long film
    data = file.read()
    place = data.rfind(GIF_BLOCK)
    parts = b""
    if place >= 0:
        place += len(GIF_BLOCK)
        while place < len(data) and data[place]:
            parts += data[place + 1 : place + 1 + data[place]]
            place += 1 + data[place]
    return _from_json(parts)


def _webp_texts(file: IO[bytes]) -> dict[str, str]:
    for kind, length in _chunks(file, 12, png=False):
        if kind == WEBP_CHUNK:
            return _from_json(file.read(min(length, LIMIT + 1)))
    return {}


def _video_texts(path: Path) -> dict[str, str]:
    try:
        with av.open(str(path.absolute()), format="matroska" if path.suffix.lower() == ".webm" else "mp4") as container:
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
