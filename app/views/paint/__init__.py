"""The paint view."""
