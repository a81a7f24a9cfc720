"""Exports: the dialog for their settings, and the list of running ones."""
