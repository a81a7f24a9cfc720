"""The families of generators by name. A new family needs a module here and an entry in FAMILIES."""

from zscape.models.families.base import Family
from zscape.models.families.dcgan import DCGAN
from zscape.models.families.projection import PROJECTION
from zscape.models.families.stylegan2 import STYLEGAN2

FAMILIES: dict[str, Family] = {family.name: family for family in (DCGAN, PROJECTION, STYLEGAN2)}
"""Every family that Zscape can train, open and draw with."""
