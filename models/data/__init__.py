"""Labelled pictures: sources, readers, and attributes measured on them."""
