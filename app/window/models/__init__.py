"""Which models there are to choose from."""
