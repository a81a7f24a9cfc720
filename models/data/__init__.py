"""Labelled pictures: where they come from, how they are read, and what can be measured on them."""
