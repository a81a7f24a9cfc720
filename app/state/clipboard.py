"""Recipes on the clipboard and under the mouse: what a dragged or copied tile carries."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe

RECIPE = "application/x-zscape-recipe"
"""The MIME type of a recipe, as JSON."""

LIMIT = 1 << 20
"""The most bytes of JSON that are read: a recipe of 512 numbers takes 12,000."""


def recipe_json(recipe: Recipe) -> str:
    """`recipe` as one line of JSON."""
    import msgspec

    from zscape.models.inputs.plain import enc_hook

    return msgspec.json.encode(recipe, enc_hook=enc_hook).decode()


def recipe_from_json(text: str | bytes) -> Recipe:
    """The recipe in a line of JSON. Raises ZscapeError if there is none."""
    import msgspec

    from zscape.models.inputs.plain import recipe_of

    if len(text) > LIMIT:
        raise ZscapeError("This is too long for a recipe: copy a single tile.")
    try:
        return recipe_of(msgspec.json.decode(text))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ZscapeError) as error:
        raise ZscapeError(f"This is not a recipe: {error}. Copy a tile with C and paste that.") from error


def recipe_in_text(text: str) -> Recipe:
    """The recipe in text from another program: alone, or surrounded by words, quotation marks or Markdown.

    Raises ZscapeError if there is none.
    """
    start, end = text.find("{"), text.rfind("}")
    if not 0 <= start < end or not text[start + 1 : end].strip():
        raise ZscapeError("There is no recipe in this text: copy one (Edit > Copy recipe, or the menu of a tile) and paste that.")
    # Some programs replace straight quotation marks and spaces by typographic ones.
    plain = text[start : end + 1].translate({0x201C: '"', 0x201D: '"', 0x201E: '"', 0x00A0: " ", 0x200B: None})
    return recipe_from_json(plain)


def mime_of(recipe: Recipe, image: QImage) -> QMimeData:
    """The data of a tile that is dragged or copied: the recipe for Zscape, the picture for other programs."""
    data = QMimeData()
    data.setData(RECIPE, recipe_json(recipe).encode())
    data.setImageData(image)
    return data


def recipe_in(data: QMimeData) -> Recipe | None:
    """The recipe in data that was dropped or pasted, None if there is none."""
    if not data.hasFormat(RECIPE):
        return None
    try:
        return recipe_from_json(bytes(data.data(RECIPE).data()))
    except ZscapeError:
        return None
