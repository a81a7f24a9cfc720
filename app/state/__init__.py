"""The state of the window: the session, its scene, and their files."""
