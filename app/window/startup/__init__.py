"""The start of the program: what it needs, and what it does before and while the window is built."""
