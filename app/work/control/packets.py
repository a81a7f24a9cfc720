"""Decodes and encodes OSC packets (OSC 1.0 specification, opensoundcontrol.org); input may come from anyone and is checked."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

BUNDLE = b"#bundle\0"
DEEPEST = 8
"""The deepest level of nested bundles that is read."""
TAGS = frozenset("ifhdsTFNI")
"""Argument types that are read: numbers, text, booleans, nil. Time tags of bundles are ignored: messages apply at once."""

SIZES = {"i": 4, "f": 4, "h": 8, "d": 8}
"""The size of each number type in bytes."""
ALONE = {f",{tag}\0\0".encode(): struct.Struct(f">{'q' if tag == 'h' else tag}") for tag in SIZES}
"""The packing of a single number, by the type tag before it."""


def messages(packet: bytes, depth: int = 0) -> Iterator[bytes]:
    """The encoded messages in a packet; anything that is not OSC is skipped."""
    if packet.startswith(b"/"):
        yield packet
    elif packet.startswith(BUNDLE) and depth < DEEPEST:
        place = len(BUNDLE) + 8
        while place + 4 <= len(packet):
            size = struct.unpack_from(">i", packet, place)[0]
            place += 4
            if size <= 0 or place + size > len(packet):
                return
            yield from messages(packet[place : place + size], depth + 1)
            place += size


def path_of(message: bytes) -> str:
    """The address of a message, with every non-ASCII byte replaced."""
    return message[: message.find(b"\0") if b"\0" in message else len(message)].decode("ascii", "replace")


def read(message: bytes) -> tuple[Any, ...]:
    """The arguments of a message. Raises ValueError if it is damaged or has a type that is not in TAGS."""
    end = message.find(b"\0")
    start = end + 4 - end % 4
    if end < 0:
        raise ValueError("it has no end")
    alone = ALONE.get(message[start : start + 4])
    if alone is not None and len(message) == start + 4 + alone.size:  # the usual message of a controller: ten times as fast
        return alone.unpack_from(message, start + 4)
    from pythonosc.osc_message import OscMessage, ParseError

    if message[start:]:
        tags = message[start : max(message.find(b"\0", start), start)]
        if not tags.startswith(b","):
            raise ValueError("it does not say what it carries")
        if odd := {*tags[1:].decode("ascii", "replace")} - TAGS:
            raise ValueError(f"it carries {min(odd)!r}, which is not a number")
        data = start + len(tags) + 4 - len(tags) % 4
        if len(message) < data + sum(SIZES.get(chr(tag), 0) for tag in tags):  # the library would read missing bytes as 0
            raise ValueError("its end is missing")
    try:
        return tuple(OscMessage(message).params)
    except (ParseError, ValueError, IndexError, struct.error) as error:
        raise ValueError("it is damaged") from error


def built(path: str, number: int | float) -> bytes:
    """A message with one number. A whole number that does not fit 32 bits, such as a large seed, uses 64 (type h)."""
    from pythonosc.osc_message_builder import OscMessageBuilder

    builder = OscMessageBuilder(path)
    whole = "i" if abs(number) < 1 << 31 else "h"
    builder.add_arg(number, whole if isinstance(number, int) else "f")
    made: bytes = builder.build().dgram
    return made
