"""Labelled pictures: data sets by name or file, pictures to encode, and what is measured on them."""
