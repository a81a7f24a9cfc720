"""Maps: many pictures in two dimensions, similar ones close together, and the nearest neighbours of each."""
