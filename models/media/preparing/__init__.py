"""Preparing photographs and drawings: finding the paper, cropping, and placing the subject as in the training data."""
