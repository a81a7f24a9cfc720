"""OSC packets (OSC 1.0 specification, opensoundcontrol.org): read with care, since anybody may have sent them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

BUNDLE = b"#bundle\0"
DEEPEST = 8
"""Bundles within bundles that are looked into."""
TAGS = frozenset("ifhdsTFNI")
"""Types that are read: numbers, text, yes and no, nothing. Time tags of bundles are passed over: what comes holds at once."""

SIZES = {"i": 4, "f": 4, "h": 8, "d": 8}
"""Bytes that a number takes."""
ALONE = {f",{tag}\0\0".encode(): struct.Struct(f">{'q' if tag == 'h' else tag}") for tag in SIZES}
"""How one number alone is packed, by what stands before it."""


def messages(packet: bytes, depth: int = 0) -> Iterator[bytes]:
    """The messages in a packet, unread; what is no OSC is left out."""
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
    """The address of a message, with every letter that is no ASCII replaced."""
    return message[: message.find(b"\0") if b"\0" in message else len(message)].decode("ascii", "replace")


def read(message: bytes) -> tuple[Any, ...]:
    """What a message carries. Raises ValueError where it is damaged, or holds what is not read (TAGS)."""
    end = message.find(b"\0")
    start = end + 4 - end % 4
    if end < 0:
        raise ValueError("it has no end")
    alone = ALONE.get(message[start : start + 4])
    if alone is not None and len(message) == start + 4 + alone.size:  # as controllers send it: ten times as quickly
        return alone.unpack_from(message, start + 4)
    from pythonosc.osc_message import OscMessage, ParseError

    if message[start:]:
        tags = message[start : max(message.find(b"\0", start), start)]
        if not tags.startswith(b","):
            raise ValueError("it does not say what it carries")
        if odd := {*tags[1:].decode("ascii", "replace")} - TAGS:
            raise ValueError(f"it carries {min(odd)!r}, which is not a number")
        data = start + len(tags) + 4 - len(tags) % 4
        if len(message) < data + sum(SIZES.get(chr(tag), 0) for tag in tags):  # the library would take what is missing for 0
            raise ValueError("its end is missing")
    try:
        return tuple(OscMessage(message).params)
    except (ParseError, ValueError, IndexError, struct.error) as error:
        raise ValueError("it is damaged") from error


def built(path: str, number: int | float) -> bytes:
    """The message that carries one number; a whole one that 32 bits do not hold, such as a high seed, takes 64 (type h)."""
    from pythonosc.osc_message_builder import OscMessageBuilder

    builder = OscMessageBuilder(path)
    whole = "i" if abs(number) < 1 << 31 else "h"
    builder.add_arg(number, whole if isinstance(number, int) else "f")
    made: bytes = builder.build().dgram
    return made
