"""Sweeps: one recipe turned into the recipes of a sheet."""
