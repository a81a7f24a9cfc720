"""The models that can be chosen."""
