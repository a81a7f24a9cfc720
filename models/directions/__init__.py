"""Directions of a model's latent (or of its styles) that each change one thing: finding, sorting, locking."""
