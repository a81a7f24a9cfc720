"""Draws cartoon people from layers, with python-avatars and resvg.

python-avatars (MIT) contains Pablo Stanley's Avataaars, free for personal and commercial use.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SIZE = 64
WIDTH = 192
"""Width of a whole drawing in pixels; the square CROP of it is averaged down by 2."""
CROP = (32, 20, 160, 148)
"""Left, top, right, bottom in a drawing of WIDTH."""
BACKGROUNDS = ("#6fb5d8", "#f2c879", "#c9d8a5", "#e8b7b7", "#c3b5e0", "#ffffff", "#9bb0b8")

Layer = tuple[int, int, NDArray[np.float32]]
"""Top, left, and a part of a drawing there: float32 [H, W, 4], RGBA premultiplied by alpha, 0 to 1."""


@dataclass(frozen=True)
class Person:
    """What all expressions of a person share: names of python-avatars' parts and colours, and an index in BACKGROUNDS."""

    hair: str
    accessory: str
    facial_hair: str
    clothing: str
    clothing_color: str
    hair_color: str
    skin_color: str
    background: int


class Drawer:
    """Draws people from layers, each of which resvg renders once.

    Raises ZscapeError if python-avatars or resvg-py is missing.
    """

    def __init__(self) -> None:
        missing = [name for name in ("python_avatars", "resvg_py") if find_spec(name) is None]
        if missing:
            raise ZscapeError(
                "Faces are drawn by python-avatars and resvg-py, which are not installed: pip install 'zscape[data]'"
            )
        import python_avatars

        self.parts: Any = python_avatars
        self.layer = cache(self._layer)

    def colors(self, kind: str) -> dict[str, str]:
        """Return name -> "#rrggbb" of HairColor, SkinColor or ClothingColor."""
        return {each.name: each.value for each in getattr(self.parts, kind)}

    def draw(self, person: Person, expressions: Sequence[tuple[str, str, str]]) -> NDArray[np.uint8]:
        """Draw a person with each of the (mouth, eyes, brows): uint8 [E, 64, 64, 3]."""
        side = CROP[2] - CROP[0]
        base = np.empty((side, side, 4), np.float32)
        base[...] = (*rgb(BACKGROUNDS[person.background]), 1)
        _over(base, self.layer("Body", skin_color=("SkinColor", person.skin_color)))
        color = ("ClothingColor", person.clothing_color)
        _over(base, self.layer("Clothing", clothing=("ClothingType", person.clothing), clothing_color=color))
        top = np.zeros_like(base)
        for layer in self._top(person):
            _over(top, layer)
        pictures = np.empty((len(expressions), SIZE, SIZE, 3), np.uint8)
        for out, (mouth, eyes, brows) in zip(pictures, expressions, strict=True):
            face = base.copy()
            _over(face, self.layer("Mouth", mouth=("MouthType", mouth)))
            _over(face, self.layer("Nose"))
            _over(face, self.layer("Eyes", eyes=("EyeType", eyes)))
            _over(face, self.layer("Eyebrow", eyebrows=("EyebrowType", brows)))
            _over(face, (0, 0, top))
            small = face[..., :3].reshape(SIZE, 2, SIZE, 2, 3).mean((1, 3))
            out[...] = np.rint(small.clip(0, 1) * 255)
        return pictures

    def _top(self, person: Person) -> list[Layer]:
        """Return the layers of the hair, with the beard and the glasses between its parts."""
        hair, color = ("HairType", person.hair), ("HairColor", person.hair_color)
        pieces = []
        for number, what in enumerate(self._order(person.hair)):
            if what == "Facial-Hair" and person.facial_hair != "NONE":
                beard = ("FacialHairType", person.facial_hair)
                pieces.append(self.layer("Top", number, top=hair, facial_hair=beard, facial_hair_color=color))
            elif what == "Accessory" and person.accessory != "NONE":
                pieces.append(self.layer("Top", number, top=hair, accessory=("AccessoryType", person.accessory)))
            elif what == "hair":
                pieces.append(self.layer("Top", number, top=hair, hair_color=color))
        return pieces

    @cache  # noqa: B019  a Drawer lives as long as the pictures are drawn
    def _order(self, hair: str) -> tuple[str, ...]:
        """Return the kinds of the pieces of a hair's drawing, from the bottom: "hair", "Facial-Hair", "Accessory"."""
        return tuple(what for what, _ in _pieces(_group(self._drawing(top=("HairType", hair)), "Top")))

    def _layer(self, group: str, piece: int | None = None, **parts: tuple[str, str]) -> Layer:
        """Render one group of a drawing (one piece of its top) with `parts`: argument of Avatar -> (enumeration, name)."""
        root = self._drawing(**parts)
        wanted = _group(root, group)
        if piece is not None:
            for number, (_, elements) in enumerate(_pieces(wanted)):
                for parent, element in elements if number != piece else ():
                    parent.remove(element)
        _keep(root, wanted)
        return self._rendered(ElementTree.tostring(root, encoding="unicode"))

    def _drawing(self, **parts: tuple[str, str]) -> Element:
        """Return an avatar as SVG with python-avatars' group names; parts that are not named are left out."""
        none = {"top": ("HairType", "NONE"), "accessory": ("AccessoryType", "NONE"), "facial_hair": ("FacialHairType", "NONE")}
        chosen = {name: getattr(self.parts, kind)[value] for name, (kind, value) in {**none, **parts}.items()}
        clothing = {} if "clothing" in chosen else {"clothing": self.parts.ClothingType.NONE}
        avatar = self.parts.Avatar(style=self.parts.AvatarStyle.TRANSPARENT, **chosen, **clothing)
        return ElementTree.fromstring(avatar.render())

    def _rendered(self, svg: str) -> Layer:
        import resvg_py

        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, skip_system_fonts=True))
        with Image.open(io.BytesIO(png)) as picture:
            values: NDArray[np.float32] = np.asarray(picture.convert("RGBA").crop(CROP)).astype(np.float32)
            values /= 255
        rows, columns = np.flatnonzero(values[..., 3].any(1)), np.flatnonzero(values[..., 3].any(0))
        if not len(rows):
            return 0, 0, np.zeros((0, 0, 4), np.float32)
        cut = values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()
        cut[..., :3] *= cut[..., 3:]
        return int(rows[0]), int(columns[0]), cut


