"""The docks at the sides of the window."""
