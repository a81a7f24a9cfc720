"""The restyle view."""
