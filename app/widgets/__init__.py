"""Small controls, each sufficient to itself: they know pictures, numbers and recipes, and nothing of the session."""
