"""The class sweep view."""
