"""The type view: a line of text in the current style."""
