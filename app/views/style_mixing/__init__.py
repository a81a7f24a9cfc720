"""The style mixing view."""
