"""The families of generators by name. A new family is a file here and a line in FAMILIES."""

from models.families.base import Family
from models.families.dcgan import DCGAN
from models.families.projection import PROJECTION

FAMILIES: dict[str, Family] = {family.name: family for family in (DCGAN, PROJECTION)}
"""Every family Zscape can train, open and draw with."""
