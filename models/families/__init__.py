"""The families of generators by name. A new family is a file here and a line in FAMILIES."""

from zscape.models.families.base import Family
from zscape.models.families.dcgan import DCGAN
from zscape.models.families.projection import PROJECTION
from zscape.models.families.stylegan2 import STYLEGAN2

FAMILIES: dict[str, Family] = {family.name: family for family in (DCGAN, PROJECTION, STYLEGAN2)}
"""Every family Zscape can train, open and draw with."""
