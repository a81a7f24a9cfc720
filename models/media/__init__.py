"""Pictures, grids, animations and arrays, to and from files."""
