"""What generators take: the kinds of input, the recipes that give them values, and the points made from recipes."""

from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.noise import Noise
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.kinds.picture import Picture
from zscape.models.inputs.kinds.styles import Styles

__all__ = ["KINDS", "Classes", "Input", "Latent", "Noise", "Numbers", "Picture", "Styles"]

KINDS: dict[str, type[Input]] = {kind.kind: kind for kind in (Latent, Classes, Numbers, Styles, Noise, Picture)}
"""Every kind of input by its name in files. A new kind needs a module in `kinds` and an entry in this line."""
