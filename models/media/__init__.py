"""Reads and writes pictures, grids, animations and arrays."""
