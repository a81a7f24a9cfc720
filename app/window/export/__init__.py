"""Exports: what is asked before one, and the list of those that run."""
