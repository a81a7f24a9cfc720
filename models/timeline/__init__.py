"""Timelines: recipes over time."""
