"""The pad view."""
