"""Makes a data set of cartoon faces: people in ten expressions."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.synthetic.cartoon_drawer import BACKGROUNDS, SIZE, Drawer, Person, rgb
from zscape.models.errors import ZscapeError
from zscape.models.inputs.value import check_seed
from zscape.models.media.npz import LIMIT
from zscape.models.progress import Progress, Work

MOST = LIMIT // (SIZE * SIZE * 3)
"""Maximum number of pictures: as many as an .npz can hold."""

NATURAL = ("DEFAULT_NATURAL", "RAISED_EXCITED_NATURAL")
EXPRESSIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "calm": (("DEFAULT", "SERIOUS"), ("DEFAULT",), ("DEFAULT_NATURAL", "FLAT_NATURAL", "DEFAULT")),
    "smile": (("SMILE", "TWINKLE"), ("DEFAULT", "HAPPY"), NATURAL),
    "laugh": (("BIG_SMILE",), ("HAPPY",), ("RAISED_EXCITED", "RAISED_EXCITED_NATURAL")),
    "sad": (("SAD", "CONCERNED"), ("CRY", "DEFAULT"), ("SAD_CONCERNED", "SAD_CONCERNED_NATURAL")),
    "angry": (("SERIOUS", "GRIMACE"), ("SQUINT",), ("ANGRY", "ANGRY_NATURAL")),
    "surprised": (("DISBELIEF",), ("SURPRISED",), ("RAISED_EXCITED", "RAISED_EXCITED_NATURAL")),
    "scared": (("SCREAM_OPEN",), ("SURPRISED",), ("SAD_CONCERNED",)),
    "wink": (("SMILE", "TWINKLE"), ("WINK", "WINK_WACKY"), ("UP_DOWN", "UP_DOWN_NATURAL")),
    "asleep": (("DEFAULT",), ("CLOSED",), ("DEFAULT_NATURAL",)),
    "silly": (("TONGUE",), ("SQUINT", "WINK_WACKY", "X_DIZZY"), ("UP_DOWN",)),
}
"""Class -> the mouths, eyes and brows it may have."""

LONG_HAIR = (
    "BIG_HAIR", "BOB", "BUN", "CURLY", "CURVY", "DREADS", "FRO", "LONG_NOT_TOO_LONG", "MIA_WALLACE", "SHAGGY_MULLET",
    "STRAIGHT_1", "STRAIGHT_2", "STRAIGHT_STRAND",
)  # fmt: skip
SHORT_HAIR = (
    "CAESAR_SIDE_PART", "MOHAWK", "PIXIE", "QUIFF", "SHAVED_SIDES", "SHORT_CURLY", "SHORT_DREADS_1", "SHORT_FLAT", "SHORT_ROUND",
    "SHORT_WAVED",
)  # fmt: skip
BALD = ("NONE", "SIDES", "BUZZCUT")
GLASSES, SUNGLASSES = ("PRESCRIPTION_1", "PRESCRIPTION_2", "ROUND"), ("SUNGLASSES", "WAYFARERS")
BEARDS, MOUSTACHES = ("BEARD_LIGHT", "BEARD_MAGESTIC", "BEARD_MEDIUM"), ("MOUSTACHE_FANCY", "MOUSTACHE_MAGNUM")
CLOTHES = (
    "BLAZER_SHIRT", "BLAZER_SWEATER", "COLLAR_SWEATER", "HOODIE", "OVERALL", "SHIRT_CREW_NECK", "SHIRT_SCOOP_NECK",
    "SHIRT_V_NECK",
)  # fmt: skip
ATTRIBUTES = (
    "glasses", "sunglasses", "beard", "moustache", "long hair", "bald", "hair lightness", "skin lightness", "background",
)  # fmt: skip


def make_faces(count: int, seed: int = 0) -> Work[dict[str, NDArray[Any]]]:
    """Draw `count` pictures, ten of each person (one per expression), all people different.

    Returns the arrays of a data set: images uint8 [count, 64, 64, 3], labels int64 [count], persons int64 [count] (the group),
    class_names, attributes float32 [count, 9], attribute_names. Raises ZscapeError for a count below 1 or above MOST, and if the
    packages that draw are not installed.
    """
    check_seed(seed)
    if not 1 <= count <= MOST:
        raise ZscapeError(f"{count:,} faces cannot be made at a time; ask for 1 to {MOST:,}")
    drawer = Drawer()
    hair_colors, skin_colors = drawer.colors("HairColor"), drawer.colors("SkinColor")
    del skin_colors["YELLOW"]
    lists = (
        (*LONG_HAIR, *SHORT_HAIR, *BALD),
        (*("NONE",) * 6, *GLASSES, *SUNGLASSES),
        (*("NONE",) * 6, *BEARDS, *MOUSTACHES),
        CLOTHES,
        tuple(drawer.colors("ClothingColor")),
        tuple(hair_colors),
        tuple(skin_colors),
        range(len(BACKGROUNDS)),
    )
    random = np.random.default_rng(seed)
    expressions = tuple(EXPRESSIONS.values())
    people = -(-count // len(expressions))
    images = np.empty((people * len(expressions), SIZE, SIZE, 3), np.uint8)
    attributes = np.empty((people, len(ATTRIBUTES)), np.float32)
    seen: set[Person] = set()
    while len(seen) < people:
        person = Person(*(choices[random.integers(len(choices))] for choices in lists))  # type: ignore[arg-type]
        if person in seen:
            continue
        number = len(seen)
        yield Progress(number * len(expressions), count, "Drawing faces")
        looks = [tuple(str(choices[random.integers(len(choices))]) for choices in parts) for parts in expressions]
        images[number * len(looks) : (number + 1) * len(looks)] = drawer.draw(person, looks)  # type: ignore[arg-type]
        attributes[number] = (
            person.accessory in GLASSES,
            person.accessory in SUNGLASSES,
            person.facial_hair in BEARDS,
            person.facial_hair in MOUSTACHES,
            person.hair in LONG_HAIR,
            person.hair in BALD,
            _lightness(hair_colors[person.hair_color]),
            _lightness(skin_colors[person.skin_color]),
            person.background,
        )
        seen.add(person)
    persons = np.arange(people).repeat(len(expressions))[:count]
    return {
        "images": images[:count],
        "labels": np.tile(np.arange(len(expressions)), people)[:count],
        "persons": persons,
        "class_names": np.array(list(EXPRESSIONS)),
        "attributes": attributes[persons],
        "attribute_names": np.array(ATTRIBUTES),
    }


def _lightness(color: str) -> float:
    """Return the luma of "#rrggbb" by ITU-R 601, 0 to 1."""
    return float(np.dot(rgb(color), (0.299, 0.587, 0.114)))
