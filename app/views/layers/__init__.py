"""The layers view."""
