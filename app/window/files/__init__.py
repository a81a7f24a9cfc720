"""Files that are opened, dropped or pasted, and what opens them."""
