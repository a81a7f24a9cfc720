"""The map view: many pictures in two dimensions."""
