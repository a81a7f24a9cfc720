"""Exports to files, one after the other."""
