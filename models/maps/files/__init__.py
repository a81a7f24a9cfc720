"""Maps in files: the format of Zscape, and those of other programs."""
