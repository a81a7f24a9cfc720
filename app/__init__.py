"""The user interface: the window and the command line."""
