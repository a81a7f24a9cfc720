"""Directions of the open model: the user's own, and those that are found in the background."""
