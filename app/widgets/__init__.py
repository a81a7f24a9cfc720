"""Small, self-contained controls: they know pictures, numbers and recipes, but not the session."""
