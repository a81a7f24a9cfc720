"""Running a model: drawing, encoding, refinement and painting."""
