"""Maps: many pictures in two dimensions, alike ones near to each other, and the nearest neighbours of one."""