def rgb(color: str) -> tuple[float, float, float]:
    """Convert a color #rrggbb to three numbers from 0 to 1."""
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _over(below: NDArray[np.float32], layer: Layer) -> None:
    """Composite a layer over `below` [H, W, 4] in place (T. Porter and T. Duff, "Compositing digital images", 1984: "over")."""
    top, left, part = layer
    place = below[top : top + part.shape[0], left : left + part.shape[1]]
    place *= 1 - part[..., 3:]
    place += part


def _name(element: Element) -> str:
    """Return the name of a group, which python-avatars puts after the name of the part's file and "_"."""
    return element.get("id", "").rpartition("_")[2]


def _group(root: Element, name: str) -> Element:
    return next(element for element in root.iter() if _name(element) == name and element.tag.endswith("}g"))


def _pieces(top: Element) -> list[tuple[str, list[tuple[Element, Element]]]]:
    """Split the drawn elements of a top, from the bottom, into pieces: the kind, and each element with its parent.

    The beard and the glasses are pieces of their own; everything between them is hair.
    """
    flat: list[tuple[str, Element, Element]] = []
    for part in top:
        if not part.tag.endswith("}g"):
            continue
        if _name(part) in ("Facial-Hair", "Accessory"):
            flat.append((_name(part), top, part))
            continue
        for element in part:
            if not element.tag.endswith(("}defs", "}mask")):
                name = _name(element)
                flat.append((name if name in ("Facial-Hair", "Accessory") else "hair", part, element))
    pieces: list[tuple[str, list[tuple[Element, Element]]]] = []
    for what, parent, element in flat:
        if not pieces or what != "hair" or pieces[-1][0] != "hair":
            pieces.append((what, []))
        pieces[-1][1].append((parent, element))
    return pieces


def _keep(root: Element, wanted: Element) -> bool:
    """Remove from `root` everything drawn outside `wanted`; return whether `wanted` is in it."""
    if root is wanted:
        return True
    found = False
    for child in list(root):
        if child.tag.endswith("}defs"):
            continue
        if _keep(child, wanted):
            found = True
        else:
            root.remove(child)
    return found
