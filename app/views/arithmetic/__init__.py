"""The arithmetic view."""
