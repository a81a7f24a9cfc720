"""The frames of timelines and films."""
