"""Model files, what stands in them, and where they lie."""
