"""Drawing and painting by hand, and the colours for it."""
