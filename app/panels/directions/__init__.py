"""The directions panel: sliders, locks, a filmstrip, and the user's own directions."""
