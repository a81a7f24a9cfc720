"""Directions of a model's latent (or of its styles) that each change one thing: found, sorted, locked."""
