"""What generators take: the kinds of input, the recipes that give them values, and the points made from recipes."""

from zscape.models.inputs.base import Input
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.latent import Latent
from zscape.models.inputs.noise import Noise
from zscape.models.inputs.numbers import Numbers
from zscape.models.inputs.picture import Picture
from zscape.models.inputs.styles import Styles

__all__ = ["KINDS", "Classes", "Input", "Latent", "Noise", "Numbers", "Picture", "Styles"]

KINDS: dict[str, type[Input]] = {kind.kind: kind for kind in (Latent, Classes, Numbers, Styles, Noise, Picture)}
"""Every kind of input by its name in files. A new kind needs a module here and an entry in this line."""
