"""Where to look: recipes, the points they stand for, and the ways from one point to another."""
