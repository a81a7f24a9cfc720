"""Running a model: drawing, encoding, refinement."""
